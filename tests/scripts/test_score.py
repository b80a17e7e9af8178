"""``trilogue score``: a line in, a JSON object out, and what is wrong is said in one line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from trilogue.align.calibration import FORMAT
from trilogue.scripts import cli
from trilogue.scripts.assessors import WEIGHTS

GOOD = "The President arrived in Yerevan on 11 January 2021 for talks.\t{}\n"
RU = "Президент прибыл в Ереван 11 января 2021 года для переговоров."


def scored(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> Any:
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    to = [] if "--to" in more else ["--to", "ru"]
    assert cli.run(["score", str(path), "--from", "en", *to, *more]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_good_pair_is_accepted_and_what_was_not_measured_is_null(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = scored(GOOD.format(RU), tmp_path, capsys)
    assert list(found) == ["faithful", "quality", "verdict", "reasons", "scores", "signature"]
    assert found["verdict"] == "accept"
    assert found["faithful"] > 0.7
    assert 0 < found["quality"] < 100
    assert found["scores"]["neighbours"] is None
    assert found["scores"]["agreement"] is None


@pytest.mark.parametrize(
    ("pair", "verdict", "reason"),
    [
        (
            "About 48,000 people live there.\tТам живёт около 4 800 человек.",
            "review",
            "number: source has 48,000, target has 4 800",
        ),
        (
            "The meeting was held in Lachin yesterday.\tВчера встреча прошла в Шуше.",
            "review",
            'name: "Lachin" not found in the target; "Шуше" has no partner in the source',
        ),
        (
            "We will not support this decision.\tМы поддержим это решение.",
            "review",
            'negation: source "not", none in the target',
        ),
        (
            "The talks were held in a good atmosphere.\tThe talks were held in a good atmosphere.",
            "reject",
            "copy: 100% of the target is the source, untranslated",
        ),
        (
            "The talks were held in a good atmosphere.\t"
            "Переговори пройшли в дуже конструктивній атмосфері.",
            "reject",
            "language: target looks Ukrainian, expected Russian",
        ),
        ("Hello.\t", "reject", "empty: the target is empty"),
        ("\tПривет.", "reject", "empty: the source is empty"),
    ],
)
def test_what_is_wrong_is_named_with_its_evidence(
    pair: str, verdict: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = scored(pair + "\n", tmp_path, capsys)
    assert found["verdict"] == verdict
    assert reason in found["reasons"]


def test_a_second_draft_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    second = tmp_path / "second.txt"
    second.write_text(RU + "\n", encoding="utf-8")
    (found,) = scored(GOOD.format(RU), tmp_path, capsys, "--second", str(second))
    assert found["scores"]["agreement"] == pytest.approx(100.0)


def glossary(folder: Path) -> str:
    path = folder / "terms.csv"
    rows = "source,target,language,forbidden\nsettlement,урегулирование,ru,посёлок\n"
    path.write_text(rows, encoding="utf-8")
    return str(path)


def test_terms_are_checked_when_there_is_a_glossary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    source = "We spoke about the settlement of this old conflict."
    pairs = (
        f"{source}\tМы говорили об урегулировании этого давнего конфликта.\n"
        f"{source}\tМы говорили о разрешении этого давнего конфликта.\n"
        f"{source}\tМы говорили о посёлке этого давнего конфликта.\n"
    )
    plain = scored(pairs, tmp_path, capsys)
    right, missing, forbidden = scored(pairs, tmp_path, capsys, "--glossary", glossary(tmp_path))
    assert not any("term" in reason for one in (*plain, right) for reason in one["reasons"])
    assert 'term: "settlement" should be "урегулирование"' in missing["reasons"]
    assert missing["verdict"] == "review"
    assert missing["faithful"] == plain[1]["faithful"]
    said = 'term: "settlement" must not be "посёлок", should be "урегулирование"'
    assert said in forbidden["reasons"]
    assert plain[0]["scores"]["terms_missing"] is None
    assert right["signature"].startswith(f"{plain[0]['signature']}+glossary-")
    (armenian,) = scored(
        GOOD.format("Բարև"), tmp_path, capsys, "--to", "hy", "--glossary", glossary(tmp_path)
    )
    assert armenian["scores"]["terms_missing"] is None
    assert "terms.csv: no terms in 'hy': terms are not measured" in caplog.text


def test_a_glossary_is_of_english_terms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Guten Tag.\tДобрый день.\n", encoding="utf-8")
    more = ["--glossary", glossary(tmp_path)]
    assert cli.run(["score", str(path), "--from", "de", "--to", "ru", *more]) == 2
    assert "terms.csv: its terms are English, the source is in 'de'" in capsys.readouterr().err


def labelled(folder: Path) -> Path:
    """Sixty pairs of which the scores think too well: every second is said to be wrong."""
    path = folder / "labelled.tsv"
    rows = [
        f"There were {n} people in the hall.\tВ зале было {n} человек.\t{n % 2}"
        for n in range(10, 70)
    ]
    path.write_text("\n".join(["source\ttarget\tgood", *rows]) + "\n", encoding="utf-8")
    return path


def test_what_calibrate_wrote_is_what_score_promises(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "fitted"
    fit = ["calibrate", str(labelled(tmp_path)), "--lang", "ru", "--out", str(out)]
    assert cli.run([*fit, "--false-accepts", "0.6"]) == 0
    assert "ru: 60 decisions, 30 on wrong drafts" in capsys.readouterr().out
    pair = "There were 80 people in the hall.\tВ зале было 80 человек.\n"
    own = str(out / "calibration-ru.json")
    (before,) = scored(pair, tmp_path, capsys)
    (after,) = scored(pair, tmp_path, capsys, "--calibration", own)
    assert after["faithful"] == pytest.approx(1 / 2, abs=0.1)
    assert before["faithful"] > after["faithful"] + 0.1
    assert after["quality"] == before["quality"]
    assert after["signature"] != before["signature"]
    table = str(labelled(tmp_path))
    figures = ["evaluate", "scores", table, "--to", "ru", "--json"]
    assert cli.run(figures) == cli.run([*figures, "--calibration", own]) == 0
    old, new = map(json.loads, capsys.readouterr().out.splitlines())
    assert new["faithful_error"] < old["faithful_error"] / 2


@pytest.mark.parametrize(
    ("change", "code", "what"),
    [
        (('"hy"', '"hy"'), 2, "mine.json: fitted for en-hy, expected en-ru; name that one"),
        ((FORMAT, "trilogue-calibration-0"), 1, "format is trilogue-calib"),
        (('"script"', '"scores": "scores-0", "script"'), 2, "fitted for scores-0, expected"),
    ],
)
def test_a_calibration_of_another_language_or_version_is_refused(
    change: tuple[str, str],
    code: int,
    what: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lang = "hy" if "hy" in change[0] else "ru"
    text = (WEIGHTS / f"calibration-{lang}.json").read_text("utf-8").replace(*change, 1)
    mine, pairs = tmp_path / "mine.json", tmp_path / "pairs.tsv"
    mine.write_text(text, "utf-8")
    pairs.write_text(GOOD.format(RU), "utf-8")
    asked = ["score", str(pairs), "--from", "en", "--to", "ru", "--calibration", str(mine)]
    assert cli.run(asked) == code
    assert what in capsys.readouterr().err


def test_a_language_without_calibration_has_scores_and_no_probabilities(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    found = scored("Good day, 25.\tGuten Tag, 26.\n" * 300, tmp_path, capsys, "--to", "de")
    assert len(found) == 300
    assert found[0]["faithful"] is None
    assert found[0]["quality"] is None
    assert found[0]["scores"]["numbers_missing"] == 1.0
    assert found[0]["verdict"] == "review"
    assert sum("no calibration" in record.message for record in caplog.records) == 1


@pytest.mark.parametrize(("line", "got"), [("one", "1 column"), ("a\tb\tc", "3 columns")])
def test_another_number_of_columns_is_refused_with_file_and_line(
    line: str, got: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(GOOD.format(RU) + line + "\n", encoding="utf-8")
    assert cli.run(["score", str(path), "--from", "en", "--to", "ru"]) == 1
    assert f"pairs.tsv:2: got {got}, expected SOURCE<TAB>TARGET" in capsys.readouterr().err


def test_a_second_file_of_another_length_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs, second = tmp_path / "pairs.tsv", tmp_path / "second.txt"
    pairs.write_text(GOOD.format(RU), encoding="utf-8")
    for text, said in (("", "fewer"), (f"{RU}\n{RU}\n", "more")):
        second.write_text(text, encoding="utf-8")
        arguments = ["score", str(pairs), "--from", "en", "--to", "ru", "--second", str(second)]
        assert cli.run(arguments) == 1
        assert f"got {said} second drafts than there are pairs" in capsys.readouterr().err


def test_strange_text_is_scored_and_keeps_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "слово Москва 12 " * 6_250
    strange = ["a\u202eb\u202c\t\u200b\u200bб", f"word {'x' * 100}\t{long}", "\u2028\t\u0301"]
    found = scored("".join(f"{line}\n" for line in strange), tmp_path, capsys)
    assert len(found) == 3
    assert found[1]["verdict"] == "reject"


def test_marks_that_nobody_sees_change_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = "\u2066" + RU.replace("а", "а\u200b") + "\u2069"
    plain, dirty = scored(GOOD.format(RU) + GOOD.format(marked), tmp_path, capsys)
    assert plain == dirty


def test_standard_input_is_read_when_there_is_no_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(GOOD.format(RU).encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert cli.run(["score", "--from", "en", "--to", "ru"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "accept"
