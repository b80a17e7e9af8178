"""Beads as text: what ``trilogue align`` prints in each of its forms."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trilogue.align.ladders import written
from trilogue.align.resegmenting import Part
from trilogue.corpora.formats.foreign import Completion
from trilogue.corpora.formats.tmx import write_tmx
from trilogue.corpora.types import Ladder


@dataclass(frozen=True, slots=True)
class Beads:
    """A ladder with the segments of both sides.

    :ivar name: of the source file.
    :ivar parts: of the lines that the segments are made of, if they were cut anew.
    """

    ladder: Ladder
    source: Sequence[str]
    target: Sequence[str]
    parts: tuple[Sequence[Part], Sequence[Part]] | None = None
    source_lang: str = field(kw_only=True)
    target_lang: str = field(kw_only=True)
    name: Path = field(kw_only=True)


def _ladder(beads: Beads) -> str:
    return written(beads.ladder)


def _pairs(beads: Beads) -> Iterator[tuple[str, str, float | None]]:
    for bead in beads.ladder:
        if bead.source and bead.target:
            sides = _joined(beads.source, bead.source), _joined(beads.target, bead.target)
            yield *sides, bead.probability


def _tsv(beads: Beads) -> str:
    return "".join(f"{source}\t{target}\n" for source, target, _ in _pairs(beads))


def _tmx(beads: Beads) -> str:
    """A translation memory of what corresponds; each pair with the probability of its bead."""
    complete = Completion(beads.name)
    languages = {"source_lang": beads.source_lang, "target_lang": beads.target_lang}
    records = (
        complete.record(
            {"source": source, "target": target, "bead_probability": probability, **languages}
        )
        for source, target, probability in _pairs(beads)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "beads.tmx"
        write_tmx(path, records, source_lang=beads.source_lang)
        return path.read_text(encoding="utf-8")


def _jsonl(beads: Beads) -> str:
    lines = []
    for bead in beads.ladder:
        content = {
            "source": bead.source,
            "target": bead.target,
            "source_text": _joined(beads.source, bead.source),
            "target_text": _joined(beads.target, bead.target),
            "cost": round(bead.cost, 4),
            "probability": None if bead.probability is None else round(bead.probability, 4),
        }
        if beads.parts is not None:
            source, target = beads.parts
            content["source"] = [_span(source[i]) for i in bead.source]
            content["target"] = [_span(target[j]) for j in bead.target]
        lines.append(json.dumps(content, ensure_ascii=False) + "\n")
    return "".join(lines)


def _span(part: Part) -> list[int]:
    return [part.segment, part.start, part.end]


def _joined(texts: Sequence[str], indices: Sequence[int]) -> str:
    return " ".join(" ".join(texts[i].split()) for i in indices)


FORMS: Final[dict[str, Callable[[Beads], str]]] = {
    "ladder": _ladder,
    "tsv": _tsv,
    "jsonl": _jsonl,
    "tmx": _tmx,
}
"""Name on the command line → how it is written."""
