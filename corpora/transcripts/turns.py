"""What readers share that differ only in how a speaker is marked and what is not text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import furniture
from trilogue.corpora.transcripts.assembly import Assembly, Reading
from trilogue.corpora.transcripts.dates import (
    find_date,
    parse_date,
    parse_date_and_time,
    parse_time,
)
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.language import detect_language
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.wrapping import rejoin
from trilogue.corpora.types import BlockKind

Labels = Mapping[int, Label]

_GREETING: Final = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|thank|hello|hi|welcome|dear|ladies|colleagues|well"
    r"|yes|no|добрый|здравствуйте|спасибо|уважаем|дорог|дамы|коллеги|բարև|շնորհակալ|հարգելի|salam"
    r"|təşəkkür|hörmətli|sağ olun)\b",
    re.IGNORECASE,
)
SPOKEN: Final = re.compile(
    r"\b(?:I|I[’']\w+|we|you|our|us|my|me|your|я|мы|вы|нам|нас|наш\w*|мне|меня|ваш\w*|вас|вам|ես"
    r"|մենք"
    r"|դուք|մեր|ձեր|mən|biz|siz|bizim|sizin)\b",
    re.IGNORECASE,
)
_STRUCK: Final = re.compile(r"\s?~~(.+?)~~")
_SIC: Final = re.compile(r"\s?\[sic\]", re.IGNORECASE)


def nothing(_: str) -> str | None:
    """No line is the site's."""
    return None


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of transcript is printed.

    :ivar labels: finds the labels: index of a line → label.
    :ivar left_out: the reason why a line is no part of the transcript, None if it is.
    :ivar is_direction: lines that are the clerk's, beside those in brackets.
    :ivar is_place: lines of the head that say where it was.
    :ivar strict: what sounds spoken before the first label is an error, not prose.
    """

    labels: Callable[[Sequence[Line]], Labels]
    left_out: Callable[[str], str | None] = nothing
    is_direction: Callable[[str], bool] = lambda text: False
    is_place: Callable[[str], bool] = lambda text: False
    strict: bool = False


def read_turns(
    layout: Layout, page: Page, speaker: str | None, *, out: Sequence[tuple[Line, str]] = ()
) -> list[Reading]:
    """The one document of a page.

    :param out: lines that the reader has taken out of the page already, each with its reason.
    :raises FormatError: in a strict layout, if somebody speaks before the first label.
    """
    assembly = Assembly()
    assembly.warnings.extend(page.warnings)
    assembly.fields["url"] = page.url
    kept = [line for line in page.lines if not (line.text and layout.left_out(line.text))]
    lines = rejoin([_cleaned(line, assembly) for line in kept])
    labels = layout.labels(lines)
    first = min(labels, default=len(lines))
    for line, why in out:
        assembly.leave_out(line, why)
    for line in page.lines:
        if why_out := layout.left_out(line.text):
            assembly.leave_out(line, why_out)
    _read_head(assembly, lines[:first], layout, page, speaker)
    for index in range(first, len(lines)):
        _read_line(assembly, lines[index], labels.get(index), layout)
    spoken = "\n".join(line.text for line in lines)
    return [assembly.finish(page.name, language=detect_language(spoken))]


def _read_line(assembly: Assembly, line: Line, label: Label | None, layout: Layout) -> None:
    kind = whole_line(line.text)
    if label is not None:
        assembly.speaker(line, label)
    elif line.hint.startswith("left") or line.hint == "caption":
        assembly.leave_out(line, "page furniture")
    elif found := furniture.SPDX.search(line.text):
        assembly.metadata(line, "licence", licence=found.group(1))
    elif kind is not None:
        assembly.block(line, kind)
    elif layout.is_direction(line.text):
        assembly.block(line, BlockKind.DIRECTION)
    elif line.hint in ("title", "heading"):
        assembly.block(line, BlockKind.PROSE)
    elif parse_time(line.text):
        assembly.leave_out(line, "time")
    else:
        assembly.block(line, BlockKind.SPEECH)


def _read_head(
    assembly: Assembly, lines: Sequence[Line], layout: Layout, page: Page, speaker: str | None
) -> None:
    """What stands before the first label: title, date, time, place, prose, or the given speaker."""
    titles = [line for line in lines if line.hint == "title"]
    title = titles[-1] if titles else _first_title(lines, layout)
    dated = find_date(title.text) if title is not None else None
    for line in lines:
        fields = _metadata(line.text, assembly.fields, layout)
        if line.hint.startswith("left"):
            assembly.leave_out(line, "page furniture")
        elif line is title:
            assembly.block(line, BlockKind.TITLE)
            assembly.fields["title"] = line.text
        elif fields:
            assembly.metadata(line, next(iter(fields)), **fields)
        elif (kind := whole_line(line.text)) is not None:
            assembly.block(line, kind)
        elif layout.is_direction(line.text):
            assembly.block(line, BlockKind.DIRECTION)
        elif assembly.turns:
            assembly.block(line, BlockKind.SPEECH)
        elif speaker is not None and (_is_sentence(line.text) or line.text.endswith(",")):
            assembly.speaker(line, Label(speaker, 0))
        elif layout.strict and _sounds_spoken(line.text):
            got = line.text if len(line.text) <= 60 else line.text[:59] + "…"
            what = f'the first turn has no speaker: got "{got}", expected "Name: text"'
            raise FormatError(
                f"{page.name}:{line.number}: {what}. Add the name, or pass --speaker."
            )
        else:
            assembly.block(line, BlockKind.PROSE)
    if dated:
        assembly.fields.setdefault("date", dated)


def _first_title(lines: Sequence[Line], layout: Layout) -> Line | None:
    for line in lines:
        known = _metadata(line.text, {}, layout) or whole_line(line.text)
        if known or line.hint.startswith("left") or layout.is_direction(line.text):
            continue
        return line if len(line.text) <= 200 and not _is_sentence(line.text) else None
    return None


def _metadata(text: str, fields: Mapping[str, Any], layout: Layout) -> dict[str, str]:
    """The fields that a line of the head fills, {} if it fills none."""
    if found := furniture.SPDX.search(text):
        return {"licence": found.group(1)}
    if len(text) > 90:
        return {}
    bare = re.sub(r"^(?:Date|Дата|Tarix|Ամսաթիվ)\s*:\s*", "", text)
    date, time = parse_date_and_time(bare)
    if date and "date" not in fields:
        return {"date": date} | ({"time": time} if time else {})
    if (time := parse_time(text)) and "time" not in fields:
        return {"time": time}
    place = re.fullmatch(r"(?:Place|Venue|Location|Место|Yer|Վայր)\s*:\s*(.+)", text)
    if place:
        return {"place": place.group(1)}
    if layout.is_place(text) and "place" not in fields:
        return {"place": text}
    free = "date" in fields and "place" not in fields and not layout.is_direction(text)
    if free and _like_place(text) and not parse_date(text):
        return {"place": text}
    return {}


def _like_place(text: str) -> bool:
    """One to four capitalised words, "Yerevan" or "Geneva, Switzerland", behind a date."""
    words = text.split()
    return (
        1 <= len(words) <= 4
        and re.fullmatch(r"[^\W\d_][\w ,’'-]*", text) is not None
        and all(word[0].isupper() for word in words)
    )


def _is_sentence(text: str) -> bool:
    return re.search(r"[.!?…։:][\"”»’)\]]*$", text) is not None


def _sounds_spoken(text: str) -> bool:
    return _is_sentence(text) and (
        SPOKEN.search(text) is not None or _GREETING.match(text) is not None
    )


def _cleaned(line: Line, assembly: Assembly) -> Line:
    """The line without words that were struck out and without "[sic]"; both are accounted for."""
    if "~~" not in line.text and "[sic]" not in line.text.lower():
        return line
    for found in _STRUCK.finditer(line.text):
        assembly.leave_out(Line(line.number, found.group(1)), "struck out")
    if _SIC.search(line.text):
        assembly.leave_out(Line(line.number, "[sic]"), "editor's mark")
    text = _SIC.sub("", _STRUCK.sub("", line.text)).strip()
    return replace(line, text=text, bold=min(line.bold, len(text)))
