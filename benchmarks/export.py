"""How fast and in how much memory a translation memory is written, beside a bare lxml loop.

    .venv/bin/python benchmarks/export.py [--units 1000000]

Both write the same units with the same properties; each runs in a process of its own. The last
rows go the whole way of ``trilogue export`` and ``trilogue import``: out of the shards of a corpus
on disk, and back out of the file.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

import trilogue
from trilogue.corpora import corpus, membership, schema
from trilogue.corpora.formats.properties import pairs
from trilogue.corpora.formats.records import Record, Terms
from trilogue.corpora.formats.tmx import write_tmx
from trilogue.corpora.ids import Recipe
from trilogue.corpora.membership import Member, Shard
from trilogue.corpora.shards import new_shard, part
from trilogue.corpora.types import Assessment, Document, Origin, TranslationUnit, Verdict

SOURCE = "We have repaired {n} bridges and tunnels, and the road is open to everyone again."
TARGET = "Мы отремонтировали {n} мостов и тоннелей, и дорога снова открыта для всех."
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def units(count: int) -> Iterator[Record]:
    """Units as a build makes them, one a document of a hundred."""
    scores = {"length": 0.25, "numbers": 1.0, "names": None, "language": 0.999}
    for n in range(count):
        unit = TranslationUnit(
            id=f"{n:024x}",
            document_id=f"{n // 100:024x}",
            segment_ids=(f"{n:024x}",),
            start=n % 100 * 80,
            end=n % 100 * 80 + 79,
            source=SOURCE.format(n=n),
            target=TARGET.format(n=n),
            source_lang="en",
            target_lang="ru",
            origin=Origin.MACHINE,
            model="builtin@1 ctranslate2 beam-4",
            speaker="Nino Karali",
            turn=n % 7,
        )
        reasons = ("names: a name is missing",)
        judged = Assessment(0.875, 61.5, Verdict.REVIEW, reasons, scores, "faithful@1 policy@2")
        yield Record(unit, judged, Terms("forum.txt", "Forum", "2024-05-05", None, "CC-BY-4.0"))


def bare(path: Path, records: Iterable[Record]) -> None:
    """The loop that comes first to mind: an lxml element a unit, written and forgotten."""
    with etree.xmlfile(str(path), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"), file.element("body"):
            for record in records:
                unit = record.unit
                tu = etree.Element("tu", tuid=unit.id)
                for name, value in pairs(record):
                    etree.SubElement(tu, "prop", type=name).text = value
                for lang, text in (("en", unit.source), ("ru", unit.target)):
                    tuv = etree.SubElement(tu, "tuv", {LANG: lang})
                    etree.SubElement(tuv, "seg").text = text
                file.write(tu)


def write_corpus(root: Path, count: int) -> None:
    """A corpus of these units, a hundred a document, a hundred documents a shard."""
    root.mkdir()
    stream = units(count)
    places = []
    number = 0
    while found := list(islice(stream, 10_000)):
        names = list(dict.fromkeys(record.unit.document_id for record in found))
        places.append(Shard(number, tuple(Member(name, "forum.txt", "0") for name in names)))
        documents = (
            Document(
                name, "forum.txt", "", (), (), title="Forum", date="2024-05-05", licence="CC-BY-4.0"
            )
            for name in names
        )
        rows = map(schema.document_row, documents)
        _shard(root / corpus.DOCUMENTS, number, schema.DOCUMENTS, rows, {})
        made = _shard(
            root / corpus.UNITS / "ru",
            number,
            schema.UNITS,
            (schema.unit_row(record.unit) for record in found),
            {},
        )
        judged = ((r.unit, r.assessment) for r in found if r.assessment)
        scores = (schema.assessment_row(unit, assessment) for unit, assessment in judged)
        _shard(root / corpus.SCORES / "ru", number, schema.SCORES, scores, {"units": made})
        number += 1
    membership.write(root, places)


def _shard(
    folder: Path, number: int, table: Any, rows: Iterable[Any], parents: dict[str, str]
) -> str:
    recipe = Recipe(folder.name, 1, parents, {"number": str(number)})
    with new_shard(part(folder, number), schema=table, recipe=recipe) as shard:
        shard.write_rows(list(rows))
    return recipe.key


def run(what: str, count: int, folder: Path) -> None:
    """One measurement, in this process: seconds and MiB."""
    path = folder / f"{what}.tmx"
    if what == "corpus":
        write_corpus(folder / "corpus", count)
        print("0 0 0")
        return
    began = time.process_time()
    if what == "ours":
        write_tmx(path, units(count))
    elif what == "lxml":
        bare(path, units(count))
    elif what == "export":
        trilogue.export(folder / "corpus", "tmx", path)
    elif what == "import":
        path = folder / "export.tmx"
        found = trilogue.import_units(path, on_left_out=print)
        assert sum(1 for _ in found) == count
    else:
        for record in units(count):
            assert record
    seconds = time.process_time() - began
    size = path.stat().st_size / 2**20 if path.exists() else 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds} {peak} {size}")


def measured(what: str, count: int, folder: Path) -> tuple[float, float, float]:
    """Run :func:`run` in a process of its own."""
    told = [sys.executable, __file__, "--one", what, "--units", str(count), "--folder", str(folder)]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    seconds, peak, size = map(float, done.stdout.split())
    return seconds, peak, size


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--shared", help="not needed: the units are made here")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        run(asked.one, asked.units, asked.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        report(asked.units, Path(folder))


def report(count: int, folder: Path) -> None:
    """Measure and print, a row a way."""
    tenth = folder / "tenth"
    tenth.mkdir()
    made = measured("none", count, folder)[0]
    bare_seconds = measured("lxml", count, folder)[0] - made
    measured("corpus", count, folder)
    measured("corpus", count // 10, tenth)
    python = platform.python_version()
    versions = f"trilogue {trilogue.__version__}, lxml {etree.__version__}, Python {python}"
    print(f"TMX · {count:,} units with 17 properties · {versions}")
    print(f"  {os.cpu_count()} cores, one used; CPU time, less {made:.1f} s to make the units")
    print(f"  {'':<28}{'units/s':>10}{'ratio':>8}{'peak MiB':>10}{'file MiB':>10}")
    for name, what, of, where in (
        ("lxml loop (baseline)", "lxml", count, folder),
        ("write_tmx", "ours", count, folder),
        ("write_tmx, a tenth of them", "ours", count // 10, tenth),
        ("export of a corpus", "export", count, folder),
        ("export, a tenth of them", "export", count // 10, tenth),
        ("import", "import", count, folder),
        ("import, a tenth of them", "import", count // 10, tenth),
    ):
        seconds, peak, size = measured(what, of, where)
        if what in ("lxml", "ours"):
            seconds -= made * of / count
        ratio = bare_seconds / count / (seconds / of)
        print(f"  {name:<28}{of / seconds:>10,.0f}{ratio:>7.2f}×{peak:>10.0f}{size:>10.0f}")


if __name__ == "__main__":
    main()
