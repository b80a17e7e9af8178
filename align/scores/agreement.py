"""Agreement: how near is the target to a second, independent draft of the same source?

Signal ``agreement``: chrF of the target against the second draft, 0–100, high is good; None without
one. Two systems rarely make the same mistake. chrF2 as Popović (2015), character n-grams up to six
without spaces, as sacrebleu counts it.
"""

from collections import Counter
from typing import Final

_ORDER: Final = 6
_BETA2: Final = 4.0


def agreement(target: str, second: str) -> float:
    """Sentence chrF of ``target`` with ``second`` as its reference."""
    hypothesis, reference = "".join(target.split()), "".join(second.split())
    precision = recall = 0.0
    orders = 0
    for order in range(1, _ORDER + 1):
        ours, theirs = _grams(hypothesis, order), _grams(reference, order)
        total_ours, total_theirs = ours.total(), theirs.total()
        if not total_ours or not total_theirs:
            continue
        same = sum(min(count, theirs[gram]) for gram, count in ours.items() if gram in theirs)
        precision += same / total_ours
        recall += same / total_theirs
        orders += 1
    if not orders or precision + recall == 0.0:
        return 0.0
    precision, recall = precision / orders, recall / orders
    return 100 * (1 + _BETA2) * precision * recall / (_BETA2 * precision + recall)


def _grams(text: str, order: int) -> Counter[str]:
    return Counter([text[at : at + order] for at in range(len(text) - order + 1)])
