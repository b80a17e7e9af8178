"""The verbs of Trilogue as functions: what ``import trilogue`` offers and each command calls once.

They import what they need when they are called, so that help and errors stay quick. Those that
return an iterator stream: they read their input as their output is taken, and raise then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from trilogue.corpora.types import Assessment, Document, Draft, Ladder, LeftOut

if TYPE_CHECKING:
    from trilogue.align.beads import Agreement
    from trilogue.align.recalibration import Fit
    from trilogue.align.score_figures import ScoreFigures
    from trilogue.corpora.formats.records import Record
    from trilogue.corpora.publishing.publish import Outcome
    from trilogue.corpora.report import Report
    from trilogue.corpora.transcripts import Placement
    from trilogue.models.evaluation import Quality
    from trilogue.models.training.improving import Change


def read(
    *transcripts: Path | str, reader: str | None = None, speaker: str | None = None
) -> Iterator[Document]:
    """The documents of transcript files: who said what, and nothing of the page around it.

    :param reader: name of a layout (docs/formats.md), found out by content if it is None.
    :param speaker: who speaks before the first label.
    :raises FormatError: if a file is not text, is not in UTF-8, or holds no transcript.
    :raises ConfigError: if there is no such reader, or a package that it needs is not installed.
    """
    from trilogue.corpora.transcripts import read as read_file

    for path in transcripts:
        yield from read_file(Path(path), reader=reader, speaker=speaker)


def explain(
    *transcripts: Path | str, reader: str | None = None, speaker: str | None = None
) -> Iterator[tuple[Path, str, "list[Placement]"]]:
    """For each file the name of its reader, and what each line was taken for; see :func:`read`."""
    from trilogue.corpora.transcripts import explain as explain_file

    for path in map(Path, transcripts):
        yield path, *explain_file(path, reader=reader, speaker=speaker)


def segment(
    lines: Iterable[str],
    *,
    lang: str,
    newlines: str = "paragraph",
    segmenter: str | None = None,
    name: str = "text",
) -> Iterator[str]:
    """The segments of a text.

    :param lines: of the text; what a line break means, ``newlines`` says: "paragraph", "wrapped" or
        "auto".
    :param segmenter: ``module:factory`` of one's own, instead of ours for the language.
    :param name: of the text, for messages.
    :raises ConfigError: if there is no such language or segmenter.
    :raises FormatError: if the segmenter breaks its promise (docs/segmenters.md).
    """
    from trilogue.corpora import segmenters

    cutter = segmenters.load_segmenter(segmenter) if segmenter else segmenters.segmenter(lang)
    texts = segmenters.paragraphs(lines, segmenters.Newlines(newlines))
    for number, text in enumerate(texts, start=1):
        for start, end in segmenters.checked_spans(cutter, text, f"{name}, paragraph {number}"):
            yield text[start:end]


def draft(
    segments: Iterable[str],
    *,
    to: str,
    model: str | None = None,
    engine: str = "ctranslate2",
    beam: int = 4,
    workers: int | None = None,
    count: int = 1,
    second: str | None = None,
    glossary: Path | str | None = None,
    glossary_decode: bool = False,
) -> Iterator[list[Draft]]:
    """For each English segment its drafts, the best first; that of an empty one is empty.

    :param model: "builtin", a folder, or ``NAME[@REVISION]`` of the hub; the best on this machine
        if it is None.
    :param engine: "ctranslate2" or "transformers".
    :param workers: batches decoded at a time; one a processor if it is None.
    :param count: drafts a segment; the beam is widened to it.
    :param second: another model, whose draft goes with each; or one that translates into English,
        which translates each draft back.
    :param glossary: CSV or TBX; which terms are found, missing and forbidden are flags then.
    :param glossary_decode: whether the drafts are made to use the terms; ctranslate2 alone can.
    :raises ModelError: if the model cannot be had, or fails.
    :raises FormatError: if the glossary is none.
    :raises ConfigError: if an option makes no sense, or an extra is missing.
    """
    from trilogue.scripts.drafters import Wish, drafter

    terms = None if glossary is None else Path(glossary)
    wish = Wish(to, model, engine, max(beam, count), workers, second, terms, glossary_decode)
    yield from drafter(wish).stream(segments, count=count)


class AlignOptions(TypedDict, total=False):
    """How to align.

    :ivar drafts: a machine translation of each source segment: more evidence.
    :ivar encoder: ``module:factory`` of what makes vectors of texts: more evidence.
    :ivar aligner: ``module:factory`` of one's own, instead of ours.
    :ivar reorder: look for blocks that stand in another order, too.
    """

    drafts: Sequence[str] | None
    encoder: str | None
    aligner: str | None
    reorder: bool


def align_segments(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    **options: Unpack[AlignOptions],
) -> Ladder:
    """Which segments of two texts say the same, by all that the package knows of the languages.

    :returns: beads that hold every index of either side once, by their source, each with its
        probability.
    :raises AlignmentError: if there is no text, or the drafts or the languages do not fit.
    :raises ConfigError: if there is no such encoder or aligner.
    """
    from trilogue.scripts.aligners import align

    return align(source, target, source_lang=source_lang, target_lang=target_lang, **options)


def score(
    pairs: Iterable[tuple[str, str]],
    *,
    source_lang: str,
    target_lang: str,
    second: Iterable[str] | None = None,
    policy: Path | None = None,
) -> Iterator[Assessment]:
    """For each pair of source and target how good it is, what is wrong with it, and the verdict.

    :param second: another draft of each source: a better estimate of quality.
    :param policy: thresholds of one's own, instead of the default.
    :raises FormatError: if there is not one second draft a pair.
    :raises ConfigError: if the policy is none.
    """
    from trilogue.scripts.assessors import assess

    return assess(
        pairs, source_lang=source_lang, target_lang=target_lang, second=second, policy=policy
    )


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


def evaluate_ladder(
    gold: Path | str,
    test: Path | str,
    *,
    source: Path | str | None = None,
    target: Path | str | None = None,
) -> "Agreement":
    """How well a ladder agrees with the true one.

    :param source: the segments; both ladders must fit them, and the ``target``.
    :raises FormatError: if a file is no ladder.
    :raises AlignmentError: if a ladder does not fit.
    """
    from trilogue.scripts.evaluations import compare_ladders

    return compare_ladders(
        Path(gold),
        Path(test),
        source=None if source is None else Path(source),
        target=None if target is None else Path(target),
    )


def evaluate_scores(
    labelled: Path | str,
    *,
    source_lang: str = "en",
    target_lang: str,
    policy: Path | str | None = None,
) -> "ScoreFigures":
    """What the scores are worth on pairs that people judged.

    :param labelled: a table of pairs and labels (docs/scores.md).
    :param policy: thresholds of one's own, instead of the default.
    :raises FormatError: if it is no such table.
    :raises ConfigError: if there is no calibration for the languages.
    """
    from trilogue.scripts import labelled as labels

    return labels.evaluate_scores(
        Path(labelled),
        source_lang=source_lang,
        target_lang=target_lang,
        policy=None if policy is None else Path(policy),
    )


def calibrate(
    corpus: Path | str,
    *,
    out: Path | str,
    langs: Sequence[str] = (),
    false_accepts: float = 0.02,
    policy: Path | str | None = None,
    database: str | None = None,
) -> "list[Fit]":
    """Fit a policy and calibrations to the decisions of a review, in a new folder.

    :param langs: target languages; all if there is none.
    :param false_accepts: the share of accepted units that may be wrong.
    :param policy: to start from, instead of the default.
    :param database: URL of the decisions, beside the corpus if it is None.
    :raises ConfigError: if the folder holds something, or decisions are too few.
    """
    from trilogue.scripts import calibrating
    from trilogue.scripts.commands.review_options import from_review

    url = database or from_review("database", "default_url")(Path(corpus))
    engine = from_review("database", "open_database")(url)
    with from_review("database", "reading")(engine) as connection:
        return calibrating.calibrate(
            Path(corpus),
            Path(out),
            lambda lang: from_review("labels", "labels")(connection, lang),
            langs=langs,
            false_accepts=false_accepts,
            policy=None if policy is None else Path(policy),
        )


def train_model(recipe: Path | str, *, out: Path | str | None = None) -> Path:
    """Train a model as a recipe says, or go on where a killed run was last saved.

    :param out: folder of the run, ``.training/NAME`` if it is None.
    :returns: the folder; ``checkpoint`` in it is what :func:`draft` takes.
    :raises ConfigError: if the recipe makes no sense, or an extra is missing.
    :raises ModelError: if training fails.
    """
    from trilogue.models.training.run import run

    return run(Path(recipe), None if out is None else Path(out))


def tune_model(
    model: str,
    corpus: Path | str,
    out: Path | str,
    *,
    guard: Path | str | None = None,
    rate: float = 1e-4,
) -> "list[Change]":
    """Tune a model on the post-edits of a corpus; see ``models.training.improving``.

    :param model: as :func:`draft` takes it.
    :param guard: a folder with ``en.txt`` and ``LANG.txt``, of which nothing may be forgotten.
    :returns: chrF before and after, on post-edits that were held out and on the guard.
    :raises ConfigError: if ``out`` is there already, post-edits are too few or an extra is missing.
    :raises ModelError: if nothing was learnt, or too much forgotten.
    """
    try:
        from trilogue.models.training.improving import improve
        from trilogue.models.training.tuning import Tuning
    except ImportError as error:
        from trilogue.corpora.errors import ConfigError

        what = f"got no {error.name}, expected torch and transformers"
        raise ConfigError(f"tuning: {what}. Install trilogue[torch,marian].") from None
    where = None if guard is None else Path(guard)
    return improve(model, Path(corpus), Path(out), guard=where, tuning=Tuning(rate=rate))


def evaluate_model(
    folder: Path | str, *, to: str, model: str | None = None, beam: int = 4
) -> "Quality":
    """How good the drafts of ``folder/en.txt`` are against ``folder/LANG.txt``, line by line.

    :param model: as :func:`draft` takes it.
    :raises FormatError: if a file is not there, or not text.
    :raises ConfigError: if the files have different numbers of lines, or none.
    """
    from trilogue.corpora.errors import FormatError
    from trilogue.corpora.lines import file_lines
    from trilogue.models.evaluation import evaluate

    files = [Path(folder, f"{code}.txt") for code in ("en", to)]
    for file in files:
        if not file.is_file():
            raise FormatError(f"{file}: no such file. Put en.txt and {to}.txt there, line by line.")
    sources, references = (list(file_lines(file)) for file in files)
    drafts = [best.text for best, *_ in draft(sources, to=to, model=model, beam=beam)]
    return evaluate(sources, drafts, references)
