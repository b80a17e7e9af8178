"""Which units leave a corpus, and in which files."""

from pathlib import Path
from typing import Any

import pytest

from trilogue.corpora.choice import Choice, records
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.exports import FORMATS, export
from trilogue.corpora.formats.jsonl import read_jsonl
from trilogue.corpora.formats.tmx import read_tmx
from trilogue.corpora.multiway import pivoted
from trilogue.corpora.types import LeftOut, Origin, Verdict


def test_units_come_language_by_language_in_the_order_of_the_text(forum: Corpus) -> None:
    found = [(r.unit.target_lang, r.unit.document_id, r.unit.start) for r in records(forum, ALL)]
    assert found == sorted(found, key=lambda one: (one[0], one[1] != "forum", one[2]))
    assert [lang for lang, _, _ in found].count("ru") == 8


def test_each_unit_carries_the_terms_of_its_own_document(forum: Corpus) -> None:
    for record in records(forum, ALL):
        assert record.terms.file == f"{record.unit.document_id}.txt"
        assert record.terms.licence == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-NC-4.0"),
        (None, None),
    ],
)
def test_what_comes_from_an_official_version_stands_under_its_terms_as_well(
    forum: Corpus, small: Any, licence: str | None, said: str | None
) -> None:
    small.add_version(forum, "ru", "forum", licence=licence)
    for record in records(forum, Choice(languages=("ru",))):
        official = record.unit.origin is Origin.REFERENCE
        assert record.terms.licence == (said if official else "CC-BY-4.0")
    pivot = {record.terms.licence for record in pivoted(forum, ALL, "ru", "hy")}
    assert pivot == {said, "CC-BY-4.0"}


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (Choice(), 20),
        (Choice(languages=("ru",)), 8),
        (Choice(languages=("hy", "az", "hy")), 12),
        (Choice(verdicts=(Verdict.ACCEPT,)), 14),
        (Choice(origins=(Origin.REFERENCE,)), 2),
        (Choice(min_faithful=0.9), 14),
        (Choice(min_faithful=0.91), 0),
    ],
)
def test_a_choice_leaves_the_rest_behind(forum: Corpus, choice: Choice, count: int) -> None:
    assert sum(1 for _ in records(forum, choice)) == count


def test_a_language_without_units_is_named_with_those_that_have_some(forum: Corpus) -> None:
    with pytest.raises(ConfigError, match=r"no units in 'de', expected one of az, hy, ru"):
        list(records(forum, Choice(languages=("de",))))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_corpus(forum: Corpus, name: str, tmp_path: Path) -> None:
    choice = Choice(languages=("ru",))
    assert export(forum, name, tmp_path / "out" / "c", choice=choice) == 8
    written = [path.name for path in (tmp_path / "out").iterdir()]
    moses = ["c.en-ru.en", "c.en-ru.ids", "c.en-ru.ru"]
    assert sorted(written) == (moses if name == "moses" else ["c"])


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_corpus_makes_the_same_bytes(forum: Corpus, name: str, tmp_path: Path) -> None:
    choice = Choice(languages=("ru",))
    made = []
    for run in ("first", "second"):
        export(forum, name, tmp_path / run / "c", choice=choice)
        made.append({p.name: p.read_bytes() for p in (tmp_path / run).iterdir()})
    assert made[0] == made[1]


@pytest.mark.parametrize(("name", "said"), [("tmx", 1), ("xliff", 1), ("csv", 0)])
def test_several_languages_in_a_file_for_cat_tools_are_told(
    forum: Corpus, name: str, said: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    export(forum, name, tmp_path / "c", choice=Choice(languages=("ru",)))
    assert caplog.messages == []
    export(forum, name, tmp_path / "c")
    assert [message.partition(": ")[2][:17] for message in caplog.messages] == [
        "holds az, hy, ru."
    ] * said


def test_xliff_2_asks_for_one_language(forum: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"XLIFF 2 holds one language, the corpus has az, hy, ru"):
        export(forum, "xliff2", tmp_path / "c.xlf")
    assert not (tmp_path / "c.xlf").exists()


def test_moses_writes_all_languages_and_empties_what_has_no_units_any_more(
    forum: Corpus, tmp_path: Path
) -> None:
    export(forum, "moses", tmp_path / "c")
    assert (tmp_path / "c.en-hy.hy").read_text().count("\n") == 6
    export(forum, "moses", tmp_path / "c", choice=Choice(min_faithful=1.0))
    assert [p.read_text() for p in tmp_path.glob("c.*")] == [""] * 9


def test_pivoted_pairs_go_through_the_same_english_also_where_one_side_joins_segments(
    forum: Corpus, tmp_path: Path
) -> None:
    export(forum, "tmx", tmp_path / "c.tmx", pivot=("ru", "hy"))
    left_out: list[LeftOut] = []
    found = list(read_tmx(tmp_path / "c.tmx", on_left_out=left_out.append))
    assert left_out == []
    pairs = [(r.unit.source, r.unit.target, r.pivot, r.unit.origin.value) for r in found]
    assert pairs[:2] == [
        ("Добрый день.", "հայ Good afternoon.", "Good afternoon.", "machine"),
        (
            "64 страницы, спасибо.",
            "հայ We have 64 pages. հայ Thank you all.",
            "We have 64 pages. Thank you all.",
            "machine",
        ),
    ]
    assert len(pairs) == 5
    joined = found[1].assessment
    assert joined is not None
    assert joined.verdict is Verdict.REVIEW
    assert joined.faithful == pytest.approx(0.9 * 0.5 * 0.9)
    assert joined.quality is None
    assert joined.reasons == ("hy: numbers: 64 is missing",)


def test_a_side_that_lost_a_segment_to_the_choice_makes_no_pivoted_pair(
    forum: Corpus, tmp_path: Path
) -> None:
    accepted = Choice(verdicts=(Verdict.ACCEPT,))
    export(forum, "jsonl", tmp_path / "c.jsonl", pivot=("ru", "hy"), choice=accepted)
    found = [record.unit.source for record in read_jsonl(tmp_path / "c.jsonl")]
    assert found == ["Добрый день.", "ру The line is open.", "ру Thank you all."]


def test_a_corpus_that_is_not_finished_exports_nothing(forum: Corpus, tmp_path: Path) -> None:
    next((forum.root / "scores" / "assess" / "ru").glob("*.parquet")).unlink()
    with pytest.raises(FormatError, match=r"missing: the build is not finished"):
        export(forum, "tmx", tmp_path / "c.tmx")
    assert not (tmp_path / "c.tmx").exists()


ALL = Choice()
