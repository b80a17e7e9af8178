"""``trilogue align`` and ``trilogue evaluate ladder`` from files to standard output."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from trilogue.corpora.errors import AlignmentError, FormatError
from trilogue.scripts.commands.align import align
from trilogue.scripts.commands.evaluate import evaluate

ENGLISH = "Good afternoon.\nWe will build two schools and 15 bridges in Ganja.\nThank you.\n"
AZERBAIJANI = "Günortanız xeyir.\nGəncədə iki məktəb tikəcəyik.\nVə 15 körpü.\nTəşəkkür edirəm.\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    source, target = tmp_path / "en.txt", tmp_path / "az.txt"
    source.write_text(ENGLISH, encoding="utf-8")
    target.write_text(AZERBAIJANI, encoding="utf-8")
    return str(source), str(target)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(align, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_ladder_is_a_bead_a_line(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az").splitlines()
    assert [line.rsplit(":", 1)[0] for line in lines] == ["[0]:[0]", "[1]:[1, 2]", "[2]:[3]"]
    assert all(float(line.rsplit(":", 1)[1]) >= 0 for line in lines)


def test_tsv_is_what_score_reads(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--format", "tsv").splitlines()
    assert lines[1].split("\t") == [
        "We will build two schools and 15 bridges in Ganja.",
        "Gəncədə iki məktəb tikəcəyik. Və 15 körpü.",
    ]


def test_json_lines_hold_texts_and_probabilities(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--format", "jsonl").splitlines()
    bead = json.loads(lines[0])
    assert (bead["source"], bead["target"]) == ([0], [0])
    assert bead["target_text"] == "Günortanız xeyir."
    assert 0 < bead["probability"] <= 1


def test_a_draft_of_another_length_is_refused(files: tuple[str, str]) -> None:
    with pytest.raises(AlignmentError, match="got 4 drafts of 3 source segments"):
        run(*files, "--from", "en", "--to", "az", "--draft", files[1])


def test_a_file_that_is_not_utf8_is_named(files: tuple[str, str]) -> None:
    Path(files[1]).write_bytes(b"Sa\xff")
    with pytest.raises(FormatError, match=r"az\.txt:1: got byte 0xff at byte 3 of the line"):
        run(*files, "--from", "en", "--to", "az")


def test_a_ladder_is_compared_with_the_true_one(tmp_path: Path) -> None:
    gold, test = tmp_path / "gold", tmp_path / "test"
    gold.write_text("[0]:[0]\n[1]:[1, 2]\n", encoding="utf-8")
    test.write_text("[0]:[0]:0.1\n[1]:[1]:0.2\n[]:[2]:0.1\n", encoding="utf-8")
    arguments = ["ladder", str(gold), str(test), "--json"]
    result = CliRunner().invoke(evaluate, arguments, catch_exceptions=False)
    found = json.loads(result.stdout)
    assert found["strict"]["recall"] == 0.5
    assert found["lax"]["recall"] == 1.0
    assert found["kinds"]["1-2"]["gold"] == 1


def test_a_ladder_of_other_files_is_refused(tmp_path: Path, files: tuple[str, str]) -> None:
    gold = tmp_path / "gold"
    gold.write_text("[0]:[0]\n[7]:[1]\n", encoding="utf-8")
    arguments = ["ladder", str(gold), str(gold), "--source", files[0]]
    with pytest.raises(AlignmentError, match="gold: bead 2: source index 7, but there are 3"):
        CliRunner().invoke(evaluate, arguments, catch_exceptions=False)
