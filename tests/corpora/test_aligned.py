"""Ladders of a corpus: official versions with their gaps, drafts one to one, and back to units."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora import corpus as folders
from trilogue.corpora import schema
from trilogue.corpora.aligned import _drafts, aligned, with_gaps
from trilogue.corpora.choice import Choice
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.exports import export
from trilogue.corpora.formats.ladder import ladder_paths, read_ladders
from trilogue.corpora.ids import Recipe
from trilogue.corpora.shards import new_shard, part
from trilogue.corpora.types import Bead, Document, LeftOut, Origin, Segment, Verdict

VERSION = ("От редакции.", "Добрый день.", "64 страницы,", "спасибо.")
PAIR = ("en", "ru")


@pytest.fixture
def council(forum: Corpus) -> Corpus:
    """The forum's official Russian version as its reader left it: it begins with words of its own,
    and cuts in four what the English says in three."""
    version = Document("forum-ru", "forum.ru.txt", "\n".join(VERSION), (), (), language="ru")
    segments = [
        Segment(f"ru:{n}", version.id, n, n, n + 1, text, n, None) for n, text in enumerate(VERSION)
    ]
    for stage, table, rows in (
        (
            folders.REFERENCES,
            schema.DOCUMENTS,
            [schema.document_row(version, reference_of="forum")],
        ),
        (
            folders.REFERENCE_SEGMENTS,
            schema.SEGMENTS,
            [schema.segment_row(one, speaker=None, language="ru") for one in segments],
        ),
    ):
        place = part(forum.root / stage / "ru", 0)
        with new_shard(place, schema=table, recipe=Recipe(stage, 1)) as shard:
            shard.write_rows(rows)
    return forum


def test_the_official_version_goes_before_drafts_and_what_only_it_says_is_a_gap(
    council: Corpus, tmp_path: Path
) -> None:
    assert export(council, "ladder", tmp_path / "c", choice=Choice(languages=("ru",))) == 5
    ladder, source, target, _ = ladder_paths(tmp_path / "c", PAIR)
    assert ladder.read_text().splitlines() == [
        "[]:[0]:0.0000",
        "[0]:[1]:0.0000",
        "[1, 2]:[2, 3]:0.0000",
        "[3]:[4]:0.0000",
        "[4]:[5]:0.0000",
        "[5]:[6]:0.0000",
    ]
    assert source.read_text().splitlines()[2:4] == ["Thank you all.", "The line is open."]
    assert target.read_text().splitlines()[3:5] == ["спасибо.", "ру The line is open."]


def test_a_ladder_is_read_again_as_the_units_it_was_made_of(
    council: Corpus, tmp_path: Path
) -> None:
    export(council, "ladder", tmp_path / "c", choice=Choice(languages=("ru",)))
    left_out: list[LeftOut] = []
    found = list(read_ladders(tmp_path / "c", PAIR, on_left_out=left_out.append))
    units = {unit.id: unit for unit in council.units("ru")}
    for record in found:
        unit = units[record.unit.id]
        assert record.unit.segment_ids == unit.segment_ids
        assert (record.unit.start, record.unit.end) == (unit.start, unit.end)
        assert record.unit.origin is unit.origin
    assert len(found) == 5
    assert left_out == [LeftOut(1, "От редакции.", "no counterpart")]


def test_origins_choose_between_official_versions_and_drafts(council: Corpus) -> None:
    drafts = list(aligned(council, "ru", (Origin.MACHINE,)))
    assert [len(one.target) for one in drafts] == [3, 3]
    official = list(aligned(council, "ru", (Origin.REFERENCE,)))
    assert [one.target for one in official] == [VERSION]


@pytest.mark.parametrize("choice", [Choice(verdicts=(Verdict.ACCEPT,)), Choice(min_faithful=0.5)])
def test_a_ladder_without_some_of_its_beads_is_refused(
    council: Corpus, choice: Choice, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="expected no --only, --min-faithful or --pivot"):
        export(council, "ladder", tmp_path / "c", choice=choice)
    with pytest.raises(ConfigError, match="expected no --only, --min-faithful or --pivot"):
        export(council, "ladder", tmp_path / "c", pivot=("ru", "hy"))
    assert not list(tmp_path.glob("c.*"))


def test_a_unit_that_its_official_version_does_not_say_is_named(council: Corpus) -> None:
    place = part(council.root / folders.REFERENCE_SEGMENTS / "ru", 0)
    place.unlink()
    row = schema.segment_row(
        Segment("ru:0", "forum-ru", 0, 0, 1, "Иное.", 0, None), speaker=None, language="ru"
    )
    with new_shard(place, schema=schema.SEGMENTS, recipe=Recipe("other", 1)) as shard:
        shard.write_rows([row])
    with pytest.raises(FormatError, match=r"unit \w+: its target is not in the official version"):
        list(aligned(council, "ru"))


@pytest.mark.parametrize(
    ("ladder", "said"),
    [
        ("[0]:[0]:0.1\n[0]:[1]:0.1\n", r"c\.en-ru\.ladder:2: line 0 of .*en is in two beads"),
        ("[0]:[7]:0.1\n", r"c\.en-ru\.ladder:1: index 7, but .*ru has 2 lines; take files"),
        ("[0]:[0]:1.2.3\n", r"c\.en-ru\.ladder:1: got '\[0\]:\[0\]:1.2.3', expected"),
        (f"[{'9' * 5000}]:[0]:0\n", r"c\.en-ru\.ladder:1: got '\[999"),
        ("0-0\n", r"c\.en-ru\.ladder:1: got '0-0', expected \[indices\]:\[indices\]:cost"),
    ],
)
def test_a_ladder_that_does_not_fit_its_files_is_refused(
    ladder: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "c.en-ru.en").write_text("One.\nTwo.\n")
    (tmp_path / "c.en-ru.ru").write_text("Раз.\nДва.\n")
    (tmp_path / "c.en-ru.ladder").write_text(ladder)
    with pytest.raises(FormatError, match=said):
        list(read_ladders(tmp_path / "c", PAIR, on_left_out=lambda line: None))


def test_a_ladder_of_another_aligner_needs_no_ids(tmp_path: Path) -> None:
    (tmp_path / "c.en-ru.en").write_text("One.\nTwo.\n")
    (tmp_path / "c.en-ru.ru").write_text("Раз, два.\n")
    (tmp_path / "c.en-ru.ladder").write_text("[0, 1]:[0]:0.105361\n")
    (found,) = read_ladders(tmp_path / "c", PAIR, on_left_out=lambda line: None)
    assert (found.unit.source, found.unit.target) == ("One. Two.", "Раз, два.")
    assert found.unit.bead_probability == pytest.approx(0.9, abs=1e-6)


def test_a_cost_that_is_none_says_nothing_of_the_probability(tmp_path: Path) -> None:
    (tmp_path / "c.en-ru.en").write_text("One.\nTwo.\n")
    (tmp_path / "c.en-ru.ru").write_text("Раз.\nДва.\n")
    (tmp_path / "c.en-ru.ladder").write_text("[0]:[0]:nan\n[1]:[1]:-1.5\n")
    found = read_ladders(tmp_path / "c", PAIR, on_left_out=lambda line: None)
    assert [record.unit.bead_probability for record in found] == [None, None]


def test_what_people_merged_and_split_is_told_once(forum: Corpus) -> None:
    drafts = [u for u in forum.units("hy") if u.document_id == "forum"]
    merged = replace(
        drafts[0],
        origin=Origin.POST_EDIT,
        segment_ids=drafts[0].segment_ids + drafts[1].segment_ids,
        target="Միասին։",
    )
    split = [
        replace(drafts[2], origin=Origin.POST_EDIT, target=text) for text in ("Մեկ։", "Երկու։")
    ]
    groups = _drafts([*drafts, merged, *split])
    assert [[unit.target for unit in group] for group in groups] == [
        ["Միասին։"],
        ["Մեկ։", "Երկու։"],
    ]


@given(st.data())
def test_with_its_gaps_a_ladder_has_each_index_once_and_in_order(data: st.DataObject) -> None:
    beads: list[Bead] = []
    source = target = 0
    for _ in range(data.draw(st.integers(0, 5))):
        source, target = (at + data.draw(st.integers(0, 2)) for at in (source, target))
        wide, tall = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
        beads.append(Bead(tuple(range(source, source + wide)), tuple(range(target, target + tall))))
        source, target = source + wide, target + tall
    source, target = (at + data.draw(st.integers(0, 2)) for at in (source, target))
    ladder = with_gaps(beads, source, target)
    assert [i for bead in ladder for i in bead.source] == list(range(source))
    assert [i for bead in ladder for i in bead.target] == list(range(target))
    assert [bead for bead in ladder if bead.source and bead.target] == beads
