"""``trilogue score``: pairs in, one JSON object a line out."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import click

from trilogue.align.scores import Assessor, Pair
from trilogue.corpora.errors import FormatError
from trilogue.corpora.types import Assessment
from trilogue.scripts.assessors import load_assessor

_BATCH: Final = 256
_ALONE: Final = ("confidence", "cosine", "bead", "neighbours")
"""Signals that need a model or a corpus."""

log = logging.getLogger(__name__)


@click.command()
@click.argument("pairs", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--from", "source_lang", required=True, metavar="LANG", help="Language of the source."
)
@click.option("--to", "target_lang", required=True, metavar="LANG", help="Language of the target.")
@click.option(
    "--second",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Another draft of each source, line by line: a better estimate of quality.",
)
@click.option(
    "--policy",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Thresholds of your own, as TOML, instead of the default.",
)
def score(
    pairs: Path | None,
    source_lang: str,
    target_lang: str,
    second: Path | None,
    policy: Path | None,
) -> None:
    """Score pairs: what is wrong with them, and how good they are.

    PAIRS, or standard input, is UTF-8, SOURCE<TAB>TARGET a line. One JSON object a line comes out:
    faithful, quality, verdict, reasons, scores, signature; null is "not measured".
    """
    assessor = load_assessor(source_lang, target_lang, policy)
    _say_what_is_missing(assessor, second)
    with ExitStack() as stack:
        stream = stack.enter_context(pairs.open("rb")) if pairs else sys.stdin.buffer
        stdout = stack.enter_context(click.open_file("-", "w", encoding="utf-8"))
        name = str(pairs) if pairs else "standard input"
        read = _pairs(stream, name)
        drafts = _lines(stack.enter_context(second.open("rb")), str(second)) if second else None
        while batch := list(islice(read, _BATCH)):
            others = None if drafts is None else list(islice(drafts, len(batch)))
            if others is not None and len(others) < len(batch):
                got = f"{second}: got fewer lines than there are pairs"
                raise FormatError(f"{got}, expected one a pair. Draft the same file.")
            for assessment in assessor.assess(batch, second=others):
                stdout.write(_json(assessment) + "\n")
        if drafts is not None and next(drafts, None) is not None:
            got = f"{second}: got more lines than there are pairs"
            raise FormatError(f"{got}, expected one a pair. Draft the same file.")


def _say_what_is_missing(assessor: Assessor, second: Path | None) -> None:
    missing = list(_ALONE) if second else ["agreement", *_ALONE]
    log.info("not measured without a corpus: %s", ", ".join(missing))
    if assessor.lexicon is None:
        log.warning("no lexicon for %s-%s: coverage is null", *_languages(assessor))
    if assessor.calibration is None:
        told = "no calibration for %s-%s: faithful and quality are null, nothing is accepted"
        log.warning(told, *_languages(assessor))


def _languages(assessor: Assessor) -> tuple[str, str]:
    return assessor.source_lang, assessor.target_lang


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """The lines of a UTF-8 stream; only a line feed ends one, so that the count is kept."""
    for number, raw in enumerate(stream, start=1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            got = f"byte 0x{error.object[error.start]:02x} at column {error.start + 1}"
            way = "Convert it, as with: iconv -f ENCODING -t UTF-8"
            raise FormatError(f"{name}:{number}: got {got}, expected UTF-8 text. {way}") from None
        yield text.removesuffix("\n").removesuffix("\r")


def _pairs(stream: BinaryIO, name: str) -> Iterator[Pair]:
    for number, line in enumerate(_lines(stream, name), start=1):
        columns = line.split("\t")
        if len(columns) != 2:
            got = "1 column" if len(columns) == 1 else f"{len(columns)} columns"
            way = "Separate the sides by one tab, and take other tabs out."
            raise FormatError(f"{name}:{number}: got {got}, expected SOURCE<TAB>TARGET. {way}")
        yield Pair(columns[0], columns[1])


def _json(assessment: Assessment) -> str:
    return json.dumps(
        {
            "faithful": assessment.faithful,
            "quality": assessment.quality,
            "verdict": assessment.verdict.value,
            "reasons": assessment.reasons,
            "scores": dict(assessment.scores),
            "signature": assessment.signature,
        },
        ensure_ascii=False,
    )
