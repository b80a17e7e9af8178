"""What a build cannot be made from: one line says so, nothing else is said, nothing is written."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = "Levon: Thank you for coming. Trade grew by 12 percent.\n"


def transcript(folder: Path, content: str | bytes) -> list[str]:
    path = folder / "visit.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [str(path), "--corpus", str(folder / "corpus")]


def something_else(folder: Path) -> list[str]:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "thesis.docx").touch()
    return transcript(folder, PAGE)


def a_damaged_corpus(folder: Path) -> list[str]:
    (folder / "corpus").mkdir()
    (folder / "corpus" / "membership.jsonl").write_text("{}\n", encoding="utf-8")
    return transcript(folder, PAGE)


def a_missing_reference(folder: Path) -> list[str]:
    return [*transcript(folder, PAGE), "--reference", f"ru={folder / 'visit.ru.txt'}"]


def a_reference_in_english(folder: Path) -> list[str]:
    return [*transcript(folder, PAGE), "--reference", f"ru={folder / 'visit.txt'}"]


BAD: dict[str, tuple[Callable[[Path], list[str]], int, str]] = {
    "empty file": (lambda folder: transcript(folder, ""), 1, "visit.txt: "),
    "only white space": (lambda folder: transcript(folder, " \n\n"), 1, "visit.txt: "),
    "no transcript": (
        lambda folder: transcript(folder, "The sea is calm.\nThe sky is blue.\n"),
        1,
        "visit.txt: no transcript in it: 2 lines, no speaker",
    ),
    "not text": (lambda folder: transcript(folder, bytes(range(256)) * 9), 1, "visit.txt"),
    "not UTF-8": (lambda folder: transcript(folder, "Левон: Да.\n".encode("cp1251")), 1, "UTF-8"),
    "missing file": (
        lambda folder: [str(folder / "gone.txt"), "--corpus", str(folder / "corpus")],
        2,
        "gone.txt: no such file; check the name",
    ),
    "unknown language": (
        lambda folder: [*transcript(folder, PAGE), "--to", "de"],
        2,
        "'de' is not one of 'ru', 'hy', 'az'",
    ),
    "unknown reader": (
        lambda folder: [*transcript(folder, PAGE), "--reader", "pravda"],
        2,
        "--reader: got 'pravda', expected one of",
    ),
    "missing reference": (a_missing_reference, 2, "visit.ru.txt: no such file; check the name"),
    "reference in another language": (
        a_reference_in_english,
        2,
        "visit.txt: --reference ru: got a document in 'en', expected 'ru'",
    ),
    "folder of something else": (something_else, 2, "holds files but is not a corpus of ours"),
    "damaged corpus": (a_damaged_corpus, 1, "membership.jsonl:1: damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_leaves_no_trace(name: str, tmp_path: Path) -> None:
    prepare, code, what = BAD[name]
    arguments = prepare(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    command = [sys.executable, "-m", "trilogue", "build", *arguments, "-j", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("trilogue: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert what in done.stderr
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
