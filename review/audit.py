"""How often the gate accepts what is wrong: a rate with its interval, from the audit sample."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

_Z: Final = 1.959964
"""Standard deviations of a normal distribution that hold 95 %."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in [0, 1] with its 95 % interval; all None while nothing was looked at."""

    wrong: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def rate(wrong: int, of: int) -> Rate:
    """A share with Wilson's interval (Wilson 1927), which holds for few and for rare cases."""
    if not of:
        return Rate(0, 0, None, None, None)
    share, z2 = wrong / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return Rate(wrong, of, share, max(0.0, middle - half), min(1.0, middle + half))
