"""What stands before the first label: title, date, time, place, prose, or a speaker not named."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import furniture, sites
from trilogue.corpora.transcripts.assembly import Assembly
from trilogue.corpora.transcripts.dates import (
    find_date,
    parse_date,
    parse_date_and_time,
    parse_time,
)
from trilogue.corpora.transcripts.directions import whole_line
from trilogue.corpora.transcripts.labels import Label, Strength, judge
from trilogue.corpora.transcripts.layouts import Layout
from trilogue.corpora.transcripts.lexicon import ALL_ROLES
from trilogue.corpora.transcripts.names import bare
from trilogue.corpora.transcripts.pages import Line
from trilogue.corpora.types import BlockKind

_GREETING: Final = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|thank|hello|hi|welcome|dear|ladies|colleagues|well"
    r"|yes|no|добрый|здравствуйте|спасибо|уважаем|дорог|дамы|коллеги|բարև|շնորհակալ|հարգելի|salam"
    r"|təşəkkür|hörmətli|sağ olun)\b",
    re.IGNORECASE,
)
_SPOKEN: Final = re.compile(
    r"\b(?:I|I[’']\w+|we|you|our|us|my|me|your|я|мы|вы|нам|нас|наш\w*|мне|меня|ваш\w*|вас|вам|ես"
    r"|մենք|դուք|մեր|ձեր|mən|biz|siz|bizim|sizin)\b",
    re.IGNORECASE,
)
_TITLED: Final = re.compile(
    r"\b(?:briefing|remarks|interview|meeting|conference|statements?|speech|address|talks?|debate"
    r"|transcript|session|hearing|conversation|minutes|answers|questions|press|summit|opening"
    r"|встреч\w*|интервью|пресс-конференци\w*|заявлени\w*|выступлени\w*|беседа|переговор\w*"
    r"|հարցազրույց\w*|ելույթ\w*|հանդիպ\w+|զրույց\w*|ասուլիս\w*|görüş\w*|müsahibə\w*|çıxış\w*"
    r"|söhbət\w*)\b",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"(?P<label>[^:.!?]{3,120}?) (?:said|asked|began|opened)\b[^:.!?]{0,60}:\s*(?=[^\W\d_])"
)
_FIELD: Final = re.compile(r"^(?:Date|Дата|Tarix|Ամսաթիվ)\s*:\s*")
_PLACE: Final = re.compile(r"(?:Place|Venue|Location|Место|Yer|Վայր)\s*:\s*(.+)")
_DEBATED: Final = re.compile(r"^Volume \d+: debated on ")
_BEHIND_A_DATE: Final = re.compile(r"(.{6,30}?)\s*[•|·].{0,60}")
_UNSAID: Final = "text before the first speaker is taken for prose: pass --speaker if it is said"


def read_opening(
    assembly: Assembly, lines: Sequence[Line], layout: Layout, name: str, speaker: str | None
) -> None:
    """Take the lines before the first label.

    :param name: of the file, for messages.
    :param speaker: whose the words there are, if the user says so.
    :raises FormatError: in a strict layout, if somebody speaks.
    """
    title = None if layout.spoken else _title(lines, layout)
    last = ""
    for line in lines:
        fields = _metadata(line.text, assembly.fields, layout, behind_date=last in ("date", "time"))
        last = next(iter(fields), "")
        if line.hint.startswith("left"):
            assembly.leave_out(line, "page furniture")
        elif line is title:
            assembly.block(line, BlockKind.TITLE)
            assembly.fields["title"] = line.text
        elif fields:
            assembly.metadata(line, last, **fields)
        elif why := sites.reason(line.text):
            assembly.leave_out(line, why)
        else:
            _read_prose(assembly, line, layout, name, speaker)
    if title is not None and (dated := find_date(title.text)):
        assembly.fields.setdefault("date", dated)


def _read_prose(
    assembly: Assembly, line: Line, layout: Layout, name: str, speaker: str | None
) -> None:
    kind = whole_line(line.text)
    if kind is None and (told := _told_label(line)):
        assembly.speaker(line, told)
    elif kind is not None or layout.is_direction(line.text):
        assembly.block(line, kind or BlockKind.DIRECTION)
    elif assembly.turns:
        assembly.block(line, BlockKind.SPEECH)
    elif speaker is not None and (layout.spoken or _may_be_said(line.text)):
        assembly.speaker(line, Label(speaker, 0))
    elif layout.spoken or (
        layout.strict and _is_sentence(line.text) and _GREETING.match(line.text)
    ):
        got = line.text if len(line.text) <= 60 else line.text[:59] + "…"
        what = f'the first turn has no speaker: got "{got}", expected "Name: text"'
        raise FormatError(f"{name}:{line.number}: {what}. Add the name, or pass --speaker.")
    else:
        said = _is_sentence(line.text) and _SPOKEN.search(line.text) is not None
        if (
            layout.strict
            and said
            and not any(warning.endswith(_UNSAID) for warning in assembly.warnings)
        ):
            assembly.warnings.append(f"line {line.number}: {_UNSAID}")
        assembly.block(line, BlockKind.PROSE)


def _told_label(line: Line) -> Label | None:
    """The label in "Director General Ada Holt said welcoming the guests: Good morning."."""
    told = _SAID.match(line.text)
    if told is None:
        return None
    label = Label(told["label"], told.end())
    return label if judge(label, line.text[told.end() :]) is Strength.STRONG else None


def _title(lines: Sequence[Line], layout: Layout) -> Line | None:
    """The line that says what this is a transcript of.

    The markup's, or else of the short lines that are no sentence the one that names a kind of
    event, stands right above the date, and has some words; of equal ones the first. If anything
    stands above the date, nothing below it is the title.
    """
    marked = [line for line in lines if line.hint == "title"]
    if marked:
        return marked[-1]
    free = [line for line in lines if _may_be_title(line, layout)]
    dated = next((i for i, line in enumerate(lines) if _metadata(line.text, {}, layout)), 0)
    above = [line for line in lines[:dated] if _may_be_title(line, layout)]
    nearest = above[-1] if above else None

    def worth(line: Line) -> int:
        named = 2 * (_TITLED.search(line.text) is not None)
        return named + (line is nearest) + (len(line.text.split()) >= 4)

    return max(above or free, key=worth, default=None)


def _may_be_title(line: Line, layout: Layout) -> bool:
    text = line.text
    if line.hint.startswith("left") or len(text) > 200 or _is_sentence(text):
        return False
    known = _metadata(text, {}, layout) or whole_line(text) or sites.reason(text)
    return not (known or layout.is_direction(text))


def _metadata(
    text: str, fields: Mapping[str, Any], layout: Layout, *, behind_date: bool = False
) -> dict[str, str]:
    """The fields that a line fills, {} if it fills none."""
    if found := furniture.SPDX.search(text):
        return {"licence": found.group(1)}
    if source := furniture.SOURCE.fullmatch(text):
        return {"url": source["url"]}
    if len(text) > 90:
        return {}
    bare = _DEBATED.sub("", _FIELD.sub("", text))
    if (glued := _BEHIND_A_DATE.fullmatch(bare)) and parse_date(glued.group(1)):
        bare = glued.group(1)  # "MARCH 09, 2021 • PRESS BRIEFINGS"
    date, time = parse_date_and_time(bare)
    if date and "date" not in fields:
        return {"date": date} | ({"time": time} if time else {})
    if (time := parse_time(text)) and "time" not in fields:
        return {"time": time}
    if place := _PLACE.fullmatch(text):
        return {"place": place.group(1)}
    if layout.is_place(text) and "place" not in fields and not sites.reason(text):
        return {"place": text}
    free = behind_date and "place" not in fields and not layout.is_direction(text)
    if free and _like_place(text) and not parse_date(text) and not sites.reason(text):
        return {"place": text}
    return {}


def _like_place(text: str) -> bool:
    """One to four capitalised words, "Yerevan" or "Geneva, Switzerland", behind a date."""
    words = text.split()
    return (
        1 <= len(words) <= 4
        and not text.isupper()
        and re.fullmatch(r"[^\W\d_][\w ,’'-]*", text) is not None
        and all(word[0].isupper() and bare(word) not in ALL_ROLES for word in words)
    )


def _may_be_said(text: str) -> bool:
    return _is_sentence(text) or text.endswith(",")


def _is_sentence(text: str) -> bool:
    return re.search(r"[.!?…։:][\"”»’)\]]*$", text) is not None
