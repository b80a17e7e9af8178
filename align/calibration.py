"""From signals to probabilities: one gate a kind of damage, joined by OR, and an expected chrF.

A gate knows one kind of damage and says how much likelier what was measured is for a pair that has
it than for a good one: a log-likelihood ratio out of a few features, fitted on good pairs and on
pairs that a committed script damaged. The gates are joined as odds: with shares π of the kinds,
odds against the pair = Σ π · exp(ratio). A kind of damage that no gate was fitted on cannot lower
any other gate's voice, as it does in one classifier over everything.

A calibration is a JSON file that says on what it was fitted; nothing in it is code.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import exp, log
from pathlib import Path
from typing import Final, Self

import msgspec

from trilogue.corpora.errors import FormatError

FORMAT: Final = "trilogue-calibration-3"
_LOWEST: Final = -6.0
_HIGHEST: Final = 9.0
_EDGE: Final = 1e-6


class Linear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A weighted sum of features."""

    bias: float
    weights: dict[str, float]

    def __call__(self, values: Mapping[str, float]) -> float:
        """The sum; a feature that was not measured has no say."""
        total = self.bias
        for name, weight in self.weights.items():
            if name in values:
                total += weight * values[name]
        return total


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The detector of one kind of damage.

    :ivar ratio: its log-likelihood ratio.
    :ivar share: π, how common the damage is taken to be.
    :ivar needs: a feature without which the gate has nothing to say.
    """

    ratio: Linear
    share: float
    needs: str | None = None


class Quality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Expected chrF: a weighted sum, then a monotone staircase between fitted knots."""

    line: Linear
    knots: list[tuple[float, float]]

    def __call__(self, values: Mapping[str, float]) -> float:
        """The expected chrF, 0–100."""
        return min(100.0, max(0.0, interpolate(self.line(values), self.knots)))


class Trust(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the drafts of one model, at one revision, are worth: how often they are right.

    Gates are fitted on damage that was made; what a weak model writes is wrong in ways that nobody
    made (words that do not exist, another sense), and only reading tells how often.

    :ivar right: log odds that a draft says what its source says, where no gate finds damage.
    :ivar quality: as in ``Calibration``, of this model's drafts.
    """

    right: Linear
    quality: dict[str, Quality] = {}


class Calibration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that was fitted for one pair of languages.

    :ivar fitted_on: data, damage, seed and script, in words, and what validation gave.
    :ivar source_words: weights of ``scores.coverage`` for the source's words, ``target_words`` for
        the target's; ``source_names`` and ``target_names`` of ``scores.name_check``;
        ``length_ratio`` and ``length_spread`` of ``scores.length``.
    :ivar faithful: knots of odds against (log) → probability that the pair is good.
    :ivar quality: by "alone" and "second" (with a second draft).
    :ivar trust: by model and revision, what its drafts are worth.
    :ivar bend: bias and slope that decisions of people put on the log odds of ``faithful``.
    """

    format: str
    source_lang: str
    target_lang: str
    fitted_on: dict[str, str]
    length_ratio: float
    length_spread: float
    source_words: list[list[float]]
    target_words: list[list[float]]
    source_names: list[list[float]]
    target_names: list[list[float]]
    gates: dict[str, Gate]
    faithful: list[tuple[float, float]]
    quality: dict[str, Quality]
    validated: dict[str, float] = {}
    trust: dict[str, Trust] = {}
    bend: tuple[float, float] = (0.0, 1.0)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a calibration.

        :raises FormatError: if it is none, or of another version.
        """
        try:
            found = msgspec.json.decode(path.read_bytes(), type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FormatError(f"{path}: not a calibration: {error}") from None
        if found.format != FORMAT:
            raise FormatError(f"{path}: format is {found.format}, expected {FORMAT}")
        return found

    def save(self, path: Path) -> None:
        """Write the calibration, readable and the same every time."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")

    @property
    def signature(self) -> str:
        """Changes whenever anything fitted changes."""
        digest = sha256(msgspec.json.encode(self)).hexdigest()[:12]
        return f"calibration-{self.target_lang}@{digest}"

    @property
    def features(self) -> frozenset[str]:
        """The features that anything here asks for."""
        lines = [gate.ratio for gate in self.gates.values()]
        lines += [trust.right for trust in self.trust.values()]
        for table in (self.quality, *(trust.quality for trust in self.trust.values())):
            lines += [quality.line for quality in table.values()]
        return frozenset(name for line in lines for name in line.weights)

    def ratios(self, values: Mapping[str, float]) -> dict[str, float]:
        """Each gate's log-likelihood ratio, cut to −6 … 9; gates that have nothing to say left out.

        :param values: ``features`` of the pair.
        """
        return {
            name: min(_HIGHEST, max(_LOWEST, gate.ratio(values)))
            for name, gate in self.gates.items()
            if gate.needs is None or gate.needs in values
        }

    def odds_against(self, ratios: Mapping[str, float]) -> float:
        """Log odds that the pair has one kind of damage or another: the OR of the gates."""
        odds = sum(self.gates[name].share * exp(ratio) for name, ratio in ratios.items())
        return log(max(odds, 1e-9))

    def probability(self, ratios: Mapping[str, float], *, right: float | None = None) -> float:
        """``faithful``: the calibrated probability that the target says what the source says.

        :param right: ``chance_right`` of a draft whose model was measured; then both must hold,
            that no gate's damage is there and that the draft is right beside.
        """
        odds = self.odds_against(ratios)
        first, last = self.faithful[0], self.faithful[-1]
        if odds <= first[0] or odds >= last[0]:  # no plateau: the worst of all ranks last
            end = first if odds <= first[0] else last
            chance = 1.0 / (1.0 + (1.0 / end[1] - 1.0) * exp(odds - end[0]))
        else:
            chance = interpolate(odds, self.faithful)
        if right is not None:
            chance *= right
        return bent(chance, *self.bend)

    def chance_right(self, values: Mapping[str, float], *, model: str | None) -> float | None:
        """The probability that a draft of ``model`` is right where no gate finds damage.

        None if nobody has measured the model, or if no model made the target.
        """
        if model is None or model not in self.trust:
            return None
        return 1.0 / (1.0 + exp(-self.trust[model].right(values)))

    def expected_chrf(
        self, values: Mapping[str, float], *, model: str | None = None
    ) -> float | None:
        """``quality``, None if it was not fitted for what there is.

        :param model: whose draft it is; of a model that was measured its own level is taken.
        """
        kind = "second" if "agreement" in values else "alone"
        own = self.trust[model].quality if model is not None and model in self.trust else {}
        quality = own.get(kind) or self.quality.get(kind)
        return None if quality is None else quality(values)


def bent(chance: float, bias: float, slope: float) -> float:
    """A probability whose log odds are taken ``slope`` times and moved by ``bias``."""
    if (bias, slope) == (0.0, 1.0):
        return chance
    return 1.0 / (1.0 + exp(-(bias + slope * log_odds(chance))))


def log_odds(chance: float) -> float:
    """The log odds of a probability, which is held a millionth from 0 and 1."""
    inside = min(1.0 - _EDGE, max(_EDGE, chance))
    return log(inside / (1.0 - inside))


def interpolate(x: float, knots: Sequence[tuple[float, float]]) -> float:
    """The value at ``x`` between knots (ascending x), flat outside."""
    before = knots[0]
    if x <= before[0]:
        return before[1]
    for knot in knots[1:]:
        if x <= knot[0]:
            width = knot[0] - before[0]
            part = (x - before[0]) / width if width else 1.0
            return before[1] + part * (knot[1] - before[1])
        before = knot
    return before[1]
