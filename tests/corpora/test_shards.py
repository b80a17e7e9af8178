import math
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora import schema, shards
from trilogue.corpora.errors import FormatError
from trilogue.corpora.ids import Recipe, content_hash
from trilogue.corpora.types import (
    Assessment,
    Block,
    BlockKind,
    Document,
    Draft,
    LeftOut,
    Origin,
    Segment,
    TranslationUnit,
    Turn,
    Verdict,
)

RECIPE = Recipe("segments", 1, {"documents": "abc"}, {"segmenter": "rules-en@1"})
SEGMENT = Segment("s1", "d1", 0, 0, 10, "Thank you.", 0, 0)
UNIT = TranslationUnit(
    "u1", "d1", ("s1",), 0, 10, "Thank you.", "Спасибо.", "en", "ru", Origin.MACHINE
)


def segments(path: Path, *texts: str, recipe: Recipe = RECIPE) -> Path:
    with shards.new_shard(path, schema=schema.SEGMENTS, recipe=recipe) as shard:
        for position, text in enumerate(texts):
            one = Segment(f"s{position}", "d1", position, 0, len(text), text, 0, None)
            shard.write_rows([schema.segment_row(one, speaker=None, language="en")])
    return path


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_shard_holds_its_rows_in_order_and_its_recipe(tmp_path: Path) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.", "Next question.")
    rows = list(shards.rows_of(path, schema=schema.SEGMENTS))
    assert [row["text"] for row in rows] == ["Thank you.", "Next question."]
    assert shards.footer_of(path) == shards.Footer(RECIPE, 2, {})
    assert shards.is_made(path, by=RECIPE)
    assert left(tmp_path) == ["part-00000.parquet"]


@pytest.mark.parametrize(
    "other",
    [
        Recipe("segments", 2, RECIPE.parents, RECIPE.options),
        Recipe("segments", 1, {"documents": "abd"}, RECIPE.options),
        Recipe("segments", 1, RECIPE.parents, {"segmenter": "rules-en@2"}),
        Recipe("drafts", 1, RECIPE.parents, RECIPE.options),
    ],
)
def test_any_change_of_the_recipe_asks_for_another_shard(tmp_path: Path, other: Recipe) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    assert not shards.is_made(path, by=other)


def test_the_order_in_which_a_recipe_was_written_does_not_matter() -> None:
    some = Recipe("units", 1, {"a": "1", "b": "2"}, {"x": "y", "z": "w"})
    same = Recipe("units", 1, {"b": "2", "a": "1"}, {"z": "w", "x": "y"})
    assert some.key == same.key
    assert Recipe.from_json(some.to_json()) == some


@given(st.lists(st.text(), max_size=5), st.lists(st.text(), max_size=5))
def test_different_parts_have_different_hashes(some: list[str], others: list[str]) -> None:
    assert (content_hash(*some) == content_hash(*others)) == (some == others)


def test_an_error_inside_leaves_the_shard_that_stood_there(tmp_path: Path) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    with pytest.raises(ZeroDivisionError, match="division"):
        with shards.new_shard(path, schema=schema.SEGMENTS, recipe=RECIPE) as shard:
            shard.write_rows([schema.segment_row(SEGMENT, speaker=None, language="en")])
            1 / 0  # noqa: B018
    assert left(tmp_path) == ["part-00000.parquet"]
    assert shards.footer_of(path).rows == 1


def test_rows_of_another_table_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    with pytest.raises(FormatError, match=r"part-00000\.parquet: rows \['segment_id', 'document"):
        with shards.new_shard(path, schema=schema.DRAFTS, recipe=RECIPE) as shard:
            rows = [schema.segment_row(SEGMENT, speaker=None, language="en")]
            shard.write_batch(schema.batch(rows, schema.SEGMENTS))
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("faithful", "scores", "what"),
    [
        (math.nan, {}, "a NaN in faithful, expected a number or null"),
        (0.5, {"length": math.nan}, "a NaN in value, expected a number or null"),
    ],
)
def test_a_nan_is_refused_wherever_it_hides(
    tmp_path: Path, faithful: float, scores: dict[str, float | None], what: str
) -> None:
    bad = Assessment(faithful, None, Verdict.REVIEW, scores=scores)
    with pytest.raises(FormatError, match=what):
        with shards.new_shard(tmp_path / "s.parquet", schema=schema.SCORES, recipe=RECIPE) as shard:
            shard.write_rows([schema.assessment_row(UNIT, bad)])
    assert left(tmp_path) == []


def test_a_null_is_refused_where_the_schema_allows_none(tmp_path: Path) -> None:
    row = schema.segment_row(SEGMENT, speaker=None, language="en")
    with pytest.raises(FormatError, match="a null in text, which allows none"):
        with shards.new_shard(tmp_path / "s.parquet", schema=schema.SEGMENTS, recipe=RECIPE) as out:
            out.write_rows([{**row, "text": None}])


def test_unknown_stays_null_and_is_never_a_number(tmp_path: Path) -> None:
    said = Assessment(None, None, Verdict.REVIEW, ("unknown",), {"cosine": None}, "s@1")
    path = tmp_path / "s.parquet"
    with shards.new_shard(path, schema=schema.SCORES, recipe=RECIPE) as shard:
        shard.write_rows([schema.assessment_row(UNIT, said)])
    (row,) = shards.rows_of(path, schema=schema.SCORES)
    assert schema.assessment_of(row) == said


