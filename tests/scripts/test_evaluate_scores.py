"""``trilogue evaluate scores``: labels of one's own against the scores."""

import json
import xml.dom.minidom
from pathlib import Path

import pytest

from trilogue.scripts import cli

GOOD = (
    ("The talks were held in Yerevan.", "Переговоры прошли в Ереване."),
    ("We will not support this decision.", "Мы не поддержим это решение."),
    ("About 48,000 people live there.", "Там живёт около 48 000 человек."),
    (
        "The President thanked his colleagues for their work.",
        "Президент поблагодарил коллег за работу.",
    ),
)
BAD = (
    ("The talks were held in Yerevan.", "Погода завтра будет солнечной и тёплой.", "unrelated"),
    ("We will not support this decision.", "Мы поддержим это решение.", "negation"),
    ("About 48,000 people live there.", "Там живёт около 4 800 человек.", "number"),
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = ["source\ttarget\tgood\tkind\treference"]
    rows += [f"{source}\t{target}\t1\t\t{target}" for source, target in GOOD]
    rows += [f"{source}\t{target}\t0\t{kind}\t" for source, target, kind in BAD]
    path = tmp_path / "labelled.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_bad_pairs_are_told_from_good_ones_by_kind(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["evaluate", "scores", str(table), "--to", "ru", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["pairs"], found["good"]) == (7, 4)
    kinds = {one["kind"]: one for one in found["detections"]}
    assert list(kinds) == ["", "negation", "number", "unrelated"]
    assert kinds[""]["auc"] == 1.0
    assert kinds["number"]["bad"] == 1
    assert found["false_rejects"] == 0.0
    assert found["false_accepts"] == 0.0
    assert 0 < found["promised"] < 0.5
    assert found["quality"][0]["true"] == pytest.approx(1.0)
    assert "goods" not in found


def test_tables_and_charts_are_for_people(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plot = tmp_path / "charts.svg"
    asked = ["evaluate", "scores", str(table), "--to", "ru", "--plot", str(plot)]
    assert cli.run(asked) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("7 pairs, 4 of them good\n")
    assert "all kinds" in printed
    assert "calibration error of faithful" in printed
    drawn = xml.dom.minidom.parse(str(plot))
    assert len(drawn.getElementsByTagName("rect")) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: got columns none, expected source, target and one of good"),
        ("source\ttarget\n", "1: got columns source, target, expected"),
        ("source\ttarget\tgod\n", "1: got columns source, target, god, expected"),
        ("source\ttarget\tgood\nYes.\tДа.\n", "2: got 2 columns, expected 3"),
        ("source\ttarget\tgood\nYes.\tДа.\tmaybe\n", "2: good is 'maybe', expected 1 or 0"),
        ("source\ttarget\tquality\nYes.\tДа.\t101\n", "2: quality is '101', expected 0 to 100"),
        ("source\ttarget\tquality\nYes.\tДа.\thigh\n", "2: quality is 'high', expected"),
    ],
)
def test_a_table_that_is_none_is_refused_in_one_line(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "labelled.tsv"
    path.write_text(text, encoding="utf-8")
    assert cli.run(["evaluate", "scores", str(path), "--to", "ru"]) == 1
    told = capsys.readouterr().err
    assert f"{path}:{message}" in told
    assert told.count("\n") == 1


def test_a_language_without_probabilities_has_nothing_to_evaluate(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["evaluate", "scores", str(table), "--to", "fr"]) == 2
    assert "en-fr: no calibration, so nothing to judge" in capsys.readouterr().err
