"""What stands in a speech but is not said: "(Laughter.)", "<…>", "* * *"."""

import re
from typing import Final

from trilogue.corpora.types import BlockKind

_NOISES: Final = re.compile(
    r"applau|laugh|inaudible|unintelligible|crosstalk|cross[- ]?talk|off[- ]mi[ck]|pause|silence"
    r"|cheer|music|anthem|recess|break|interrupt|without a microphone|no microphone"
    r"|continues|continued|speaks|speaking|in russian|in english|in german|in french|in armenian"
    r"|in azerbaijani|shout|booing|gavel|crying|sighs?|nods|video|film|photo|ceremony|minute of"
    r"|аплодисменты|смех|смеётся|смеются|неразборчиво|не слышно|без микрофона|пауза|перерыв|шум"
    r"|interpret|translat|\A.(?:addressing|responding|replying|answering|turning|smiles|smiling)\b"
    r"|\A.(?:обращаясь|отвечая|переводит)|говорит по|звучит|демонстрируется"
    r"|показ|минута молчания|оживление"
    r"|ծափ|ծիծաղ|անլսելի|դադար|alqış|gülüş|eşidilmir|fasilə",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\?|\b(?:I|we|you|me|us|my|our|я|мы|вы)\b")
_BRACKETS: Final = r"(?:\([^()]{2,160}\)|\[[^\[\]]{2,160}\])\.?"
_ELISION: Final = re.compile(r"[<\[(]\s*(?:…|\.{2,4})\s*[>\])]|<\s*>|…|\.{3,}|&lt;…&gt;")
_STARS: Final = re.compile(r"(?:[*•·∗_=–—-]\s*){3,}|\*|#{1,3}|⁂|(?:[xXхХ]\s+){2,}[xXхХ]")
_EDGE: Final = re.compile(
    rf"(?P<head>{_BRACKETS}|<\s*(?:…|\.{{2,4}})\s*>)\s+(?=[^\s\W]|[\"“«„‘])|"
    rf"(?<=[.!?…”»\"])\s(?P<inner>{_BRACKETS}|<\s*(?:…|\.{{2,4}})\s*>)(?=\s[^\W_a-zа-яё]"
    rf"|\s?[\"“«„]|$)"
)


def whole_line(text: str) -> BlockKind | None:
    """What a line is that is no speech at all, None if it may be speech."""
    if _ELISION.fullmatch(text):
        return BlockKind.ELISION
    if _STARS.fullmatch(text):
        return BlockKind.DIRECTION
    if re.fullmatch(_BRACKETS, text) and (_NOISES.search(text) or not _SAID.search(text)):
        return BlockKind.DIRECTION
    return None


def split_directions(text: str, kind: BlockKind) -> list[tuple[str, BlockKind]]:
    """A speech as its parts: what was said, and the directions that stand between sentences.

    A bracket inside a sentence, or one that names no noise or gesture, stays where it is.
    """
    if kind is not BlockKind.SPEECH or not any(mark in text for mark in "([<"):
        return [(text, kind)]
    whole = whole_line(text)
    if whole is not None:
        return [(text, whole)]
    parts: list[tuple[str, BlockKind]] = []
    start = 0
    for found in _EDGE.finditer(text):
        group = "head" if found["head"] else "inner"
        if group == "head" and found.start() != start:
            continue
        aside = found[group]
        elided = aside.startswith("<")
        if not elided and not _NOISES.search(aside):
            continue
        if before := text[start : found.start(group)].strip():
            parts.append((before, kind))
        parts.append((aside, BlockKind.ELISION if elided else BlockKind.DIRECTION))
        start = found.end(group)
        while start < len(text) and text[start] == " ":
            start += 1
    if rest := text[start:].strip():
        parts.append((rest, kind))
    return parts
