"""``trilogue import`` as a user calls it: units out, and a list of what was left out."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from trilogue.corpora.corpus import Corpus
from trilogue.scripts import cli

Capture = pytest.CaptureFixture[str]
MakeCorpus = Callable[[Path, Sequence[tuple[str, str | None]]], Corpus]

MEMORY = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en-GB" segtype="sentence"/><body>
<tu><tuv xml:lang="ru-RU"><seg>Линия открыта.</seg></tuv>
<tuv xml:lang="en-GB"><seg>The line is <bpt i="1">{b}</bpt>open<ept i="1"/>.</seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>Nobody has translated this.</seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def corpus(make_corpus: MakeCorpus, tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpus", [("north", "CC-BY-4.0"), ("south", None)]).root


def exported(corpus: Path, out: Path, name: str) -> Path:
    assert cli.run(["export", str(corpus), "--format", name, "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("tmx", ".tmx"),
        ("xliff", ".xlf"),
        ("xliff2", ".xliff"),
        ("csv", ".csv"),
        ("xlsx", ".xlsx"),
        ("jsonl", ".jsonl"),
        ("parquet", ".parquet"),
    ],
)
def test_what_was_exported_comes_back_byte_for_byte(
    name: str, ending: str, corpus: Path, tmp_path: Path, capsys: Capture
) -> None:
    lines = exported(corpus, tmp_path / "all.jsonl", "jsonl").read_text()
    file = exported(corpus, tmp_path / f"c{ending}", name)
    capsys.readouterr()
    assert cli.run(["import", str(file)]) == 0
    said = capsys.readouterr()
    assert said.out == lines
    assert said.err == f"{file}: 2 units, 0 things left out\n"


@pytest.mark.parametrize("name", ["moses", "ladder"])
def test_what_several_files_hold_comes_back_when_the_language_is_told(
    name: str, corpus: Path, tmp_path: Path, capsys: Capture
) -> None:
    stem = exported(corpus, tmp_path / "c", name)
    capsys.readouterr()
    assert cli.run(["import", str(stem), "--to", "ru"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    units = list(Corpus(corpus).units("ru"))
    assert [(row["id"], row["target"], row["origin"]) for row in found] == [
        (unit.id, unit.target, unit.origin.value) for unit in units
    ]


def test_what_is_not_taken_over_is_listed_with_its_line(tmp_path: Path, capsys: Capture) -> None:
    memory = tmp_path / "memory.tmx"
    memory.write_text(MEMORY, encoding="utf-8")
    assert cli.run(["import", str(memory)]) == 0
    said = capsys.readouterr()
    (row,) = [json.loads(line) for line in said.out.splitlines()]
    assert (row["source"], row["target"]) == ("The line is open.", "Линия открыта.")
    assert said.err.splitlines() == [
        f"{memory}:4: inline codes taken out: bpt, ept: The line is open.",
        f"{memory}:5: no translation of it: Nobody has translated this.",
        f"{memory}: 1 units, 2 things left out",
    ]


def test_a_memory_is_converted_for_another_tool(tmp_path: Path, capsys: Capture) -> None:
    memory, out = tmp_path / "memory.tmx", tmp_path / "pairs"
    memory.write_text(MEMORY, encoding="utf-8")
    told = ["--format", "moses", "--out", str(out), "--to", "ru"]
    assert cli.run(["import", str(memory), *told]) == 0
    assert (tmp_path / "pairs.en-ru.ru").read_text() == "Линия открыта.\n"
    assert f"{out}: 1 units, 2 things left out" in capsys.readouterr().err
    # One of several languages: the others are listed.
    more = '<tuv xml:lang="hy"><seg>Գիծը բաց է։</seg></tuv></tu>'
    memory.write_text(MEMORY.replace("</tu>", more, 1), encoding="utf-8")
    assert cli.run(["import", str(memory), *told]) == 0
    assert "in hy, ru is asked for: Գիծը բաց է։" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["gone.tmx"], 2, "gone.tmx: no such file; check the name"),
        (["."], 2, "tell with --reader what it is"),
        (["pairs", "--reader", "moses"], 2, "tell it with --to"),
        (["m.tmx", "--format", "csv"], 2, "--format csv needs --out PATH"),
        (["m.tmx", "--reader", "docx"], 2, "'docx' is not one of 'tmx'"),
        (["bomb.tmx", "--format", "csv", "--out", "c.csv"], 1, "declares entities"),
    ],
)
def test_what_cannot_be_imported_is_told_in_one_line_and_leaves_nothing(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.tmx").write_text(MEMORY, encoding="utf-8")
    laugh = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    Path("bomb.tmx").write_text(MEMORY.replace("<tmx", f"{laugh}<tmx"), encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert cli.run(["import", *arguments]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before
