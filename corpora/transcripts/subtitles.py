"""SRT and WebVTT: cues put together to paragraphs, one or more a speaker."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.labels import Label, Strength, candidate, judge
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page, squeeze
from trilogue.corpora.transcripts.turns import read_turns

PAUSE: Final = 2.5
"""Seconds of silence that end a paragraph, if a sentence ends there too."""

BARE_WORDS: Final = 60
"""Words after which a paragraph ends with the cue, in captions that have no full stops."""

_BARE: Final = "captions without full stops are cut at pauses, and after 60 words"
UNKNOWN: Final = "Unknown speaker"
_CODES: Final = 3
"""Times alone that show captions copied from a player."""

_STAMP: Final = r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})"
_TIMING: Final = re.compile(rf"{_STAMP}\s*(?:-->|,)\s*{_STAMP}(?:\s.*)?")
_CODE: Final = re.compile(r"\[?(?:(\d+):)?(\d{1,2}):(\d{2})\]?")
"""A time alone above the words, as captions copied from a player have it."""
_VOICE: Final = re.compile(r"<v(?:\.[\w.-]+)?\s+([^<>]+)>")
_TAG: Final = re.compile(r"</?(?:[a-z]+(?:\.[\w.-]+)?(?:\s[^<>]*)?|\d[\d:.]*)>", re.IGNORECASE)
_HEADER: Final = re.compile(r"(?:WEBVTT\b.*|(?:Kind|Language|X-TIMESTAMP-MAP|Region)\s*[:=].*)")
_CHANGE: Final = re.compile(r"(?:>>+|&gt;&gt;)\s*|[–—-]\s?(?=[^\W\d_])")
_STOP: Final = re.compile(r"[.!?…։:](?:\s|$)")
_ENDS: Final = re.compile(r"[.!?…։:][\"”»’)\]]*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    lines: tuple[Line, ...]


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str = "0") -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def _span(text: str) -> tuple[float, float] | None:
    """When a cue begins and ends, in seconds; of a time alone the end is not known: 0."""
    if timing := _TIMING.fullmatch(text):
        return _seconds(*timing.groups()[:4]), _seconds(*timing.groups()[4:])
    code = _CODE.fullmatch(text)
    return (_seconds(*code.groups()), 0.0) if code else None


def _cues(lines: Sequence[Line]) -> tuple[list[_Cue], list[tuple[Line, str]]]:
    """The cues, and the other lines with what they are."""
    cues: list[_Cue] = []
    other: list[tuple[Line, str]] = []
    index, note = 0, False
    while index < len(lines):
        line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
        span = _span(line.text)
        note = bool(line.text) and (note or re.match(r"(?:NOTE|STYLE)\b", line.text) is not None)
        if span:
            index += 1
            other.append((line, "timing"))
            text = []
            if _begins_blank(lines, index):
                index += 1
            while index < len(lines) and lines[index].text and not _span(lines[index].text):
                text.append(lines[index])
                index += 1
            cues.append(_Cue(*span, tuple(text)))
            continue
        if line.text and _HEADER.fullmatch(line.text) and not cues:
            other.append((line, "header"))
        elif following is not None and _TIMING.fullmatch(following.text) and line.text:
            other.append((line, "number of the cue"))
        elif line.text:
            other.append((line, "note" if note else "outside of a cue"))
        index += 1
    known = [replace(cue, end=cue.end or after.start) for cue, after in pairwise(cues)]
    return [*known, *cues[-1:]], other


def _begins_blank(lines: Sequence[Line], at: int) -> bool:
    """Whether the first line of a cue is blank, as in captions that roll up."""
    if at + 1 >= len(lines) or lines[at].text or not lines[at + 1].text:
        return False
    ahead = lines[at + 1 : at + 3]
    return not any(_TIMING.fullmatch(line.text) for line in ahead)


def _once(cues: Sequence[_Cue]) -> tuple[list[_Cue], list[tuple[Line, str]]]:
    """The cues without lines that roll up: those that the cue before has shown already.

    A cue may carry one line of the last cue on, or be nothing else than its end.
    """
    kept: list[_Cue] = []
    again: list[tuple[Line, str]] = []
    shown: list[str] = []
    rolls = sum(_rolls(one, two) for one, two in pairwise(cues)) * 3 > len(cues) > 3
    for cue in cues:
        lines = [line for line in cue.lines if line.text]
        texts = [_clean(line.text)[1] for line in lines]
        count = _overlap(shown, texts) if rolls else 0
        again += [(line, "shown again") for line in lines[:count]]
        kept.append(replace(cue, lines=tuple(lines[count:])))
        shown = texts
    return kept, again


def _rolls(one: _Cue, two: _Cue) -> bool:
    texts = ([_clean(line.text)[1] for line in cue.lines if line.text] for cue in (one, two))
    return _overlap(*texts) > 0


def _overlap(shown: Sequence[str], texts: Sequence[str]) -> int:
    """How many lines at the start of a cue are the last ones of the cue before."""
    for count in range(min(len(shown), len(texts)), 0, -1):
        if list(shown[-count:]) == list(texts[:count]):
            return count
    return 0


def _is_bare(cues: Sequence[_Cue]) -> bool:
    """Whether hardly a sentence is marked as one: at most one in fifty cues."""
    marked = sum(any(_STOP.search(_clean(line.text)[1]) for line in cue.lines) for cue in cues)
    return len(cues) > BARE_WORDS and marked * 50 <= len(cues)


def _paragraphs(cues: Sequence[_Cue], *, bare: bool) -> Iterator[Line]:
    """Cue lines joined until the speaker changes, or a sentence ends and a pause follows.

    :param bare: whether ends of sentences are not marked: a pause or many words will do.
    """
    open_ones: list[tuple[int, str]] = []
    hint, last_end, last_voice = "", 0.0, ""
    for cue in cues:
        for raw in cue.lines:
            voice, text, changes = _clean(raw.text)
            if not text:
                continue
            if whole_line(text) and (bare or not open_ones or _ends(open_ones)):
                if open_ones:
                    yield _joined(open_ones, hint)
                yield _joined([(raw.number, text)], "")
                open_ones, hint = [], ""
                continue
            new_voice = bool(voice) and voice != last_voice
            last_voice = voice or last_voice
            pause = cue.start - last_end > PAUSE and (bare or _ends(open_ones))
            pause = pause or (bare and sum(len(x.split()) for _, x in open_ones) >= BARE_WORDS)
            if open_ones and (changes or new_voice or pause or _is_label(text)):
                yield _joined(open_ones, hint)
                open_ones = []
            if not open_ones:
                hint = "voice" if new_voice else "change" if changes else ""
                text = f"{voice}: {text}" if new_voice else text
            open_ones.append((raw.number, text))
            last_end = cue.end
    if open_ones:
        yield _joined(open_ones, hint)


def _ends(parts: Sequence[tuple[int, str]]) -> bool:
    """Whether a sentence ends with the last part."""
    return bool(parts) and _ENDS.search(parts[-1][1]) is not None


def _joined(parts: Sequence[tuple[int, str]], hint: str) -> Line:
    """Numbered parts as one line."""
    text = " ".join(text for _, text in parts)
    return Line(parts[0][0], text, hint=hint, parted=True, more=tuple(parts[1:]))


def _clean(text: str) -> tuple[str, str, bool]:
    """The voice a cue names ("" if none), its words, and whether it marks a change of speaker."""
    voice = _VOICE.search(text)
    change = _CHANGE.match(text)
    text = html.unescape(_TAG.sub("", _VOICE.sub("", text[change.end() if change else 0 :])))
    text = re.sub(r"\{\\[^{}]*\}", "", text)
    return squeeze(voice.group(1)) if voice else "", squeeze(text), change is not None


def _is_label(text: str) -> bool:
    label = candidate(Line(0, text))
    return label is not None and _speaks(label, text)


def _speaks(label: Label, text: str) -> bool:
    shouted = label.core.isupper() and len(label.core.split()) <= 5
    return shouted or judge(label, text[label.length :]) is Strength.STRONG


def _labels(lines: Sequence[Line]) -> Labels:
    found = {}
    for index, line in enumerate(lines):
        label = candidate(line)
        if label is not None and (line.hint == "voice" or _speaks(label, line.text)):
            found[index] = label
        elif line.hint == "change":
            found[index] = Label(">>", 0, name=UNKNOWN)
    return found


_LAYOUT: Final = Layout(_labels, spoken=True)


def _sniff(page: Page, *, web: bool) -> float:
    first = next((line.text for line in page.lines if line.text), "")
    timings = any(_TIMING.fullmatch(line.text) for line in page.lines)
    is_web = first.startswith("WEBVTT")
    if timings or web:
        return 0.99 if timings and is_web == web else 0.0
    codes = sum(_CODE.fullmatch(line.text) is not None for line in page.lines)
    return 0.3 if codes >= _CODES and codes * 3 >= len(page.lines) else 0.0


def sniff_srt(page: Page) -> float:
    """Timings, and no WEBVTT in the first line; or times alone above every line or two."""
    return _sniff(page, web=False)


def sniff_vtt(page: Page) -> float:
    """Timings under WEBVTT."""
    return _sniff(page, web=True)


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a recording. Speakers come from ``<v Name>`` or from "NAME:" in the text.

    :raises FormatError: if the first cue has no speaker and ``speaker`` is not given.
    """
    cues, other = _cues(page.lines)
    cues, again = _once(cues)
    other += again
    bare = _is_bare(cues)
    warnings = (*page.warnings, _BARE) if bare else page.warnings
    joined = Page(page.name, tuple(_paragraphs(cues, bare=bare)), page.form, page.url, warnings)
    return read_turns(_LAYOUT, joined, speaker, out=other)
