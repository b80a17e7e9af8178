"""Cutting a text that is too long for a model where a reader would pause."""

import re
from collections.abc import Callable
from typing import Final

BOUNDARIES: Final = (
    re.compile(r"(?<=[.!?…։:])[\"'”’»)]*\s+"),
    re.compile(r"(?<=[;—–])\s+|\s+(?=[—–]\s)"),
    re.compile(r"(?<=,)\s+(?=(?:and|but|or|which|who|because|while|although|so|that|when|if)\b)"),
    re.compile(r"(?<=,)\s+|\s+(?=[(\[])|(?<=[)\]])\s+"),
    re.compile(r"\s+(?=(?:and|but|or|which|who|because|while|that|when|if)\b)"),
    re.compile(r"\s+"),
)
"""From the best place to cut to the worst; within a word it is cut only if nothing else helps."""


def cut(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in parts that fit, cut at the best boundaries there are, near the middle.

    :param fits: whether the model can take a part whole; a single character must fit.
    :returns: the parts without the white space between them; all else is kept.
    """
    parts: list[str] = []
    rest = [text.strip()]
    while rest:
        part = rest.pop()
        if not part or fits(part):
            parts += [part] if part else []
            continue
        left, right = _halves(part)
        rest += [right, left]
    return parts


def _halves(text: str) -> tuple[str, str]:
    """Cut once: at the best kind of boundary in the middle half of the text."""
    quarter = len(text) // 4
    for boundary in BOUNDARIES:
        found = [m for m in boundary.finditer(text) if quarter <= m.start() <= 3 * quarter]
        if found:
            middle = min(found, key=lambda m: (abs(2 * m.start() - len(text)), m.start()))
            return text[: middle.end()].strip(), text[middle.end() :].strip()
    middle_of_word = len(text) // 2
    return text[:middle_of_word].strip(), text[middle_of_word:].strip()
