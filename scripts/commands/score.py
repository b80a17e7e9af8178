"""``trilogue score``: pairs in, one JSON object a line out."""

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

import trilogue
from trilogue.corpora.errors import FormatError
from trilogue.corpora.types import Assessment
from trilogue.scripts.streams import lines_in, name_of, put_lines

_JSON: Final = json.JSONEncoder(ensure_ascii=False)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("pairs", required=False, type=FILE)
@click.option(
    "--from", "source_lang", required=True, metavar="LANG", help="Language of the source."
)
@click.option("--to", "target_lang", required=True, metavar="LANG", help="Language of the target.")
@click.option(
    "--second",
    type=FILE,
    help="Another draft of each source, line by line: a better estimate of quality.",
)
@click.option(
    "--policy",
    type=FILE,
    help="Thresholds of your own, as TOML.",
)
@click.option(
    "--calibration",
    type=FILE,
    help="Probabilities of your own, made by trilogue calibrate.",
)
@click.option(
    "--glossary",
    type=FILE,
    help="CSV or TBX: terms that the target must call as it says.",
)
def score(
    pairs: Path | None,
    source_lang: str,
    target_lang: str,
    second: Path | None,
    policy: Path | None,
    calibration: Path | None,
    glossary: Path | None,
) -> None:
    """Score pairs: what is wrong with them, and how good they are.

    PAIRS, or standard input, is UTF-8, SOURCE<TAB>TARGET a line. One JSON object a line comes out:
    faithful, quality, verdict, reasons, scores, signature; null is "not measured".
    """
    with ExitStack() as stack:
        lines = stack.enter_context(lines_in(pairs))
        drafts = stack.enter_context(lines_in(second)) if second else None
        put_lines(
            _object(assessment)
            for assessment in trilogue.score(
                _pairs(lines, name_of(pairs)),
                source_lang=source_lang,
                target_lang=target_lang,
                second=drafts,
                policy=policy,
                calibration=calibration,
                glossary=glossary,
            )
        )


def _pairs(lines: Iterable[str], name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        columns = line.split("\t")
        if len(columns) != 2:
            got = "1 column" if len(columns) == 1 else f"{len(columns)} columns"
            way = "Separate the sides by one tab, and take other tabs out."
            raise FormatError(f"{name}:{number}: got {got}, expected SOURCE<TAB>TARGET. {way}")
        yield columns[0], columns[1]


def _object(assessment: Assessment) -> str:
    return _JSON.encode(
        {
            "faithful": assessment.faithful,
            "quality": assessment.quality,
            "verdict": assessment.verdict.value,
            "reasons": assessment.reasons,
            "scores": dict(assessment.scores),
            "signature": assessment.signature,
        }
    )
