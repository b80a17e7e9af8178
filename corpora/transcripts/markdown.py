"""Markdown's marks taken off, their meaning kept: headings, bold labels, struck-out words."""

import re
from dataclasses import replace
from typing import Final

from trilogue.corpora.transcripts.pages import Line, Page

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_ITALIC: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINED: Final = re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)")
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))+(?:\s+\"[^\"]*\")?\)")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])")
_SURE: Final = re.compile(r"^#{1,6}\s+\S|\*\*\S.*?\S\*\*|__\S.*?\S__|\]\(https?://|~~\S")


def looks_like_markdown(page: Page) -> bool:
    """At least two lines carry a mark that plain text has no use for."""
    return sum(_SURE.search(line.text) is not None for line in page.lines) >= 2


def without_marks(page: Page) -> Page:
    """The page as plain lines with hints and bold lengths; ``~~struck~~`` is left for later."""
    titled = False
    lines = []
    for line in page.lines:
        heading = _HEADING.fullmatch(line.text)
        if heading:
            first = len(heading.group(1)) == 1 and not titled
            titled = titled or first
            hint = "title" if first else "heading"
            lines.append(replace(line, text=_plain(heading.group(2)), hint=hint))
        else:
            lines.append(_without_marks(line))
    return replace(page, lines=tuple(lines), form="markdown")


def _without_marks(line: Line) -> Line:
    text, bold = line.text, 0
    opening = _BOLD.match(text)
    if opening:
        bold = len(_plain(opening.group(1) or opening.group(2)))
    elif re.fullmatch(r"[*_\s-]{3,}", text):
        return line
    return replace(line, text=_plain(text), bold=bold)


def _plain(text: str) -> str:
    text = _BOLD.sub(lambda found: found.group(1) or found.group(2), text)
    text = _LINK.sub(r"\1", text)
    text = _ITALIC.sub(r"\1", text)
    text = _UNDERLINED.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).strip()
