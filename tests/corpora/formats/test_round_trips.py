"""Every format gives back what it was given, for whatever it can hold."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trilogue.corpora.formats.jsonl import read_jsonl, write_jsonl
from trilogue.corpora.formats.records import Record, Terms
from trilogue.corpora.formats.tmx import read_tmx, write_tmx
from trilogue.corpora.types import Assessment, LeftOut, Origin, TranslationUnit, Verdict

Write = Callable[[Path, Iterable[Record]], int]
Read = Callable[[Path, list[LeftOut]], Iterator[Record]]

FORMATS: dict[str, tuple[Write, Read]] = {
    "c.jsonl": (write_jsonl, lambda path, left: read_jsonl(path)),
    "c.tmx": (write_tmx, lambda path, left: read_tmx(path, on_left_out=left.append)),
}

# Markup, quotes, controls, line ends, separators, what XML cannot hold, what sheets take for
# formulas: any of them may stand anywhere.
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="ab 'Ժիə<>&\"=+-@\t\n\r\x00\x0b\x1f\x85\u2028\ufffe_x000B_\\;", max_size=12),
)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | TEXTS
NAMES = st.text(alphabet=ascii_lowercase + "-_", min_size=1, max_size=8)
MOMENTS = st.none() | st.datetimes(
    datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0))
POSITIONS = st.integers(0, 1 << 40)

UNITS = st.builds(
    TranslationUnit,
    id=st.from_regex(r"[0-9a-f]{24}", fullmatch=True),
    document_id=TEXTS,
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


@pytest.mark.parametrize("name", FORMATS)
@given(records=CORPORA)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_written_is_read_again(name: str, records: list[Record], tmp_path: Path) -> None:
    write, read = FORMATS[name]
    left_out: list[LeftOut] = []
    assert write(tmp_path / name, records) == len(records)
    assert list(read(tmp_path / name, left_out)) == records
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
