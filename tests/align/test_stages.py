"""The units and scores stages: shards in, shards out."""

from collections.abc import Hashable, Sequence
from pathlib import Path

import pytest

from trilogue.align.layout import TURN, Layout, Layouts
from trilogue.align.pairing import Reference, pair_shard
from trilogue.align.scores.text import Pair
from trilogue.align.scoring import score_shard
from trilogue.corpora import schema
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.ids import Recipe
from trilogue.corpora.shards import footer_of, new_shard, rows_of
from trilogue.corpora.types import (
    Assessment,
    Bead,
    Block,
    BlockKind,
    Document,
    Ladder,
    Origin,
    Segment,
    TranslationUnit,
    Verdict,
)

ENGLISH = ["Thank you.", "Trade grew.", "We are glad.", "Goodbye."]
RUSSIAN = ["Спасибо.", "Торговля выросла, и мы рады.", "Аплодисменты."]
LADDER = (Bead((0,), (0,)), Bead((1, 2), (1,), probability=0.9), Bead((3,), ()), Bead((), (2,)))


def segments(path: Path, document: str, texts: Sequence[str], language: str) -> Path:
    with new_shard(path, schema=schema.SEGMENTS, recipe=Recipe("segments", 1)) as shard:
        start = 0
        for number, text in enumerate(texts):
            end = start + len(text)
            one = Segment(f"{document}{number}", document, number, start, end, text, 0, 0)
            shard.write_rows([schema.segment_row(one, speaker="Levon", language=language)])
            start = end + 1
    return path


def drafts(path: Path, texts: Sequence[str]) -> Path:
    with new_shard(path, schema=schema.DRAFTS, recipe=Recipe("drafts", 1)) as shard:
        for number, text in enumerate(texts):
            said = {"segment_id": f"d{number}", "text": text.upper(), "target_lang": "ru"}
            more = {"model": "shout@1", "confidence": -0.1 * number, "flags": []}
            shard.write_rows([{**said, **more}])
    return path


class Fixed:
    """An aligner that knows the answer, and notes what it was asked."""

    signature = "fixed@1"

    def align(
        self,
        source: Sequence[str],
        target: Sequence[str],
        drafts: Sequence[str],
        layouts: Layouts | None = None,
    ) -> Ladder:
        self.asked, self.layouts = (list(source), list(target), list(drafts)), layouts
        return LADDER


def official(folder: Path, aligner: Fixed) -> Reference:
    text = " ".join(RUSSIAN)
    blocks = (Block(0, len(text), BlockKind.SPEECH, 1, 0),)
    document = Document("r", "visit.ru.txt", text, blocks, (), "ru")
    documents = folder / "rd.parquet"
    with new_shard(documents, schema=schema.DOCUMENTS, recipe=Recipe("documents", 1)) as shard:
        shard.write_rows([schema.document_row(document, reference_of="d")])
    return Reference(documents, segments(folder / "rs.parquet", "r", RUSSIAN, "ru"), aligner)


def paired(folder: Path, *, reference: Reference | None) -> tuple[Path, list[TranslationUnit]]:
    out = folder / "u.parquet"
    source = segments(folder / "s.parquet", "d", ENGLISH, "en")
    pair_shard(source, drafts(folder / "d.parquet", ENGLISH), out, to="ru", reference=reference)
    return out, [schema.unit_of(row) for row in rows_of(out, schema=schema.UNITS)]


def test_every_segment_makes_a_unit_with_its_draft(tmp_path: Path) -> None:
    _, units = paired(tmp_path, reference=None)
    assert [(u.source, u.target) for u in units] == [(text, text.upper()) for text in ENGLISH]
    assert {(u.origin, u.model, u.speaker) for u in units} == {(Origin.MACHINE, "shout@1", "Levon")}
    assert len({u.id for u in units}) == 4


