"""Every format gives back what it was given, for whatever it can hold."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.jsonl import read_jsonl, write_jsonl
from trilogue.corpora.formats.moses import read_moses, write_moses
from trilogue.corpora.formats.parquet import read_parquet, write_parquet
from trilogue.corpora.formats.records import Record, Terms, record_of, row_of
from trilogue.corpora.formats.tables import read_csv, write_csv
from trilogue.corpora.formats.tmx import read_tmx, write_tmx
from trilogue.corpora.formats.xliff import write_xliff
from trilogue.corpora.formats.xliff2 import write_xliff2
from trilogue.corpora.formats.xliff_reading import read_xliff
from trilogue.corpora.formats.xlsx import read_xlsx, write_xlsx
from trilogue.corpora.types import Assessment, LeftOut, Origin, TranslationUnit, Verdict

Write = Callable[[Path, Iterable[Record]], int]
Read = Callable[[Path, list[LeftOut]], Iterator[Record]]

FORMATS: dict[str, tuple[Write, Read]] = {
    "c.jsonl": (write_jsonl, lambda path, left: read_jsonl(path)),
    "c.tmx": (write_tmx, lambda path, left: read_tmx(path, on_left_out=left.append)),
    "c.xlf": (write_xliff, lambda path, left: read_xliff(path, on_left_out=left.append)),
    "c.xlf2": (write_xliff2, lambda path, left: read_xliff(path, on_left_out=left.append)),
    "c.csv": (write_csv, lambda path, left: read_csv(path, on_left_out=left.append)),
    "c.xlsx": (write_xlsx, lambda path, left: read_xlsx(path, on_left_out=left.append)),
    "c.parquet": (write_parquet, lambda path, left: read_parquet(path)),
    "c.moses": (
        lambda path, records: write_moses(path, records, pairs=[("en", "ru")]),
        lambda path, left: read_moses(path, ("en", "ru"), on_left_out=left.append),
    ),
}
ONE_PAIR = ("c.xlf2", "c.moses")
CANNOT = (
    "which Excel takes for|that XLSX cannot|which a line cannot|the id file cannot|expected en-ru"
)
"""What a format refuses to write, because it could not be read again as it was."""

# Markup, quotes, controls, line ends, separators, what XML cannot hold, what sheets take for
# formulas: any of them may stand anywhere.
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "Շնորհակալություն։ Հարցե՞ր կան՛, «այո՜»",  # marks inside of words
            "Çox sağ olun, İzmirə dəvət edirik: ığ, İı",
            "Он сказал: «за\u0301мок, не замо\u0301к».",  # stress marks, decomposed
            "\u202eright to left\u202c, \u2067בעברית\u2069, \u200fعربي",
            "zero\u200bwidth\u200d\u2060\ufeff, soft\u00adhyphen, no\u00a0break\u202f",
            "👩\u200d🔬 🇦🇲 𝄞 e\u0301 \U000e0041",
        ]
    ),
    st.text(alphabet="աԱ՞։ 'əİ\u0301\u200b\u200d\u202e\u2066\u2069\ufeff\u00ad<&\"", max_size=12),
    st.text(alphabet="ab 'Ժիə<>&\"=+-@\t\n\r\x00\x0b\x1f\x85\u2028\ufffe_x000B_\\;", max_size=12),
)
NUMBERS = st.none() | st.floats(-1e300, 1e300)
MAYBE = st.none() | TEXTS
NAMES = st.text(alphabet=ascii_lowercase + "-_", min_size=1, max_size=8)
MOMENTS = st.none() | st.datetimes(
    datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
POSITIONS = st.integers(0, 1 << 40)

UNITS = st.builds(
    TranslationUnit,
    id=st.from_regex(r"[0-9a-f]{24}", fullmatch=True),
    document_id=TEXTS.filter(bool),
    segment_ids=st.lists(TEXTS, max_size=3).map(tuple),
    start=POSITIONS,
    end=POSITIONS,
    source=TEXTS,
    target=TEXTS,
    source_lang=st.just("en"),
    target_lang=st.sampled_from(["ru", "hy", "az"]),
    origin=st.sampled_from(Origin),
    model=MAYBE,
    speaker=MAYBE,
    turn=st.none() | st.integers(0, 1 << 30),
    bead_probability=NUMBERS,
    flags=st.lists(TEXTS, max_size=3).map(tuple),
)
ASSESSMENTS = st.none() | st.builds(
    Assessment,
    faithful=NUMBERS,
    quality=NUMBERS,
    verdict=st.sampled_from(Verdict),
    reasons=st.lists(TEXTS, max_size=3).map(tuple),
    scores=st.dictionaries(NAMES, NUMBERS, max_size=3),
    signature=TEXTS,
)
RECORDS = st.builds(
    Record,
    unit=UNITS,
    assessment=ASSESSMENTS,
    terms=st.builds(Terms, *[MAYBE] * 7),
    pivot=st.none(),
    created=MOMENTS,
    changed=MOMENTS,
)
CORPORA = st.lists(RECORDS, max_size=4, unique_by=lambda record: record.unit.id)


def can_hold(write: Write, record: Record, path: Path) -> bool:
    """Whether a format takes a record; it may refuse, but for no other reason than these."""
    try:
        write(path, [record])
    except FormatError as error:
        assert re.search(CANNOT, str(error))
        return False
    return True


def whole(record: Record) -> Record:
    return record


def in_a_table(record: Record) -> Record:
    """An empty text and no text are the same in a cell."""
    row = {name: value for name, value in row_of(record).items() if value != "" or name in NEVER}
    return record_of({"signature": "", **row} if record.assessment else row)


NEVER = ("id", "document_id", "source", "target")  # None


def in_a_sheet(record: Record) -> Record:
    """Excel's numbers have sixteen digits at best."""
    row = row_of(in_a_table(record))
    for name in ("faithful", "quality", "bead_probability"):
        row[name] = sixteen(row[name])
    return record_of(row)


def sixteen(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.16G}")


def in_moses(record: Record) -> Record:
    unit = record.unit
    return Record(
        TranslationUnit(
            id=unit.id,
            document_id=unit.document_id,
            segment_ids=unit.segment_ids,
            start=unit.start,
            end=unit.end,
            source=unit.source,
            target=unit.target,
            source_lang=unit.source_lang,
            target_lang=unit.target_lang,
            origin=unit.origin,
        )
    )


HOLDS = {"c.csv": in_a_table, "c.xlsx": in_a_sheet, "c.moses": in_moses}


@pytest.mark.parametrize("name", FORMATS)
@given(records=CORPORA)
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # an example is small as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_written_is_read_again(name: str, records: list[Record], tmp_path: Path) -> None:
    write, read = FORMATS[name]
    if name in ONE_PAIR:
        records = [r for r in records if r.unit.target_lang == records[0].unit.target_lang]
    records = [record for record in records if can_hold(write, record, tmp_path / "one")]
    left_out: list[LeftOut] = []
    assert write(tmp_path / name, records) == len(records)
    held = list(map(HOLDS.get(name, whole), records))
    assert list(read(tmp_path / name, left_out)) == held
    assert left_out == []


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_fails_leaves_the_file_that_was_there(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("before")

    def breaking() -> Iterator[Record]:
        raise RuntimeError("the corpus went away")
        yield

    with pytest.raises(RuntimeError, match="the corpus went away"):
        FORMATS[name][0](path, breaking())
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == [name]
