"""The verbs of Trilogue as functions: what ``import trilogue`` offers and each command calls once.

They import what they need when they are called, so that help and errors stay quick. Those that
return an iterator stream: they read their input as their output is taken, and raise then. Here are
the verbs on texts; those on corpora and those that measure come from modules of their own.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from trilogue.corpora.types import Assessment, Document, Draft, Ladder
from trilogue.scripts.corpus_verbs import (
    BuildOptions,
    build,
    convert,
    export,
    import_units,
    plan_build,
    publish,
    report,
)
from trilogue.scripts.measuring_verbs import (
    calibrate,
    evaluate_ladder,
    evaluate_model,
    evaluate_scores,
    train_model,
    tune_model,
)
from trilogue.scripts.review_verbs import (
    review_account,
    review_receive,
    review_send,
    review_serve,
    review_snapshot,
)

if TYPE_CHECKING:
    from trilogue.corpora.transcripts import Placement

__all__ = [
    "AlignOptions",
    "BuildOptions",
    "align_segments",
    "build",
    "calibrate",
    "convert",
    "draft",
    "evaluate_ladder",
    "evaluate_model",
    "evaluate_scores",
    "explain",
    "export",
    "import_units",
    "plan_build",
    "publish",
    "read",
    "report",
    "review_account",
    "review_receive",
    "review_send",
    "review_serve",
    "review_snapshot",
    "score",
    "segment",
    "train_model",
    "tune_model",
]


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
    beam: int | None = None,
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
    :param beam: width of the search; as the checkpoint asks for if it is None.
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
    wish = Wish(to, model, engine, beam, count, workers, second, terms, glossary_decode)
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
    calibration: Path | None = None,
    glossary: Path | None = None,
) -> Iterator[Assessment]:
    """For each pair of source and target how good it is, what is wrong with it, and the verdict.

    :param second: another draft of each source: a better estimate of quality.
    :param policy: thresholds of one's own, instead of the default.
    :param calibration: probabilities of one's own, as :func:`calibrate` writes them.
    :param glossary: CSV or TBX: what terms are to be called, and must not be called.
    :raises FormatError: if there is not one second draft a pair, or a file is none of its kind.
    :raises ConfigError: if the policy is none, or calibration or glossary are of other languages.
    """
    from trilogue.scripts.assessors import Own, assess

    own = Own(policy, calibration, glossary)
    return assess(pairs, source_lang=source_lang, target_lang=target_lang, second=second, own=own)
