"""Align two texts: evidence in a corridor, weights that adapt to the document, the best ladder."""

import logging
from collections.abc import Sequence
from typing import Final

from trilogue.align import ibm
from trilogue.align.evidence import Evidence
from trilogue.align.lexicon import Lexicon
from trilogue.align.search import best_ladder
from trilogue.align.sides import Side, side
from trilogue.align.weights import AlignmentModel
from trilogue.align.windows import left_alone
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Bead, Ladder

log = logging.getLogger(__name__)

ENOUGH: Final = 100
"""Segments from which a text without a lexicon teaches one to a second pass."""
UNLIKE: Final = 100


def align_segments(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    model: AlignmentModel,
    lexicon: Lexicon | None = None,
    drafts: Sequence[str] | None = None,
) -> Ladder:
    """The beads of two texts, each index of either side in one of them, in order.

    Languages without a lexicon learn one from the first pass, and are aligned again.

    A bead's ``probability`` is that of exactly this bead, given all others that could be; its
    ``cost`` is −log of that. Segments without a counterpart are beads with an empty side.

    :param lexicon: from the source to the target language.
    :param drafts: a machine translation of each source segment, empty where there is none.
    :raises AlignmentError: if both sides are empty, drafts are not one a segment, or the
        languages are exchanged.
    """
    _check(source, target, drafts)
    kept = [i for i, text in enumerate(source) if text.strip()]
    wanted = [j for j, text in enumerate(target) if text.strip()]
    sides = (
        side([source[i] for i in kept], source_lang),
        side([target[j] for j in wanted], target_lang),
    )
    drafted = None if drafts is None else side([drafts[i] for i in kept], target_lang)
    if lexicon is not None:
        _check_languages(*sides, lexicon)
    name = "+".join(
        part for part, there in (("lexicon", lexicon), ("drafts", drafts)) if there is not None
    )
    fitted = model.sets[name or "none"]
    ratio = model.ratio(source_lang, target_lang) or _ratio(*sides)
    if not kept or not wanted:
        beads = left_alone(range(len(kept)), range(len(wanted)))
    else:
        evidence = Evidence(*sides, ratio=ratio, lexicon=lexicon, drafts=drafted)
        beads = best_ladder(evidence, fitted)
        if lexicon is None and min(len(kept), len(wanted)) >= ENOUGH:
            learned = _learned(*sides, beads)
            fitted = model.sets["lexicon+drafts" if drafts is not None else "lexicon"]
            evidence = Evidence(*sides, ratio=ratio, lexicon=learned, drafts=drafted)
            beads = best_ladder(evidence, fitted)
    return _with_blanks(beads, kept, wanted, len(source), len(target))


def _check(source: Sequence[str], target: Sequence[str], drafts: Sequence[str] | None) -> None:
    if not any(text.strip() for text in (*source, *target)):
        raise AlignmentError("source and target: got no text, expected segments, one a line")
    if drafts is not None and len(drafts) != len(source):
        what = f"got {len(drafts)} drafts of {len(source)} source segments"
        raise AlignmentError(f"drafts: {what}, expected one each; draft this source again")
    longer, shorter = sorted((len(source), len(target)), reverse=True)
    if longer > UNLIKE * shorter:
        log.warning("one side has %d segments, the other %d: is it the same text?", longer, shorter)


def _check_languages(source: Side, target: Side, lexicon: Lexicon) -> None:
    """Refuse sides whose words are those of each other's language."""
    straight = lexicon.familiarity(source.types, target.types)
    if lexicon.familiarity(target.types, source.types) > 2 * straight:
        what = f"source reads as {lexicon.target_lang}, target as {lexicon.source_lang}"
        raise AlignmentError(f"languages: {what}; exchange the files, or --from and --to")


def _learned(source: Side, target: Side, beads: list[Bead]) -> Lexicon:
    """What the text's own likely beads teach about its words; those that recur."""
    pairs = [
        (source.stems(bead.source), target.stems(bead.target))
        for bead in beads
        if bead.source and bead.target and (bead.probability or 0) > 0.5
    ]
    return ibm.learn(
        pairs,
        source_lang=source.language,
        target_lang=target.language,
        rarest=2,
        smallest=0.05,
    )


def _ratio(source: Side, target: Side) -> float:
    return float(target.lengths.sum() + 100) / float(source.lengths.sum() + 100)


def _with_blanks(
    beads: list[Bead], kept: list[int], wanted: list[int], n_source: int, n_target: int
) -> Ladder:
    """Indices of the texts as they were given; each blank segment alone, where it stood."""
    moved = [
        Bead(
            tuple(kept[i] for i in bead.source),
            tuple(wanted[j] for j in bead.target),
            bead.cost,
            bead.probability,
        )
        for bead in beads
    ]
    blank_source = sorted(set(range(n_source)) - set(kept))
    blank_target = sorted(set(range(n_target)) - set(wanted))
    out: list[Bead] = []
    for bead in moved:
        while blank_source and bead.source and blank_source[0] < bead.source[0]:
            out.append(Bead((blank_source.pop(0),), (), 0.0, 1.0))
        while blank_target and bead.target and blank_target[0] < bead.target[0]:
            out.append(Bead((), (blank_target.pop(0),), 0.0, 1.0))
        out.append(bead)
    out += [Bead((i,), (), 0.0, 1.0) for i in blank_source]
    out += [Bead((), (j,), 0.0, 1.0) for j in blank_target]
    return tuple(out)