def test_documents_segments_and_units_come_back_as_they_went_in(tmp_path: Path) -> None:
    document = Document(
        id="d1",
        source="visit.txt",
        text="Visit\nThank you.",
        blocks=(Block(0, 5, BlockKind.TITLE, 1), Block(6, 16, BlockKind.SPEECH, 3, 0)),
        turns=(Turn("Levon Sarian", "President Levon Sarian", 3, "President"),),
        date="2023-03-14",
        licence="CC-BY-4.0",
        topics=("Transport",),
        turn_languages=("hy", None),
        left_out=(LeftOut(2, "2 of 2", "counter"),),
        warnings=("one",),
    )
    path = tmp_path / "d.parquet"
    with shards.new_shard(path, schema=schema.DOCUMENTS, recipe=RECIPE) as shard:
        shard.write_rows([schema.document_row(document, reference_of="d0")])
    (row,) = shards.rows_of(path, schema=schema.DOCUMENTS)
    assert (schema.document_of(row), row["reference_of"]) == (document, "d0")
    segment = schema.segment_row(SEGMENT, speaker="A", language="en")
    assert schema.segment_of(segment) == SEGMENT
    assert schema.unit_of(schema.unit_row(UNIT)) == UNIT


def test_a_file_cut_short_is_named_and_kept(tmp_path: Path) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(FormatError, match=r"part-00000\.parquet: a shard that was cut short"):
        shards.is_made(path, by=RECIPE)
    assert path.stat().st_size == len(data) // 2


def test_a_shard_with_one_byte_changed_is_read_by_nobody(tmp_path: Path) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    data = bytearray(path.read_bytes())
    column = pq.read_metadata(path).row_group(0).column(0)
    data[column.data_page_offset + column.total_compressed_size - 1] ^= 1
    path.write_bytes(data)
    assert shards.is_made(path, by=RECIPE)  # the footer is whole
    with pytest.raises(
        FormatError, match=r"part-00000\.parquet: rows cannot be read .*; delete it"
    ):
        list(shards.rows_of(path, schema=schema.SEGMENTS))


def test_a_parquet_file_of_somebody_else_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "part-00000.parquet"
    pq.write_table(pa.table({"x": [1]}), path)
    with pytest.raises(FormatError, match="a Parquet file that Trilogue did not make; move it"):
        shards.is_made(path, by=RECIPE)
    path.write_text("not Parquet at all", encoding="utf-8")
    with pytest.raises(FormatError, match="not a Parquet file"):
        shards.key_of(path)


@pytest.mark.parametrize(
    ("version", "what"),
    [
        (schema.VERSION + 1, "made by a newer Trilogue; use that one"),
        (schema.VERSION - 1, "made by an older Trilogue; delete it"),
    ],
)
def test_a_shard_of_another_schema_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int, what: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", version)
        path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    with pytest.raises(FormatError, match=what):
        list(shards.rows_of(path, schema=schema.SEGMENTS))


def test_a_shard_of_another_stage_is_not_read(tmp_path: Path) -> None:
    path = segments(tmp_path / "part-00000.parquet", "Thank you.")
    with pytest.raises(FormatError, match="not made by this stage"):
        list(shards.rows_of(path, schema=schema.UNITS))


def test_a_full_disk_names_the_shard_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shards, "sync", full)
    with pytest.raises(OSError, match=r"No space left on device: '.*part-00000\.parquet'"):
        segments(tmp_path / "part-00000.parquet", "Thank you.")
    assert left(tmp_path) == []


def test_sweeping_takes_the_temporary_files_of_its_own_shards_only(tmp_path: Path) -> None:
    folder = tmp_path / "drafts" / "ru"
    folder.mkdir(parents=True)
    names = [".part-00001.parquet.host.7.tmp", ".part-00002.parquet.host.8.tmp", ".gitignore"]
    for name in names:
        (folder / name).touch()
    (tmp_path / ".manifest.json.9.tmp").touch()
    assert shards.sweep(tmp_path, numbers=range(0, 2)) == 1
    assert left(folder) == [".gitignore", ".part-00002.parquet.host.8.tmp"]
    assert shards.sweep(tmp_path) == 2
    assert left(folder) == [".gitignore"]
    assert left(tmp_path) == ["drafts"]


def test_a_text_file_is_whole_or_the_one_before(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise FormatError("no second")

    path = tmp_path / "membership.jsonl"
    shards.write_lines(path, ["old"])
    with pytest.raises(FormatError, match="no second"):
        shards.write_lines(path, broken())
    assert path.read_text(encoding="utf-8") == "old\n"
    assert left(tmp_path) == ["membership.jsonl"]


def test_the_size_of_batches_does_not_show_in_a_shard(tmp_path: Path) -> None:
    rows = [schema.segment_row(SEGMENT, speaker=None, language="en") for _ in range(10)]
    files = []
    for size in (1, 3, 10):
        path = tmp_path / f"part-0000{size}.parquet"
        with shards.new_shard(path, schema=schema.SEGMENTS, recipe=RECIPE) as shard:
            for start in range(0, 10, size):
                shard.write_rows(rows[start : start + size])
        files.append(path.read_bytes())
    assert files[0] == files[1] == files[2]


def test_drafts_keep_how_sure_the_model_was(tmp_path: Path) -> None:
    draft = Draft("Спасибо.", "marian@1", None, ("split: 2",))
    row = {"segment_id": "s1", "text": draft.text, "target_lang": "ru", "model": draft.model}
    path = tmp_path / "d.parquet"
    with shards.new_shard(path, schema=schema.DRAFTS, recipe=RECIPE) as shard:
        shard.write_rows([{**row, "confidence": draft.confidence, "flags": list(draft.flags)}])
    (back,) = shards.rows_of(path, schema=schema.DRAFTS)
    assert back == {**row, "confidence": None, "flags": ["split: 2"]}
