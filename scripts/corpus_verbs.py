"""The verbs on corpora: build, count, hand out, take in, publish.

They import what they need when they are called, so that help and errors stay quick.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from trilogue.corpora.types import LeftOut

if TYPE_CHECKING:
    from trilogue.corpora.formats.records import Record
    from trilogue.corpora.publishing.publish import Outcome
    from trilogue.corpora.report import Report


class BuildOptions(TypedDict, total=False):
    """How to build; what is given goes before the recipe, what is left out is its default.

    :ivar to: target languages.
    :ivar references: language and file of official versions.
    :ivar recipe: a TOML file (docs/corpus.md).
    :ivar models: language → model, as in :func:`draft`.
    :ivar segmenters: language → ``module:factory``.
    :ivar executor: "local" or "ray"; ``jobs`` are shards at a time.
    :ivar shards: the only ones to work on.
    :ivar replace: whether changed files replace what was imported from them.
    """

    to: Sequence[str]
    references: Sequence[tuple[str, Path]]
    recipe: Path | None
    models: Mapping[str, str]
    segmenters: Mapping[str, str]
    reader: str | None
    speaker: str | None
    executor: str
    jobs: int | None
    shards: range | None
    replace: bool


def build(
    *transcripts: Path | str, corpus: Path | str, **options: Unpack[BuildOptions]
) -> dict[str, Any]:
    """Make or continue a corpus of drafted, aligned and scored units.

    :param corpus: the folder: new, or one that grows.
    :returns: the manifest.
    :raises TrilogueError: before anything is written, if what is asked for cannot be; or at the
        end, if shards failed.
    """
    from trilogue.scripts.build import make
    from trilogue.scripts.requests import running

    with running(transcripts, corpus, options) as (request, executor):
        return make(request, executor)


def plan_build(
    *transcripts: Path | str, corpus: Path | str, **options: Unpack[BuildOptions]
) -> Iterator[tuple[str, str]]:
    """The shards that :func:`build` would make, each with the reason; nothing is written."""
    from trilogue.scripts.build import would_make
    from trilogue.scripts.requests import running

    with running(transcripts, corpus, options) as (request, executor):
        yield from would_make(request, executor)


def report(corpus: Path | str) -> "Report":
    """What a corpus holds, in figures.

    :raises ConfigError: if the folder is no corpus.
    :raises FormatError: if the build is not finished.
    """
    from trilogue.corpora.corpus import Corpus
    from trilogue.corpora.report import report as figures

    return figures(Corpus(Path(corpus)))


def export(
    corpus: Path | str,
    format: str,
    out: Path | str,
    *,
    langs: Sequence[str] = (),
    verdicts: Sequence[str] = (),
    origins: Sequence[str] = (),
    min_faithful: float | None = None,
    pivot: tuple[str, str] | None = None,
) -> int:
    """Write the units of a corpus in another tool's format; how many.

    :param format: as on the command line (docs/exchange.md).
    :param langs: target languages; all if there is none, and so for verdicts and origins.
    :param pivot: two target languages to pair through the English.
    :raises ConfigError: if the corpus does not have the languages, or the format holds one only.
    :raises FormatError: if the build is not finished, or the format cannot hold a unit.
    """
    from trilogue.corpora import exports
    from trilogue.corpora.choice import Choice
    from trilogue.corpora.corpus import Corpus
    from trilogue.corpora.types import Origin, Verdict

    choice = Choice(
        languages=tuple(langs),
        verdicts=tuple(map(Verdict, verdicts)),
        origins=tuple(map(Origin, origins)),
        min_faithful=min_faithful,
    )
    return exports.export(Corpus(Path(corpus)), format, Path(out), choice=choice, pivot=pivot)


def import_units(
    file: Path | str,
    *,
    reader: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    on_left_out: Callable[[LeftOut], object],
) -> Iterator["Record"]:
    """The units of a translation memory, a CAT tool's job or a table, streamed.

    :param reader: as on the command line (docs/exchange.md); by the ending of the name if None.
    :param source_lang: where the file does not say, and so ``target_lang``.
    :param on_left_out: told of all that is not taken over, as ``list.append``.
    :raises ConfigError: if there is no such file or reader, or a language has to be told.
    :raises FormatError: if the file is not what its reader reads.
    """
    from trilogue.corpora import imports

    told = imports.Told(source_lang, target_lang)
    return imports.import_units(Path(file), reader=reader, told=told, on_left_out=on_left_out)


def convert(
    file: Path | str,
    out: Path | str,
    format: str,
    *,
    reader: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
    on_left_out: Callable[[LeftOut], object],
) -> int:
    """Write the units that :func:`import_units` reads in another tool's format; how many."""
    from trilogue.corpora import imports

    told = imports.Told(source_lang, target_lang)
    return imports.convert(
        Path(file), Path(out), format, reader=reader, told=told, on_left_out=on_left_out
    )


def publish(
    corpus: Path | str,
    repo: str,
    *,
    dry_run: bool = False,
    licence: str | None = None,
    mixed_licences: bool = False,
) -> "Outcome":
    """Publish a corpus as a dataset on the hub, in one commit, with a tag.

    :param repo: USER/NAME.
    :param dry_run: lay it out and compare, change nothing on the hub.
    :param licence: of documents that state none (SPDX); without it they are refused.
    :param mixed_licences: whether documents of different licences may go together.
    :raises PublishError: if the terms do not allow for it, or the hub refuses.
    :raises ConfigError: if the name is none, or the hub's client is not installed.
    """
    from trilogue.corpora.corpus import Corpus
    from trilogue.corpora.publishing.publish import publish as run
    from trilogue.corpora.publishing.terms import Permit
    from trilogue.scripts.provenance import on_record

    permit = Permit(licence, mixed_licences)
    return run(Corpus(Path(corpus)), repo, permit=permit, provenance=on_record(), dry_run=dry_run)
