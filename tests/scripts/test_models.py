"""``trilogue models train`` and ``evaluate``, as a user runs them."""

import sys
from pathlib import Path

import pytest

from trilogue.scripts import cli


def test_evaluate_prints_a_row_a_language_and_the_signatures(
    tmp_path: Path, tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "en.txt").write_text("We met in 2021.\n\n", encoding="utf-8")
    (tmp_path / "ru.txt").write_text("Мы встретились в 2021 году.\n\n", encoding="utf-8")
    asked = ["models", "evaluate", str(tmp_path), "--to", "ru", "--model", str(tiny), "--beam", "1"]
    assert cli.run(asked) == 0
    head, row, _, chrf, bleu = capsys.readouterr().out.splitlines()
    assert head.split() == ["chrF", "BLEU", "copied", "length", "loops", "lost"]
    assert row.startswith("ru ") and "published: Helsinki-NLP/opus-mt" in row
    assert chrf.startswith("chrF nrefs:1|") and bleu.startswith("BLEU nrefs:1|")


def test_evaluate_says_which_file_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "en.txt").write_text("Yes.\n", encoding="utf-8")
    assert cli.run(["models", "evaluate", str(tmp_path), "--to", "hy"]) == 1
    assert "hy.txt: no such file. Put en.txt and hy.txt there" in capsys.readouterr().err


def test_a_recipe_that_is_none_trains_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text("nme = 'x'\n", encoding="utf-8")
    assert cli.run(["models", "train", str(recipe), "--out", str(tmp_path / "run")]) in (1, 2)
    assert "r.toml: Object" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_without_torch_the_extras_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text("name = 'x'\n", encoding="utf-8")
    for name in [name for name in sys.modules if name.startswith("trilogue.models.training")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "torch", None)
    assert cli.run(["models", "train", str(recipe)]) == 2
    assert "training: got no torch, expected" in capsys.readouterr().err
