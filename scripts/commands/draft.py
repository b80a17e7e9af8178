"""``trilogue draft``: one segment a line in, one draft a line out."""

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import click

import trilogue
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.types import Draft
from trilogue.scripts.streams import lines_in, put_lines

log: Final = logging.getLogger("trilogue.draft")


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
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
    "--beam", type=click.IntRange(min=1), help="Width of the search.  [default: the model's own]"
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Batches decoded at a time.  [default: one a processor]",
)
@click.option(
    "--nbest", type=click.IntRange(min=1), default=1, help="Drafts a segment; needs --jsonl."
)
@click.option(
    "--second",
    metavar="NAME[@REV]",
    help="Another model, for a second draft of each; or one into English, which translates each"
    " draft back. Needs --jsonl.",
)
@click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV or TBX: its terms are reported as found, missing or forbidden.",
)
@click.option("--glossary-decode", is_flag=True, help="Make the drafts use the glossary's terms.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line: text, model, score, flags.")
def draft(
    file: Path | None,
    to: str,
    model: str | None,
    engine: str,
    beam: int | None,
    workers: int | None,
    nbest: int,
    second: str | None,
    glossary: Path | None,
    glossary_decode: bool,
    jsonl: bool,
) -> None:
    """Draft segments in another language.

    FILE, or standard input, is UTF-8 with one English segment a line; line N of the output is the
    draft of line N, empty for an empty line. What the guards saw is counted on standard error.
    """
    if nbest > 1 and not jsonl:
        raise click.UsageError("--nbest: plain lines hold one draft each. Add --jsonl.")
    if second is not None and not jsonl:
        raise click.UsageError("--second: plain lines hold one draft each. Add --jsonl.")
    if glossary_decode and glossary is None:
        raise click.UsageError("--glossary-decode: no terms to use. Add --glossary FILE.")
    seen = Seen()
    with lines_in(file) as lines:
        drafted = trilogue.draft(
            lines,
            to=to,
            model=model,
            engine=engine,
            beam=beam,
            workers=workers,
            count=nbest,
            second=second,
            glossary=glossary,
            glossary_decode=glossary_decode,
        )
        shown = _object if jsonl else _text
        put_lines(shown(drafts) for drafts in seen.counted(drafted))
    log.info("%s", seen)


def _text(drafts: list[Draft]) -> str:
    return drafts[0].text


def _object(drafts: list[Draft]) -> str:
    best, *others = drafts
    row: dict[str, Any] = {
        "text": best.text,
        "model": best.model,
        "model_confidence": best.confidence,
        "flags": best.flags,
    }
    if best.second is not None:
        row["second"] = asdict(best.second)
    if others:
        row["others"] = [
            {"text": other.text, "model_confidence": other.confidence} for other in others
        ]
    return json.dumps(row, ensure_ascii=False)


@dataclass(slots=True)
class Seen:
    """What came by, and what the guards saw of it: nothing is silent, or said a thousand times."""

    drafts: int = 0
    models: set[str] = field(default_factory=set)
    flags: Counter[str] = field(default_factory=Counter)

    def counted(self, drafted: Iterable[list[Draft]]) -> Iterator[list[Draft]]:
        """The drafts as they come, the best of each counted on the way."""
        for drafts in drafted:
            self.drafts += 1
            self.models.add(drafts[0].model)
            self.flags.update(flag.partition(":")[0] for flag in drafts[0].flags)
            yield drafts

    def __str__(self) -> str:
        by = f" by {', '.join(sorted(self.models))}" if self.models else ""
        found = ", ".join(f"{count} {flag}" for flag, count in sorted(self.flags.items()))
        return f"{self.drafts} drafts{by}: {found or 'no flags'}"
