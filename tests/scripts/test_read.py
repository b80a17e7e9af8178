"""The read command: JSON lines on stdout, the rest on stderr, one line a failure."""

import json
from pathlib import Path

import pytest

from trilogue.scripts.cli import run

EXAMPLES = Path(__file__).parents[1] / "corpora/transcripts/examples"


def test_each_document_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(EXAMPLES / name) for name in ("kremlin.txt", "president-az.txt")]
    assert run(["read", *files]) == 0
    out, err = capsys.readouterr()
    documents = [json.loads(line) for line in out.splitlines()]
    assert [document["language"] for document in documents] == ["en", "en", "az"]
    assert [len(document["turns"]) for document in documents] == [4, 1, 4]
    assert "speakers are not named" in err


def test_explain_shows_what_each_line_was_taken_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--explain", str(EXAMPLES / "plain.txt")]) == 0
    out, err = capsys.readouterr()
    lines = [line.split("\t") for line in out.splitlines()]
    assert [line[:2] for line in lines[:4]] == [
        ["1", "title"],
        ["2", "date"],
        ["3", "place"],
        ["5", "speech"],
    ]
    assert err.endswith("plain.txt: read as plain\n")


def test_a_file_without_a_speaker_fails_and_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sea.txt").write_text("The sea is calm.\n")
    assert run(["read", str(tmp_path / "sea.txt")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "sea.txt: no transcript in it" in err
