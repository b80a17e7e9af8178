"""Align two texts: what evidence there is of them, the best ladder, and what stands elsewhere."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.align import ibm
from trilogue.align.evidence import Evidence
from trilogue.align.lattice import Floats
from trilogue.align.layout import LayoutEvidence, Layouts, layout
from trilogue.align.lexicon import Lexicon
from trilogue.align.reordering import reordered
from trilogue.align.search import best_ladder
from trilogue.align.sides import Side, side, stems
from trilogue.align.vectors import VectorEvidence, weighted
from trilogue.align.weights import AlignmentModel, Fitted
from trilogue.align.windows import left_alone
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Bead, Ladder

log = logging.getLogger(__name__)

ENOUGH: Final = 100
"""Segments from which a text without a lexicon teaches one to a second pass."""
UNLIKE: Final = 100


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts and what is known of their segments.

    :ivar drafts: a machine translation of each source segment, empty where there is none.
    :ivar vectors: one row a segment of the source, and of the target, in one space.
    :ivar layouts: where paragraphs and turns begin on both sides, and who speaks.
    """

    source: Sequence[str]
    target: Sequence[str]
    source_lang: str
    target_lang: str
    layouts: Layouts
    drafts: Sequence[str] | None = None
    vectors: tuple[Floats, Floats] | None = None

    def sides(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[Side, Side]:
        """Some segments as numbers."""
        return (
            side([self.source[i] for i in rows], self.source_lang),
            side([self.target[j] for j in columns], self.target_lang),
        )

    def evidence(
        self, rows: list[int], columns: list[int], lexicon: Lexicon | None, model: AlignmentModel
    ) -> tuple[Evidence, Fitted]:
        """What there is about some segments of both sides, and the weights for it."""
        sides = self.sides(rows, columns)
        names = (("lexicon", lexicon), ("drafts", self.drafts), ("vectors", self.vectors))
        there = "+".join(name for name, what in names if what is not None)
        fitted = model.sets[there or "none"]
        evidence = Evidence(
            *sides,
            ratio=model.ratio(self.source_lang, self.target_lang) or _ratio(*sides),
            lexicon=lexicon,
            drafts=self._drafted(rows),
            vectors=self._likeness(rows, columns, sides, fitted),
            layout=self._layout(rows, columns),
        )
        return evidence, fitted

    def _layout(self, rows: list[int], columns: list[int]) -> LayoutEvidence | None:
        layouts = self.layouts[0].of(rows), self.layouts[1].of(columns)
        found = LayoutEvidence(layouts, source_lang=self.source_lang, target_lang=self.target_lang)
        return found if found.tells else None

    def _drafted(self, rows: list[int]) -> Side | None:
        if self.drafts is None:
            return None
        return side([self.drafts[i] for i in rows], self.target_lang)

    def _likeness(
        self, rows: list[int], columns: list[int], sides: tuple[Side, Side], fitted: Fitted
    ) -> VectorEvidence | None:
        if self.vectors is None:
            return None
        source = weighted(self.vectors[0][rows], sides[0].lengths, where="source")
        target = weighted(self.vectors[1][columns], sides[1].lengths, where="target")
        return VectorEvidence(source, target, fitted)


def align_segments(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    model: AlignmentModel,
    lexicon: Lexicon | None = None,
    drafts: Sequence[str] | None = None,
    vectors: tuple[Floats, Floats] | None = None,
    layouts: Layouts | None = None,
    reorder: bool = False,
) -> Ladder:
    """The beads of two texts, each index of either side in one of them, in order.

    Languages without a lexicon learn one from the first pass, and are aligned again.

    A bead's ``probability`` is that of exactly this bead, given all others that could be; its
    ``cost`` is −log of that. Segments without a counterpart are beads with an empty side.

    :param lexicon: from the source to the target language.
    :param drafts: a machine translation of each source segment, empty where there is none.
    :param vectors: one row a segment of the source, and of the target, in one space.
    :param layouts: where paragraphs and turns begin on both sides; what the segments tell of it
        (blank ones, labels) if it is None.
    :param reorder: look for blocks that stand in another order, too; their beads cross others.
    :raises AlignmentError: if both sides are empty, drafts or vectors are not one a segment, or the
        languages are exchanged.
    """
    laid = layouts or (layout(source), layout(target))
    texts = Texts(source, target, source_lang, target_lang, laid, drafts, vectors)
    _check(texts)
    rows = [i for i, text in enumerate(source) if text.strip()]
    columns = [j for j, text in enumerate(target) if text.strip()]
    if not rows or not columns:
        return _with_blanks(left_alone(rows, columns), rows, columns, len(source), len(target))
    if lexicon is not None:
        _check_languages(*texts.sides(rows, columns), lexicon)
    beads = _aligned(texts, rows, columns, lexicon, model)
    if lexicon is None and min(len(rows), len(columns)) >= ENOUGH:
        lexicon, model = _learned(texts, beads), model.for_learned()
        beads = _aligned(texts, rows, columns, lexicon, model)
    if reorder:
        beads = reordered(beads, lambda some, others: _aligned(texts, some, others, lexicon, model))
    return _with_blanks(beads, rows, columns, len(source), len(target))


def _aligned(
    texts: Texts,
    rows: list[int],
    columns: list[int],
    lexicon: Lexicon | None,
    model: AlignmentModel,
) -> list[Bead]:
    """The best ladder in order of some segments, in indices of the texts."""
    return [
        Bead(
            tuple(rows[i] for i in bead.source),
            tuple(columns[j] for j in bead.target),
            bead.cost,
            bead.probability,
        )
        for bead in best_ladder(*texts.evidence(rows, columns, lexicon, model))
    ]


def _check(texts: Texts) -> None:
    source, target, drafts, vectors = texts.source, texts.target, texts.drafts, texts.vectors
    if not any(text.strip() for text in (*source, *target)):
        raise AlignmentError("source and target: got no text, expected segments, one a line")
    if drafts is not None and len(drafts) != len(source):
        what = f"got {len(drafts)} drafts of {len(source)} source segments"
        raise AlignmentError(f"drafts: {what}, expected one each; draft this source again")
    for name, rows, segments in zip(
        ("source", "target"), vectors or (), (source, target), strict=False
    ):
        if len(rows) != len(segments):
            what = f"got {len(rows)} vectors of {len(segments)} {name} segments"
            raise AlignmentError(f"vectors: {what}, expected one each; encode this side again")
    longer, shorter = sorted((len(source), len(target)), reverse=True)
    if longer > UNLIKE * shorter:
        log.warning("one side has %d segments, the other %d: is it the same text?", longer, shorter)


def _check_languages(source: Side, target: Side, lexicon: Lexicon) -> None:
    """Refuse sides whose words are those of each other's language."""
    straight = lexicon.familiarity(source.types, target.types)
    if lexicon.familiarity(target.types, source.types) > 2 * straight:
        what = f"source reads as {lexicon.target_lang}, target as {lexicon.source_lang}"
        raise AlignmentError(f"languages: {what}; exchange the files, or --from and --to")


def _learned(texts: Texts, beads: Sequence[Bead]) -> Lexicon:
    """What the text's own likely beads teach about its words; those that recur."""
    pairs = [
        (
            [word for i in bead.source for word in stems(texts.source[i], texts.source_lang)],
            [word for j in bead.target for word in stems(texts.target[j], texts.target_lang)],
        )
        for bead in beads
        if bead.source and bead.target and (bead.probability or 0) > 0.5
    ]
    return ibm.learn(
        pairs,
        source_lang=texts.source_lang,
        target_lang=texts.target_lang,
        rarest=2,
        smallest=0.05,
    )


def _ratio(source: Side, target: Side) -> float:
    return float(target.lengths.sum() + 100) / float(source.lengths.sum() + 100)


def _with_blanks(
    beads: Sequence[Bead], rows: Sequence[int], columns: Sequence[int], n_source: int, n_target: int
) -> Ladder:
    """The ladder with each blank segment alone, where it stands."""
    blank_source = sorted(set(range(n_source)) - set(rows))
    blank_target = sorted(set(range(n_target)) - set(columns))
    out: list[Bead] = []
    for bead in beads:
        while blank_source and bead.source and blank_source[0] < bead.source[0]:
            out += left_alone([blank_source.pop(0)], [])
        while blank_target and bead.target and blank_target[0] < bead.target[0]:
            out += left_alone([], [blank_target.pop(0)])
        out.append(bead)
    return (*out, *left_alone(blank_source, blank_target))
