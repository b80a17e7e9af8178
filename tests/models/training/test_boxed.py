"""A run boxed in time: what workers feed it, how it makes pairs of its own, and that it learns."""

import gzip
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.errors import ConfigError
from trilogue.models.training import boxed, feeding
from trilogue.models.training.back_translation import sound, tasks_of
from trilogue.models.training.feeding import Feed, Plan, TextPool, make_round
from trilogue.models.training.measure import greedy
from trilogue.models.training.network import Network, Shape
from trilogue.models.training.recipe import read_recipe
from trilogue.models.training.translating import greedy_batch, translate
from trilogue.models.training.vocabulary import Vocabulary

BUILTIN = Path(__file__).parents[3] / "models/weights/marian/source.spm"
TEXTS = ["Hello there, my friend.", "Good morning.", "The ministers will meet in Baku today."]
BOX = """
[box]
seconds = {seconds}
tokens = 1024
workers = 1
joined = 0.0
back = [0.4]
[[box.stages]]
until = 0.6
sampled = 0.0
[box.stages.shares]
"ru.forward" = 1.0
"ru.reverse" = 1.0
[[box.stages]]
until = 1.0
sampled = 0.0
[box.stages.shares]
"ru.forward" = 1.0
"ru.back" = 0.5
"""
MORE = """
[[data]]
path = "en-ru.tsv.gz"
lang = "ru"
task = "reverse"
share = 1.0
[[data]]
path = "ru.tsv.gz"
lang = "ru"
task = "denoise"
share = 1.0
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(BUILTIN)


@pytest.fixture(scope="module")
def network(vocabulary: Vocabulary) -> Network:
    torch.manual_seed(1)
    network = Network(Shape(len(vocabulary), 32, 2, 64, 2, 2))
    for value in network.parameters():
        value.data *= 1.5  # surer of itself, so that the drafts differ
    return network


def pool(name: str, *, denoise: bool = False, pairs: int = 60) -> TextPool:
    texts = [f"Segment number {at} was read aloud." for at in range(pairs)]
    return TextPool(name, (7,), texts, texts[::-1], np.ones(pairs), denoise=denoise)


def feed(vocabulary: Vocabulary, *, tokens: int = 512, joined: float = 0.0) -> Feed:
    return Feed(str(BUILTIN), vocabulary.shift, vocabulary.padding, 1, tokens, joined=joined)


def test_cached_decoding_says_what_plain_decoding_says(
    network: Network, vocabulary: Vocabulary
) -> None:
    plain = greedy(network, vocabulary, TEXTS, ">>rus<<", 20)
    sources = [[vocabulary.ids[">>rus<<"], *ids, 0] for ids in vocabulary.encode(TEXTS)]
    width = max(map(len, sources))
    rows = torch.tensor([ids + [vocabulary.padding] * (width - len(ids)) for ids in sources])
    assert vocabulary.decode_all(greedy_batch(network, rows, 20)) == plain


def test_many_segments_are_translated_in_order_whatever_the_batches(
    network: Network, vocabulary: Vocabulary
) -> None:
    sources = [[vocabulary.ids[">>rus<<"], *ids, 0] for ids in vocabulary.encode(TEXTS * 3)]
    one = translate(network, sources, tokens=12, growth=0.5)
    all_at_once = translate(network, sources, tokens=10_000, growth=0.5)
    shortest = min(map(len, (*one, *all_at_once)))  # a batch's longest source bounds the outputs
    assert [ids[:shortest] for ids in one] == [ids[:shortest] for ids in all_at_once]


def test_a_round_holds_each_pool_by_its_share_within_the_bound(vocabulary: Vocabulary) -> None:
    pools = [pool("hy.forward"), pool("hy.denoise", denoise=True)]
    plan = Plan({"hy.forward": 0.75, "hy.denoise": 0.25}, sampled=0.5)
    random = np.random.default_rng(3)
    batches = make_round(pools, plan, vocabulary.model, feed(vocabulary), random)
    assert all(max(batch.source.size, batch.labels.size) <= 512 for batch in batches)
    for batch in batches:
        assert (batch.labels.ravel()[batch.where] != vocabulary.padding).all()
        assert len(batch.where) == (batch.labels != vocabulary.padding).sum()
        assert (batch.source[:, 0] == 7).all()
    rows = sum(len(batch.labels) for batch in batches)
    hidden = sum(int((batch.source == 1).any(axis=1).sum()) for batch in batches)
    assert 0.05 < hidden / rows < 0.3  # only a denoising source has hidden ids


def test_a_pool_without_a_share_is_left_out(vocabulary: Vocabulary) -> None:
    plan = Plan({"ru.forward": 1.0}, sampled=0.0)
    pools = [pool("ru.forward"), TextPool("hy.back", (9,), ["x"], ["y"], np.ones(1))]
    random = np.random.default_rng(3)
    batches = make_round(pools, plan, vocabulary.model, feed(vocabulary), random)
    assert {int(batch.source[0, 0]) for batch in batches} == {7}


@given(st.floats(0, 1), st.integers(1, 40))
def test_joining_loses_no_text(chance: float, pairs: int) -> None:
    texts = pool("ru.forward", pairs=pairs)
    drawn = np.arange(pairs)
    sources, targets = feeding.joined_texts(texts, drawn, chance, np.random.default_rng(5))
    assert " ".join(sources) == " ".join(texts.sources)
    assert " ".join(targets) == " ".join(texts.targets)
    assert len(sources) == len(targets)


def test_sampled_pieces_say_the_same(vocabulary: Vocabulary) -> None:
    texts = ["Negotiations were concluded yesterday."] * 20
    encoded = feeding.encode(vocabulary.model, texts, feed(vocabulary), 0.5)
    assert set(vocabulary.decode_all(encoded)) == set(texts)
    assert len({tuple(ids) for ids in encoded[:10]}) > 1
    assert len({tuple(ids) for ids in encoded[10:]}) == 1


def test_english_is_translated_only_for_the_poorer_two() -> None:
    pools = [pool(f"{code}.denoise", denoise=True) for code in ("ru", "hy", "en")]
    found = [(task.name, task.given, task.made) for task in tasks_of([*pools, pool("az.forward")])]
    assert found == [
        ("ru.back", "ru", "en"),
        ("hy.back", "hy", "en"),
        ("hy.reverse-back", "en", "hy"),
    ]


@pytest.mark.parametrize(
    ("made", "given_", "fine"),
    [
        ([], [1], False),
        ([1, 2], [1, 2], False),
        ([1], [1, 2, 3], False),
        (list(range(9)), [1, 2, 3], False),
        ([4, 5] * 6, list(range(12)), False),
        ([4, 5, 6], [1, 2, 3], True),
    ],
)
def test_made_sources_that_loop_copy_or_run_away_are_left_out(
    made: list[int], given_: list[int], fine: bool
) -> None:
    assert sound(made, given_) is fine


def test_the_rate_follows_the_clock(tmp_path: Path, toy: Path) -> None:
    toy.write_text(toy.read_text() + BOX.format(seconds=10))
    recipe = read_recipe(toy)
    assert recipe.box is not None
    rates = [boxed.rate_at(past, 10_000, recipe, recipe.box) for past in (0.0, 0.65, 0.825, 1.0)]
    assert rates == pytest.approx([2e-3, 2e-3, 1e-3, 0.0])
    assert boxed.rate_at(0.0, 0, recipe, recipe.box) == pytest.approx(2e-3 / 20)


def test_a_boxed_run_without_a_box_or_a_gpu_is_refused(toy: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"toy: no table \[box\]"):
        boxed.train_recipe(read_recipe(toy), toy.parent, tmp_path / "run", device="cpu")
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    toy.write_text(toy.read_text() + BOX.format(seconds=10))
    with pytest.raises(ConfigError, match="needs a GPU, got none"):
        boxed.train_recipe(read_recipe(toy), toy.parent, tmp_path / "run")


@pytest.mark.slow
def test_a_boxed_run_learns_makes_pairs_and_leaves_its_weights(
    toy: Path,
    tmp_path: Path,
    toy_pairs: Callable[[str], list[tuple[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = count()  # time passes by looks at the clock, so that a busy machine trains as much
    clock = SimpleNamespace(monotonic=lambda: float(next(ticks)))
    monkeypatch.setattr(boxed, "time", clock)
    rows = [f"kremlin_ru_2025\t{target}\n" for _, target in toy_pairs("ru")]
    with gzip.open(toy.parent / "ru.tsv.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(rows)
    toy.write_text(toy.read_text() + MORE + BOX.format(seconds=1500))
    recipe = read_recipe(toy)
    run = boxed.train_recipe(recipe, toy.parent, tmp_path / "run", device="cpu")
    assert (tmp_path / "run/made-1.pickle").exists()
    kept = torch.load(tmp_path / "run/last.pt", weights_only=True)
    assert kept["step"] == run.step > 20
    run.network.load_state_dict(kept["average"])
    sources, targets = zip(*toy_pairs("ru"), strict=True)
    words = Vocabulary(tmp_path / "run/pieces.spm")
    drafts = greedy(run.network, words, list(sources), ">>rus<<")
    right = sum(draft == target for draft, target in zip(drafts, targets, strict=True))
    assert right > len(targets) // 2
