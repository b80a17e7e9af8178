"""``trilogue draft``: one segment a line in, one draft a line out."""

import contextlib
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO

import click

from trilogue.corpora.errors import FormatError
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.types import Draft

log = logging.getLogger("trilogue.draft")


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    required=True,
    metavar="LANG",
    type=click.Choice(TARGETS),
    help="Target language: ru, hy or az.",
)
@click.option(
    "--model",
    metavar="NAME[@REV]",
    help="A folder, a model of the hub, or builtin.  [default: the best on this machine]",
)
@click.option(
    "--engine",
    type=click.Choice(["ctranslate2", "transformers"]),
    default="ctranslate2",
    show_default=True,
    help="transformers is the reference, and needs trilogue[torch].",
)
@click.option(
    "--beam", type=click.IntRange(min=1), default=4, show_default=True, help="Width of the search."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Batches decoded at a time.  [default: one a processor]",
)
@click.option(
    "--nbest", type=click.IntRange(min=1), default=1, help="Drafts a segment; needs --jsonl."
)
@click.option("--jsonl", is_flag=True, help="One JSON object a line: text, model, score, flags.")
def draft(
    file: Path | None,
    to: str,
    model: str | None,
    engine: str,
    beam: int,
    workers: int | None,
    nbest: int,
    jsonl: bool,
) -> None:
    """Draft segments in another language.

    FILE, or standard input, is UTF-8 with one English segment a line; line N of the output is the
    draft of line N, empty for an empty line. What the guards saw is counted on standard error.
    """
    from trilogue.models import marian, registry

    if nbest > 1 and not jsonl:
        raise click.UsageError("--nbest: plain lines hold one draft each. Add --jsonl.")
    if model is None:
        choice = registry.choose(to)
        model = choice.model
        log.info("drafting with %s: %s", choice.model, choice.reason)
    translator = marian.load(model, to=to, engine=engine, beam=max(beam, nbest), workers=workers)
    seen: Counter[str] = Counter()
    with _binary(file) as stream, click.open_file("-", "w", encoding="utf-8") as stdout:
        lines = _lines(stream, str(file) if file else "standard input")
        for drafts in translator.stream(lines, count=nbest):
            seen.update(flag.partition(":")[0] for flag in drafts[0].flags)
            stdout.write(f"{_object(drafts) if jsonl else drafts[0].text}\n")
            seen["drafts"] += 1
    _tell(seen, translator.signature)


def _object(drafts: list[Draft]) -> str:
    best, *others = drafts
    row: dict[str, Any] = {
        "text": best.text,
        "model": best.model,
        "model_confidence": best.confidence,
        "flags": best.flags,
    }
    if others:
        row["others"] = [
            {"text": other.text, "model_confidence": other.confidence} for other in others
        ]
    return json.dumps(row, ensure_ascii=False)


def _tell(seen: Counter[str], signature: str) -> None:
    """One line for all that the guards saw: nothing is silent, nothing is said a thousand times."""
    total = seen.pop("drafts", 0)
    found = ", ".join(f"{count} {flag}" for flag, count in sorted(seen.items())) or "no flags"
    log.info("%d drafts by %s: %s", total, signature, found)


def _binary(file: Path | None) -> AbstractContextManager[BinaryIO]:
    return contextlib.nullcontext(sys.stdin.buffer) if file is None else file.open("rb")


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Lines without their ends; a byte that is not UTF-8 is an error with its line."""
    for number, line in enumerate(stream, 1):
        try:
            yield re.sub(r"\r?\n\Z", "", line.decode("utf-8"))
        except UnicodeDecodeError as error:
            what = f"not UTF-8 at byte {error.start} of the line"
            raise FormatError(f"{name}:{number}: {what}. Convert the file to UTF-8.") from error
