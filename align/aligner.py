"""Align two texts: evidence in a corridor, weights that adapt to the document, the best ladder."""

import logging
from collections.abc import Sequence
from typing import Final

import numpy as np

from trilogue.align import ibm
from trilogue.align.corridor import Corridor, corridor
from trilogue.align.dynamic import best_path
from trilogue.align.evidence import Evidence
from trilogue.align.lattice import IMPOSSIBLE, LARGEST, Floats, Gaps, Lattice
from trilogue.align.lexicon import Lexicon
from trilogue.align.marginals import Marginals, marginals
from trilogue.align.sides import Side, side
from trilogue.align.weights import AlignmentModel, Doubles, Fitted, Weights
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Bead, Ladder

log = logging.getLogger(__name__)

PASSES: Final = 2
"""Times that the priors of a document are estimated from its own marginals."""
TRUST: Final = 30.0
"""Beads of a document that weigh as much as what was fitted beforehand."""
ENOUGH: Final = 100
"""Segments from which a text without a lexicon teaches one to a second pass."""
BLOCK: Final = 64
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
        beads = _left_alone(len(kept), len(wanted))
    else:
        beads = _search(Evidence(*sides, ratio=ratio, lexicon=lexicon, drafts=drafted), fitted)
        if lexicon is None and min(len(kept), len(wanted)) >= ENOUGH:
            learned = _learned(*sides, beads)
            fitted = model.sets["lexicon+drafts" if drafts is not None else "lexicon"]
            again = Evidence(*sides, ratio=ratio, lexicon=learned, drafts=drafted)
            beads = _search(again, fitted)
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


def _left_alone(source: int, target: int) -> list[Bead]:
    beads = [Bead((i,), (), 0.0, 1.0) for i in range(source)]
    return beads + [Bead((), (j,), 0.0, 1.0) for j in range(target)]


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


def _search(evidence: Evidence, fitted: Fitted) -> list[Bead]:
    """The best ladder, with the document's own priors."""
    band = corridor(evidence.source, evidence.target, evidence.tables)
    rows = _scores(evidence, band, fitted.weights)
    kinds, gaps = fitted.weights.kinds, fitted.weights.gaps
    for _ in range(PASSES):
        lattice = _lattice(evidence, band, rows, kinds, gaps)
        kinds, gaps = _adapted(marginals(lattice), fitted)
    lattice = _lattice(evidence, band, rows, kinds, gaps)
    found = marginals(lattice)
    path, _ = best_path(lattice)
    return _beads(path, lattice, found)


def _scores(evidence: Evidence, band: Corridor, weights: Weights) -> list[Floats]:
    """Scores of beads by the row that they end in, laid out as in a lattice."""
    starts, stops = band.starts.tolist(), band.stops.tolist()
    out = [
        np.full((LARGEST, LARGEST, stop - start), IMPOSSIBLE, np.float32)
        for start, stop in zip(starts, stops, strict=True)
    ]
    n_rows, n_columns = len(evidence.source), len(evidence.target)
    first = 0
    while first < n_rows:
        last = _block_end(starts, stops, first, n_rows)
        left, right = starts[first], min(max(stops[first:last]), n_columns)
        block = evidence.scores(range(first, last), range(left, right), weights)
        for i in range(first, last):
            _scatter(block[i - first], left, i, starts, out)
        first = last
    return out


def _block_end(starts: list[int], stops: list[int], first: int, n_rows: int) -> int:
    """Rows that can be scored together without much waste."""
    used, last = 0, first
    while last < min(first + BLOCK, n_rows):
        used += stops[last] - starts[last]
        area = (last - first + 1) * (max(stops[first], stops[last]) - starts[first])
        if area > 2 * used and last > first:
            break
        last += 1
    return last


def _scatter(begun: Floats, left: int, i: int, starts: list[int], out: list[Floats]) -> None:
    """Move the scores of beads that start in row ``i`` to the rows that they end in."""
    width = begun.shape[2]
    for m in range(1, min(LARGEST, len(out) - 1 - i) + 1):
        row = out[i + m]
        for n in range(1, LARGEST + 1):
            # Column left + k of the block ends at left + k + n, place ``at`` + k of the row.
            at = left + n - starts[i + m]
            low, high = max(at, 0), min(at + width, row.shape[2])
            if low < high:
                row[m - 1, n - 1, low:high] = begun[m - 1, n - 1, low - at : high - at]


def _lattice(
    evidence: Evidence, band: Corridor, rows: list[Floats], kinds: Doubles, gaps: Doubles
) -> Lattice:
    by_kind = kinds.astype(np.float32)[:, :, None]
    return Lattice(
        band.starts.tolist(),
        [row + by_kind for row in rows],
        Gaps.of(gaps.tolist(), len(evidence.source), len(evidence.target)),
        len(evidence.target) + 1,
    )


def _adapted(found: Marginals, fitted: Fitted) -> tuple[Doubles, Doubles]:
    """Weights of kinds and gaps, moved towards how often they happen in this document.

    Kinds move in two classes, 1–1 and all others: a rare kind would follow its own echo.
    """
    counts = np.sum([row.sum(2) for row in found.beads], 0)
    single = np.zeros(counts.shape, bool)
    single[0, 0] = True
    opened = np.array([found.opened_source, found.opened_target])
    seen = np.array([counts[single].sum(), counts[~single].sum(), *opened])
    usual = np.array([fitted.kinds[single].sum(), fitted.kinds[~single].sum(), *fitted.opened])
    change = np.log((seen + TRUST * usual) / (seen.sum() + TRUST) / usual)
    kinds = fitted.weights.kinds + np.where(single, change[0], change[1])
    alone = np.array([found.source_gaps.sum(), found.target_gaps.sum()])
    more = (alone - opened + TRUST * fitted.further) / (alone + TRUST) / fitted.further
    gaps = fitted.weights.gaps.copy()
    gaps[[0, 2]] += change[2:]
    gaps[[1, 3]] += np.log(more)
    return kinds, gaps


def _beads(path: list[tuple[int, int]], lattice: Lattice, found: Marginals) -> list[Bead]:
    beads = []
    i = j = 0
    for m, n in path:
        if n == 0:
            probability = float(found.source_gaps[i])
        elif m == 0:
            probability = float(found.target_gaps[j])
        else:
            probability = float(found.beads[i + m][m - 1, n - 1, j + n - lattice.starts[i + m]])
        probability = min(max(probability, 1e-12), 1.0)
        cost = max(-float(np.log(probability)), 0.0)
        beads.append(Bead(tuple(range(i, i + m)), tuple(range(j, j + n)), cost, probability))
        i, j = i + m, j + n
    return beads


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
