"""The weights of the evidence: one number each, fitted by ``scripts.fitting.alignment``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from trilogue.align.lattice import LARGEST
from trilogue.corpora.errors import FormatError

FORMAT: Final = "trilogue-alignment-3"

Doubles = npt.NDArray[np.float64]

KNOTS: Final = (-3.0, -1.5, 0.0, 1.0, 2.0, 3.5, 5.0, 7.0)
"""Where the value of log p(word | other side) / p(word) bends."""
SPREADS: Final = (0.0, 1.0, 2.0, 3.0, 4.5, 6.5, 9.0, 14.0)
"""Where the value of the difference of lengths bends, in roots of letters."""

SUPPORT: Final = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)
"""Where the value of what the other side says of a segment's words bends, in logarithms."""

LIKENESS: Final = (-1.0, 0.0, 1.0, 2.0, 3.5, 5.0, 7.0, 10.0)
"""Where the value of the likeness of vectors bends, in spreads of that of chance pairs."""

SHAPES: Final[Mapping[str, tuple[int, ...]]] = {
    "words": (2, 3, len(KNOTS)),
    "numbers": (2, 3, 2),
    "names": (2, 5),
    "drafts": (2, 3, 4),
    "vectors": (len(LIKENESS),),
    "lengths": (len(SPREADS),),
    "ends": (5, 5),
    "starts": (6,),
    "inside": (2,),
    "speakers": (2,),
    "support": (2, 2, len(SUPPORT)),
    "kinds": (LARGEST, LARGEST),
    "gaps": (5,),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to the score of a bead; all in natural logarithms.

    :ivar words: by direction (target given source, source given target), rarity of the word
        (common, middling, rare) and knot.
    :ivar numbers: by direction, digits (1, 2, more) and whether the other side has it.
    :ivar names: unknown words by direction and level of ``names.alike``; last, words of the
        lexicon that it cannot explain and that are spelled alike.
    :ivar drafts: by direction (target words given drafts, draft words given target), rarity and
        level of agreement.
    :ivar vectors: by knot of likeness, for each pair of segments of a bead.
    :ivar lengths: by knot of the difference; ``ends``: by ends of the two sides.
    :ivar starts: by what begins with a bead, see ``layout.STARTS``; ``inside``: for each paragraph,
        and turn, that begins with a segment that is not its first.
    :ivar speakers: where the speakers of both sides are known: the same, another.
    :ivar support: of each segment, on top of what the other side says of its words, by whether it
        is the only one of its side, whether it has many words, and knot.
    :ivar kinds: by number of source and of target segments.
    :ivar gaps: first and further source segment left alone, first and further target segment.
    """

    words: Doubles
    numbers: Doubles
    names: Doubles
    drafts: Doubles
    vectors: Doubles
    lengths: Doubles
    ends: Doubles
    starts: Doubles
    inside: Doubles
    speakers: Doubles
    support: Doubles
    kinds: Doubles
    gaps: Doubles

    @classmethod
    def of(cls, flat: Doubles) -> Self:
        """Weights from one vector, in the order of the fields."""
        parts, start = {}, 0
        for name, shape in SHAPES.items():
            size = int(np.prod(shape))
            parts[name] = flat[start : start + size].reshape(shape)
            start += size
        return cls(**parts)

    def flat(self) -> Doubles:
        """All weights in one vector."""
        return np.concatenate([getattr(self, field.name).ravel() for field in fields(self)])


def size() -> int:
    """How many weights there are."""
    return sum(int(np.prod(shape)) for shape in SHAPES.values())


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights for one combination of evidence, and how often things happen where they were fitted.

    :ivar kinds: share of each kind of bead among beads and runs of gaps; ``opened`` those of source
        and of target runs.
    :ivar further: share of runs' segments that are not their first, source and target.
    """

    weights: Weights
    kinds: Doubles
    opened: Doubles
    further: Doubles


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Everything fitted that an alignment needs but the lexicon.

    :ivar sets: by evidence: "lexicon", "drafts", "vectors", several joined by "+", or "none".
    :ivar ratios: target letters a source letter, by languages ("en-ru").
    """

    sets: Mapping[str, Fitted]
    ratios: Mapping[str, float]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model.

        :raises FormatError: if the file is not one.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                raise FormatError(f"{path}: format is {content['format']}, expected {FORMAT}")
            sets = {name: _fitted(values) for name, values in content["sets"].items()}
            return cls(sets, content["ratios"])
        except (KeyError, ValueError, TypeError) as error:
            raise FormatError(f"{path}: not an alignment model: {error!r}") from error

    def for_learned(self) -> "AlignmentModel":
        """The model for a lexicon that a text taught: what it lacks, it says nothing of."""
        nothing = np.zeros(SHAPES["support"])
        sets = {
            name: replace(fitted, weights=replace(fitted.weights, support=nothing))
            for name, fitted in self.sets.items()
        }
        return AlignmentModel(sets, self.ratios)

    def ratio(self, source_lang: str, target_lang: str) -> float | None:
        """Target letters a source letter, None for languages that nothing was fitted on."""
        straight = self.ratios.get(f"{source_lang}-{target_lang}")
        back = self.ratios.get(f"{target_lang}-{source_lang}")
        return straight if straight else 1 / back if back else None


def encoded(fitted: Fitted) -> dict[str, list[float]]:
    """A set as it stands in the file: vectors, rounded."""
    weights = {field.name: getattr(fitted.weights, field.name) for field in fields(Weights)}
    parts = {**weights, "shares": fitted.kinds, "opened": fitted.opened, "further": fitted.further}
    return {name: [round(float(x), 4) for x in values.ravel()] for name, values in parts.items()}


def _fitted(values: Mapping[str, list[float]]) -> Fitted:
    arrays = {
        name: np.array(values[name], np.float64).reshape(shape) for name, shape in SHAPES.items()
    }
    return Fitted(
        Weights(**arrays),
        np.array(values["shares"], np.float64).reshape(SHAPES["kinds"]),
        np.array(values["opened"], np.float64),
        np.array(values["further"], np.float64),
    )
