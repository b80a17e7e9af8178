"""Do two people decide alike: Krippendorff's alpha for nominal data.

Krippendorff, *Content Analysis*, 4th ed., 2018, ch. 12. 1 is perfect agreement, 0 what chance
gives; below 0 people disagree more than by chance.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha.

    :param units: what each was called, by all who judged it; those judged once tell nothing.
    :returns: None if fewer than two judgements can be paired, or all are the same value: then
        there is nothing that people could have disagreed about.
    """
    observed = 0.0
    totals: Counter[Hashable] = Counter()
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        totals += counts
        pairs = len(values) * (len(values) - 1) - sum(n * (n - 1) for n in counts.values())
        observed += pairs / (len(values) - 1)
    number = totals.total()
    expected = number * number - sum(n * n for n in totals.values())
    if number < 2 or not expected:
        return None
    return 1.0 - (number - 1) * observed / expected
