"""The options of ``trilogue build``: what is a usage error, and what a refusal."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from trilogue.align.scores.agreement import agreement
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.types import Verdict
from trilogue.scripts import cli
from trilogue.scripts.assessors import WEIGHTS

PAGE = "Levon: Thank you for coming. Trade grew.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--to", "de"], "Invalid value for '--to': 'de' is not one of 'ru', 'hy', 'az'"),
        (["--reference", "visit.txt"], "got 'visit.txt', expected LANG=… with one of ru, hy, az"),
        (["--reference", "en=v.txt"], "got 'en=v.txt', expected LANG=… with one of ru, hy, az"),
        (["--model", "ru="], "got 'ru=', expected LANG=… with one of ru, hy, az"),
        (["--shards", "3-1"], "got '3-1', expected the smaller number first"),
        (["--shards", "all"], "got 'all', expected numbers of shards as 0-9"),
        (["--jobs", "0"], "Invalid value for '-j' / '--jobs': 0 is not in the range x>=1"),
        (
            ["--recipe", "none.toml"],
            "Invalid value for '--recipe': File 'none.toml' does not exist",
        ),
        (["--executor", "spark"], "'spark' is not one of 'local', 'ray'"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    page: Path, options: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = page.parent / "corpus"
    assert cli.run(["build", str(page), "--corpus", str(root), *options]) == 2
    assert what in capsys.readouterr().err
    assert not root.exists()


def test_a_build_needs_to_be_told_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "visit.txt"]) == 2
    assert "Missing option '--corpus'" in capsys.readouterr().err


RECIPE = """
to = ["ru"]
glossary = "terms.csv"
policy = "own/policy.toml"
[models]
ru = "{one}"
[seconds]
ru = "{other}"
[calibrations]
ru = "own/calibration-ru.json"
"""


def test_a_recipe_brings_a_second_opinion_terms_and_thresholds_of_ones_own(
    tmp_path: Path, tiny: Path, checkpoints: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    other = checkpoints.make(tmp_path / "other", steps=40)
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(WEIGHTS / "policy.toml", own)
    with (own / "policy.toml").open("a", encoding="utf-8") as file:
        file.write("\n[language.ru.checks]\nterm = { reject = 0.5 }\n")
    mine = json.loads((WEIGHTS / "calibration-ru.json").read_text("utf-8"))
    mine["faithful"] = [[knot, chance / 2] for knot, chance in mine["faithful"]]
    (own / "calibration-ru.json").write_text(json.dumps(mine), encoding="utf-8")
    (tmp_path / "terms.csv").write_text(
        "source,target,language,forbidden\nroad,шоссе,ru,дорога\n", encoding="utf-8"
    )
    (tmp_path / "recipe.toml").write_text(RECIPE.format(one=tiny, other=other), encoding="utf-8")
    page = tmp_path / "visit.txt"
    page.write_text("Levon: Thank you. The road is closed.\n", encoding="utf-8")
    root = tmp_path / "corpus"
    asked = ["build", str(page), "--corpus", str(root), "-j", "1"]
    asked += ["--recipe", str(tmp_path / "recipe.toml")]
    assert cli.run(asked) == 0
    thanks, road = Corpus(root).scored("ru")
    assert (thanks.unit.target, road.unit.target) == ("Спасибо.", "Дорога закрыта.")
    seconds = [draft.text for _, draft in Corpus(root).second_drafts("ru")]
    for one, second in zip((thanks, road), seconds, strict=True):
        alike = agreement(one.unit.target, second)
        assert one.assessment.scores["agreement"] == pytest.approx(alike, abs=1e-4)
        assert one.assessment.faithful is not None and one.assessment.faithful <= 0.5
    assert 'term: "road" must not be "дорога", should be "шоссе"' in road.assessment.reasons
    assert road.assessment.verdict is Verdict.REJECT
    capsys.readouterr()
    assert cli.run(["report", str(root)]) == 0
    assert "second drafts ru: other@" in capsys.readouterr().out
    assert cli.run([*asked, "--dry-run"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("root", "what"),
    [
        ("/proc/corpus", "/proc/corpus: cannot be written to ("),
        ("visit.txt", "visit.txt: a file, expected a folder; name another with --corpus"),
    ],
)
def test_a_place_where_no_corpus_can_be_is_refused(page: Path, root: str, what: str) -> None:
    fakes = Path(__file__).with_name("fake_trilogue.py")
    command = [sys.executable, str(fakes), "build", str(page), "--corpus", root, "-j", "1"]
    done = subprocess.run(command, cwd=page.parent, capture_output=True, text=True)
    assert done.returncode == 2
    assert what in done.stderr.splitlines()[-1]
    assert page.read_text(encoding="utf-8") == PAGE


def test_ray_that_is_not_installed_is_named_with_its_extra(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "trilogue.scripts.executors.ray", raising=False)
    root = page.parent / "corpus"
    assert cli.run(["build", str(page), "--corpus", str(root), "--executor", "ray"]) == 2
    assert "Ray is missing; pip install 'trilogue[ray]'" in capsys.readouterr().err
    assert not root.exists()


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs trilogue[ray]")
def test_an_address_that_is_no_cluster_is_named(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "nonsense")
    root = page.parent / "corpus"
    assert cli.run(["build", str(page), "--corpus", str(root), "--executor", "ray"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("trilogue: --executor ray: RAY_ADDRESS=nonsense: Invalid address")
    assert not root.exists()
