"""``trilogue build``: transcripts into a corpus of drafted, aligned and scored units."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

import trilogue
from trilogue.corpora.languages import LANGUAGES, TARGETS
from trilogue.scripts.verbs import BuildOptions

Callback = Callable[[click.Context, click.Parameter, Any], Any]


def assignments(languages: Iterable[str], default: str | None = None) -> Callback:
    """A callback that takes ``LANG=VALUE`` apart.

    :param default: the language of a bare ``VALUE``, if one is allowed.
    """
    known = tuple(languages)

    def apart(
        ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
    ) -> list[tuple[str, str]]:
        found = []
        for value in values:
            lang, equals, rest = value.partition("=")
            if not equals and default is not None:
                lang, rest = default, value
            if lang not in known or not rest:
                expected = f"expected LANG=… with one of {', '.join(known)}"
                raise click.BadParameter(f"got {value!r}, {expected}.")
            found.append((lang, rest))
        return found

    return apart


def numbers_of(ctx: click.Context, param: click.Parameter, value: str | None) -> range | None:
    """``A-B`` as the shard numbers from A to B, both included; ``A`` alone is one."""
    if value is None:
        return None
    first, dash, last = value.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise click.BadParameter(f"got {value!r}, expected numbers of shards as 0-9.")
    numbers = range(int(first), int(last if dash else first) + 1)
    if not numbers:
        raise click.BadParameter(f"got {value!r}, expected the smaller number first.")
    return numbers


@click.command("build")
@click.argument("transcripts", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    "root",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The corpus: a new folder, or one that grows.",
)
@click.option(
    "--to",
    multiple=True,
    metavar="LANG",
    type=click.Choice(TARGETS),
    help="Target language; repeat for more.  [default: ru hy az]",
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    metavar="LANG=FILE",
    callback=assignments(TARGETS),
    help="Official version of these transcripts; repeat for more.",
)
@click.option(
    "--recipe",
    "recipe_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Choices in a TOML file; options given here go before it.",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="LANG=NAME",
    callback=assignments(TARGETS),
    help="Another model for a language: a folder or NAME@REVISION.",
)
@click.option(
    "--segmenter",
    "segmenters",
    multiple=True,
    metavar="[LANG=]MODULE:FACTORY",
    callback=assignments(LANGUAGES, "en"),
    help="A segmenter of your own (docs/segmenters.md).",
)
@click.option("--reader", metavar="NAME", help="Layout of the transcripts.  [default: found out]")
@click.option("--speaker", metavar="NAME", help="Who speaks before the first label.")
@click.option(
    "--executor",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes here, or the Ray cluster of RAY_ADDRESS.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Shards at a time.  [default: one a processor]",
)
@click.option(
    "--shards",
    "numbers",
    metavar="A-B",
    callback=numbers_of,
    help="Only these shards, for an array job.",
)
@click.option("--replace", is_flag=True, help="Changed files replace what was imported from them.")
@click.option("--dry-run", is_flag=True, help="Print what would be made and why, make nothing.")
def build(
    transcripts: tuple[Path, ...],
    root: Path,
    to: tuple[str, ...],
    references: list[tuple[str, str]],
    recipe_file: Path | None,
    models: list[tuple[str, str]],
    segmenters: list[tuple[str, str]],
    reader: str | None,
    speaker: str | None,
    executor: str,
    jobs: int | None,
    numbers: range | None,
    replace: bool,
    dry_run: bool,
) -> None:
    """Make or continue a corpus: read, segment, draft, align and score TRANSCRIPT...

    Finished shards are skipped, so a build that was stopped goes on where it was; what a changed
    option touches is made again. Without TRANSCRIPT, go on with what the corpus holds.
    """
    wanted: BuildOptions = {
        "to": to,
        "references": [(lang, Path(file)) for lang, file in references],
        "recipe": recipe_file,
        "models": dict(models),
        "segmenters": dict(segmenters),
        "reader": reader,
        "speaker": speaker,
        "executor": executor,
        "jobs": jobs,
        "shards": numbers,
        "replace": replace,
    }
    if not dry_run:
        trilogue.build(*transcripts, corpus=root, **wanted)
        return
    for name, reason in trilogue.plan_build(*transcripts, corpus=root, **wanted):
        click.echo(f"{name}: {reason}")
