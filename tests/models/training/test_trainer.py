"""A run that is killed goes on as if it had not been; a toy model learns its sentences by heart."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

import trilogue
from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models.training.recipe import read_recipe
from trilogue.models.training.trainer import load_checkpoint, rate_at, train
from trilogue.scripts import cli

Write = Callable[..., Path]
Pairs = Callable[[str], list[tuple[str, str]]]


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_a_killed_and_resumed_run_equals_an_unbroken_one_bit_for_bit(
    toy: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(toy)
    whole = train(recipe, toy.parent, tmp_path / "whole")
    train(recipe, toy.parent, tmp_path / "broken", until=2)
    train(recipe, toy.parent, tmp_path / "broken", until=3)
    resumed = train(recipe, toy.parent, tmp_path / "broken")
    assert resumed.step == whole.step == 6
    assert same(resumed.network.state_dict(), whole.network.state_dict())
    assert same(resumed.average, whole.average)
    assert resumed.batches.cursor == whole.batches.cursor


def test_another_seed_is_another_run(toy: Path, tmp_path: Path) -> None:
    first = train(read_recipe(toy), toy.parent, tmp_path / "a", until=2)
    toy.write_text(toy.read_text().replace("seed = 3", "seed = 4"))
    other = train(read_recipe(toy), toy.parent, tmp_path / "b", until=2)
    assert not same(first.network.state_dict(), other.network.state_dict())


def test_a_folder_with_a_run_on_other_data_is_refused(toy: Path, tmp_path: Path) -> None:
    train(read_recipe(toy), toy.parent, tmp_path / "run", until=1)
    toy.write_text(toy.read_text().replace("share = 1.0", "share = 2.0", 1))
    with pytest.raises(ConfigError, match=r"last\.pt: a run on other data"):
        train(read_recipe(toy), toy.parent, tmp_path / "run")


def test_a_broken_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "last.pt").write_bytes(b"half a file")
    with pytest.raises(ModelError, match=r"last\.pt: not a checkpoint"):
        load_checkpoint(tmp_path / "last.pt")


def test_a_run_can_start_from_the_weights_of_another(toy: Path, tmp_path: Path) -> None:
    train(read_recipe(toy), toy.parent, tmp_path / "first", until=3)
    before = load_checkpoint(tmp_path / "first" / "last.pt")["average"]
    started = 'name = "toy"\nstart = "first/last.pt"'
    toy.write_text(toy.read_text().replace('name = "toy"', started))
    run = train(read_recipe(toy), toy.parent, tmp_path / "second", until=0)
    assert run.step == 0
    assert same(run.network.state_dict(), before)


def test_an_unknown_key_of_a_recipe_is_an_error(toy: Path) -> None:
    toy.write_text(toy.read_text().replace("steps = 6", "steps = 6\nspeed = 9"))
    with pytest.raises(ConfigError, match="unknown field `speed`"):
        read_recipe(toy)


def test_the_rate_rises_stays_and_falls_to_nothing(toy: Path) -> None:
    toy.write_text(toy.read_text().replace("steps = 6", "steps = 200"))
    steps = read_recipe(toy).training
    rates = [rate_at(step, steps) for step in (0, 19, 100, 170, 200)]
    assert rates == pytest.approx([1e-4, 2e-3, 2e-3, 1e-3, 0.0])


@pytest.mark.slow
def test_one_command_trains_a_toy_model_that_translates_its_sentences(
    tmp_path: Path, write_toy: Write, toy_pairs: Pairs
) -> None:
    path = write_toy(tmp_path, steps=1200, measure=5000, decay=500)
    assert cli.run(["models", "train", str(path), "--out", str(tmp_path / "run")]) == 0
    for lang in ("ru", "hy", "az"):
        sources, targets = zip(*toy_pairs(lang), strict=True)
        model = str(tmp_path / "run/checkpoint")
        drafts = [best.text for best, *_ in trilogue.draft(sources, to=lang, model=model, beam=1)]
        right = sum(draft == target for draft, target in zip(drafts, targets, strict=True))
        assert right >= 42, (lang, right)
