from collections.abc import Sequence
from pathlib import Path

import pytest

from trilogue.corpora import schema
from trilogue.corpora.errors import FormatError, ModelError
from trilogue.corpora.ids import Recipe
from trilogue.corpora.shards import footer_of, new_shard, rows_of
from trilogue.corpora.types import Draft, Segment
from trilogue.models.drafting import draft_shard


class Shout:
    """Drafts in capitals; loses drafts on demand."""

    def __init__(self, revision: str = "shout@1", lost: int = 0) -> None:
        self.signature = revision
        self.lost = lost
        self.asked: list[int] = []

    def translate(self, texts: Sequence[str]) -> list[Draft]:
        self.asked.append(len(texts))
        drafts = [Draft(text.upper(), self.signature, -0.5, ("loud",)) for text in texts]
        return drafts[self.lost :]


def segments(path: Path, *texts: str) -> Path:
    with new_shard(path, schema=schema.SEGMENTS, recipe=Recipe("segments", 1)) as shard:
        for number, text in enumerate(texts):
            one = Segment(f"s{number}", "d", number, 0, len(text), text, 0, None)
            shard.write_rows([schema.segment_row(one, speaker=None, language="en")])
    return path


def test_each_segment_has_its_draft_in_its_row(tmp_path: Path) -> None:
    source, out = segments(tmp_path / "s.parquet", "Yes.", "No.", "Maybe."), tmp_path / "d.parquet"
    shout = Shout()
    assert draft_shard(source, out, translator=shout, to="ru", batch_size=2) == 3
    rows = list(rows_of(out, schema=schema.DRAFTS))
    assert [(row["segment_id"], row["text"]) for row in rows] == [
        ("s0", "YES."),
        ("s1", "NO."),
        ("s2", "MAYBE."),
    ]
    assert rows[0] == {
        "segment_id": "s0",
        "text": "YES.",
        "target_lang": "ru",
        "model": "shout@1",
        "confidence": -0.5,
        "flags": ["loud"],
    }
    assert shout.asked == [2, 1]


def test_a_finished_shard_is_left_alone_and_another_model_makes_it_again(tmp_path: Path) -> None:
    source, out = segments(tmp_path / "s.parquet", "Yes."), tmp_path / "d.parquet"
    draft_shard(source, out, translator=Shout(), to="ru")
    again = Shout()
    assert draft_shard(source, out, translator=again, to="ru", batch_size=7) == 0
    assert again.asked == []
    assert draft_shard(source, out, translator=Shout("shout@2"), to="ru") == 1
    assert footer_of(out).recipe.options == {"model": "shout@2", "to": "ru"}


def test_a_translator_that_loses_a_segment_leaves_no_shard(tmp_path: Path) -> None:
    source, out = segments(tmp_path / "s.parquet", "Yes.", "No."), tmp_path / "d.parquet"
    with pytest.raises(ModelError, match=r"s\.parquet:0: 1 drafts by shout@1, expected 2"):
        draft_shard(source, out, translator=Shout(lost=1), to="ru")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.parquet"]


def test_a_shard_of_another_stage_is_not_drafted(tmp_path: Path) -> None:
    source, out = segments(tmp_path / "s.parquet", "Yes."), tmp_path / "d.parquet"
    draft_shard(source, out, translator=Shout(), to="ru")
    with pytest.raises(FormatError, match=r"d\.parquet: columns .* not made by this stage"):
        draft_shard(out, tmp_path / "e.parquet", translator=Shout(), to="ru")
    assert not (tmp_path / "e.parquet").exists()


def test_no_segments_are_no_drafts_and_still_a_shard(tmp_path: Path) -> None:
    source, out = segments(tmp_path / "s.parquet"), tmp_path / "d.parquet"
    assert draft_shard(source, out, translator=Shout(), to="ru") == 0
    assert footer_of(out).rows == 0
