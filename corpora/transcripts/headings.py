"""Headings that name who speaks below them: "Speech by President Ilham Aliyev", then "- Dear…"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.names import split_label
from trilogue.corpora.transcripts.pages import Line

DASH: Final = re.compile(r"[–—-]\s*(?=\S)")
"""What a spoken line begins with on sites that set no names."""

HINT: Final = "speaker"
_KIND: Final = r"(?:speech|statement|remarks|address|toast|comments)"
_NAME: Final = r"(?P<name>[^\W\d_a-zа-яё].{2,140}?)"
_BY: Final = re.compile(
    rf"(?i:(?:the )?(?:(?:opening|closing|welcoming|concluding|press|text of the) ){{0,2}}{_KIND}"
    rf" (?:by|of) (?:the )?){_NAME}(?: (?:at|during|after|before) .{{1,120}})?:?"
)
_SAID: Final = re.compile(rf"{_NAME} (?:said|dedi|сказала?|заявила?):")
_WHOSE: Final = re.compile(
    rf"{_NAME}(?:(?:[’'`]s?) (?i:{_KIND})"
    r"|[ıiuü]n (?:çıxışı|nitqi|bəyanatı|müraciəti)):?"
)
_RUSSIAN: Final = re.compile(rf"(?:Речь|Выступление|Заявление|Обращение|Слово|Тост) {_NAME}:?")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDING: Final = 4
"""Letters that a case may add to a name."""


def headings(lines: Sequence[Line]) -> dict[int, Label]:
    """Lines that name the speaker of the line with a dash right below them."""
    found: dict[int, Label] = {}
    words: frozenset[str] = frozenset()
    above: int | None = None
    for index, line in enumerate(lines):
        if above is not None and line.text and DASH.match(line.text):
            if match := _heading(lines[above].text):
                words = words or _words(lines)
                found[above] = _label(match, words)
        above = index if line.text else above
    return found


def marked(lines: Sequence[Line], named: Collection[int]) -> tuple[Line, ...]:
    """The lines with the headings at the indices ``named`` hinted, without the dashes below."""
    kept, below = [], False
    for index, line in enumerate(lines):
        if below and line.text:
            line = replace(line, text=DASH.sub("", line.text, count=1))
            below = False
        below = below or index in named
        kept.append(replace(line, hint=HINT) if index in named else line)
    return tuple(kept)


def _heading(text: str) -> re.Match[str] | None:
    patterns = (_BY, _SAID, _WHOSE, _RUSSIAN)
    return next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)


def _words(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(word for line in lines for word in _WORD.findall(line.text))


def _label(match: re.Match[str], words: Collection[str]) -> Label:
    """The label that a heading is; a name in another case than the first is put into the first."""
    name, role = split_label(match["name"])
    if match.re in (_WHOSE, _RUSSIAN):
        name, late = split_label(_nominative(name, words))
        role = role or late
    heading = match.string
    return Label(heading.rstrip(" :"), len(heading), name=name, role=role)


def _nominative(name: str, words: Collection[str]) -> str:
    """The name without its case: each word as the page has it elsewhere with a shorter ending.

    "İlham Əliyev" of "İlham Əliyevin", "Ильхам Алиев" of "Ильхама Алиева".

    :param words: those of the page.
    """

    def plain(match: re.Match[str]) -> str:
        word = match.group()
        shorter = (word[:end] for end in range(len(word) - 1, max(2, len(word) - _ENDING - 1), -1))
        return next((form for form in shorter if form in words), word)

    return _WORD.sub(plain, name)
