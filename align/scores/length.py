"""Length: is the target as long as translations of such a source are?

Signal ``length``: a z value after Gale and Church (1993), letters of the target against letters of
the source; 0 is typical, below −3 much is missing, above 3 much was added. Ratio and spread per
language come from the calibration.
"""

from math import sqrt
from typing import Final

_FLOOR: Final = 4.0
"""Letters added to both sides, so that "OK" and "Yes." are not far from anything."""


def length_z(source: int, target: int, *, ratio: float, spread: float) -> float:
    """How many standard deviations the target is longer than expected.

    :param ratio: letters of the target for each of the source.
    :param spread: variance of the target's length for each letter of the source.
    """
    expected = ratio * (source + _FLOOR)
    mean = (expected + target + _FLOOR) / 2
    return (target + _FLOOR - expected) / sqrt(spread * mean)