def test_beads_of_the_official_version_make_units_and_gaps_are_counted(tmp_path: Path) -> None:
    aligner = Fixed()
    out, units = paired(tmp_path, reference=official(tmp_path, aligner))
    assert aligner.asked == (ENGLISH, RUSSIAN, [text.upper() for text in ENGLISH])
    assert aligner.layouts == (
        Layout((TURN, 0, 0, 0), ("Levon",) * 4),
        Layout((TURN, 0, 0), ("Levon",) * 3),
    )
    found = [u for u in units if u.origin is Origin.REFERENCE]
    assert [(u.source, u.target, u.segment_ids, u.bead_probability) for u in found] == [
        ("Thank you.", "Спасибо.", ("d0",), None),
        ("Trade grew. We are glad.", "Торговля выросла, и мы рады.", ("d1", "d2"), 0.9),
    ]
    assert (found[1].start, found[1].end) == (11, 35)
    assert [u.start for u in units] == sorted(u.start for u in units)
    assert footer_of(out).facts == {"beads": 4, "source_gaps": 1, "target_gaps": 1}


def test_drafts_of_other_segments_are_refused(tmp_path: Path) -> None:
    source = segments(tmp_path / "s.parquet", "d", ENGLISH, "en")
    short = drafts(tmp_path / "d.parquet", ENGLISH[:2])
    with pytest.raises(AlignmentError, match=r"d\.parquet: another number of drafts than segm"):
        pair_shard(source, short, tmp_path / "u.parquet", to="ru")
    other = segments(tmp_path / "o.parquet", "x", ENGLISH, "en")
    full = drafts(tmp_path / "f.parquet", ENGLISH)
    with pytest.raises(AlignmentError, match=r"f\.parquet: row 0 drafts d0, expected x0; delete"):
        pair_shard(other, full, tmp_path / "u.parquet", to="ru")
    assert not (tmp_path / "u.parquet").exists()


class Counting:
    """An assessor that notes what it was asked; loses answers on demand."""

    signature = "counting@1"

    def __init__(self, lost: int = 0) -> None:
        self.lost = lost

    def assess(
        self,
        pairs: Sequence[Pair],
        *,
        second: Sequence[str | None] | None = None,
        document: Sequence[Hashable] | None = None,
    ) -> list[Assessment]:
        assert second is not None and document is not None
        self.asked = list(zip(pairs, second, document, strict=True))
        said = [Assessment(0.5, None, Verdict.REVIEW, (pair.target,)) for pair in pairs]
        return said[self.lost :]


def test_scores_stand_beside_their_units_with_the_other_origin_as_second(tmp_path: Path) -> None:
    units, made = paired(tmp_path, reference=official(tmp_path, Fixed()))
    assessor, out = Counting(), tmp_path / "scores.parquet"
    assert score_shard(units, tmp_path / "d.parquet", out, assessor=assessor) == 6
    rows = list(rows_of(out, schema=schema.SCORES))
    assert [(row["unit_id"], row["reasons"]) for row in rows] == [(u.id, [u.target]) for u in made]
    seconds = {pair.target: second for pair, second, _ in assessor.asked}
    assert seconds == {
        "THANK YOU.": "Спасибо.",
        "TRADE GREW.": None,
        "WE ARE GLAD.": None,
        "GOODBYE.": None,
        "Спасибо.": "THANK YOU.",
        "Торговля выросла, и мы рады.": "TRADE GREW. WE ARE GLAD.",
    }
    runs = [run for _, _, run in assessor.asked]
    assert runs == [Origin.MACHINE] * 4 + [Origin.REFERENCE] * 2
    sure = [pair.confidence for pair, _, _ in assessor.asked]
    assert sure == [pytest.approx(-0.1 * n) for n in range(4)] + [None, None]


def test_an_assessor_that_loses_a_pair_leaves_no_shard(tmp_path: Path) -> None:
    units, _ = paired(tmp_path, reference=None)
    with pytest.raises(AlignmentError, match=r"u\.parquet:0: 3 assessments by counting@1, exp"):
        score_shard(units, tmp_path / "d.parquet", tmp_path / "x.parquet", assessor=Counting(1))
    assert not (tmp_path / "x.parquet").exists()
