"""Verbatim records: meetings of the United Nations, and Hansard."""

import re
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import Labels, Layout, read_turns

_TITLES: Final = (
    r"(?:Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|Lady|Baroness|Viscount|Dr\.?|Prof\.?|Archbishop"
    r"|Monsignor"
    r"|Prince|Princess|Sheikh(?:a)?|King|Queen|General|Judge|Father|Cardinal|Earl|Count"
    r"|Right Hon\.?)"
)
_PERSON: Final = re.compile(rf"(?:{_TITLES} )?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*)+")
_UN_LABEL: Final = re.compile(
    rf"(?P<label>(?:The (?:Acting |Temporary |Vice-)?(?:President|Chair\w*|Secretary-General|Deputy"
    rf" Secretary-General|Vice-President|Rapporteur|Secretary|High Commissioner)|President"
    rf"|{_TITLES}"
    rf" [^:()]{{2,60}})(?:\s*\([^()]{{2,80}}\)){{0,3}})\s?:(?=\s|$)\s*"
)
_SPOKE_IN: Final = re.compile(r"\(?(?:spoke|continued|interpretation from|originally) in (\w+)")
_UN_PAGE: Final = re.compile(
    r"(?:[SA]/(?:\d+/)?PV\.\d+(?:\s*\(Resumption \d+\))?.{0,120}|\d+/\d+(?: \d{2}-\d{5})?"
    r"|\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d+/\d+)?|\*\d{7,}\*|Please recycle|Provisional"
    r"|United Nations"
    r"|This record contains .*|Corrections should be .*|Accessible document.*|www\.un\.org\S*)"
)
_UN_CLERK: Final = re.compile(
    r"(?:The (?:meeting|session) (?:was (?:called to order|suspended|resumed|adjourned|reconvened)"
    r"|rose)"
    r"|The agenda was adopted|A (?:recorded )?vote was taken|It was so decided|In favour:|Against:"
    r"|Abstain(?:ing|ed):?|The draft resolution (?:received|was adopted|was not adopted)"
    r"|The members of the"
    r" (?:General Assembly|Security Council) observed|(?:Mr|Ms|Mrs)\.? .{2,60} (?:was escorted"
    r"|took a seat))"
)
_UN_SURE: Final = re.compile(
    r"\b[SA]/(?:\d+/)?PV\.\d+|\(spoke in \w+\)|\(interpretation from \w+\)"
)

_HANSARD_LABEL: Final = re.compile(
    rf"(?P<label>(?:(?:Q?\d{{1,3}}\.)\s*(?:\[\d+\]\s*)?)?(?:(?:Madam |Mr\.? )?(?:Deputy )?Speaker"
    rf"|Hon\.? Members|An hon\.? Member|Several hon\.? Members|A Noble Lord|Noble Lords"
    rf"|Madam Chair\w*"
    rf"|The (?:[A-Z][\w’'-]*(?:,? (?:of|for|and|to|the|on|in))* ?){{1,14}}|{_TITLES} [^:()]{{2,40}}"
    rf"|(?:[A-Z][\w’'.-]+ ){{1,3}}[A-Z][\w’'-]+)(?:\s*\([^()]{{2,60}}\)){{0,3}})\s?:(?=\s|$)\s*"
)
_HANSARD_ALONE: Final = re.compile(
    rf"(?:Mr\.? Speaker|Madam Deputy Speaker|Mr\.? Deputy Speaker|{_TITLES} [^:().]{{2,40}}"
    rf"\s*\([^()]{{2,60}}\)(?:\s*\([^()]{{2,20}}\))?|(?:[A-Z][\w’'-]+ ){{1,3}}\([^()]{{3,60}}\)\s*"
    rf"\((?:Con|Lab|LD|Lab/Co-op|SNP|DUP|Ind|PC|Green|SDLP|Alliance|CB|Non-Afl)\)"
    rf"|The (?:[A-Z][\w’'-]*(?:,? (?:of|for|and|to|the))* ?){{1,12}}\([^()]{{3,60}}\))"
)
_HANSARD_LEFT: Final = re.compile(
    r"(?:Column \d+\w*|\d{1,2} [A-Z][a-z]{2} \d{4} ?: ?Column .*|Share this contribution|Toggle .*"
    r"|Back to top|Previous|Next|Volume \d+.*|Hansard|UK Parliament|House of (?:Commons|Lords))"
)
_HANSARD_CLERK: Final = re.compile(
    r"(?:Several hon\.? Members rose|Question put|The House (?:divided|met|adjourned|proceeded)"
    r"|Prayers"
    r"|\[.{3,60} in the Chair\]|Amendment .{0,60}(?:agreed to|negatived|withdrawn)"
    r"|Division (?:No\.|\d+)"
    r"|(?:Ayes|Noes) \d+|Bill (?:read|reported)|Motion .{0,40}agreed to)"
)
_HANSARD_SURE: Final = re.compile(
    r"\((?:Con|Lab|LD|Lab/Co-op|SNP|DUP|Ind|PC|Green|SDLP|CB)\)|\bhon\. (?:Friend|Member|Gentleman"
    r"|Lady)"
    r"|\b(?:Mr|Madam) (?:Deputy )?Speaker\b|\bHansard\b|\bnoble Lord"
)


def _match(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, Label]:
    found = {}
    for index, line in enumerate(lines):
        match = pattern.match(line.text)
        if match and not line.hint.startswith("left"):
            found[index] = _label(match["label"].strip(), match.end())
    return found


def _label(printed: str, length: int) -> Label:
    """The name stands before the brackets, or in the first ones behind an office ("The …").

    "Sir Ivor Penrose (Northwick) (Ind)" is Ivor Penrose; "The Minister for Ports (Ada Holt)" is Ada
    Holt.
    """
    spoke = _SPOKE_IN.search(printed)
    note = f"in {spoke.group(1)}" if spoke else None
    office = re.sub(r"^Q?\d+\.\s*(?:\[\d+\]\s*)?", "", printed.split("(")[0]).strip()
    brackets = [part for part in re.findall(r"\(([^()]+)\)", printed) if not _SPOKE_IN.match(part)]
    if office.startswith("The ") and brackets and _PERSON.fullmatch(brackets[0]):
        return Label(printed, length, note, _untitled(brackets[0]), office)
    return Label(printed, length, note, _untitled(office), "; ".join(brackets) or None)


def _untitled(name: str) -> str:
    return re.sub(rf"^{_TITLES}\s+", "", name)


def _un_labels(lines: Sequence[Line]) -> Labels:
    return _match(lines, _UN_LABEL)


def _hansard_labels(lines: Sequence[Line]) -> Labels:
    found = _match(lines, _HANSARD_LABEL)
    for index, line in enumerate(lines):
        if index not in found and _HANSARD_ALONE.fullmatch(line.text):
            found[index] = _label(line.text, len(line.text))
    return dict(sorted(found.items()))


_UN: Final = Layout(
    _un_labels,
    lambda text: "page of the record" if _UN_PAGE.fullmatch(text) else None,
    lambda text: _UN_CLERK.match(text) is not None,
    lambda text: text in ("New York", "Geneva", "Vienna", "Nairobi"),
)
_HANSARD: Final = Layout(
    _hansard_labels,
    lambda text: "page of the record" if _HANSARD_LEFT.fullmatch(text) else None,
    lambda text: _HANSARD_CLERK.match(text) is not None,
)


def _sniff(page: Page, sure: re.Pattern[str], labels: Labels) -> float:
    marks = len(sure.findall("\n".join(line.text for line in page.lines)))
    return 0.0 if len(labels) < 2 or not marks else min(0.9, 0.7 + 0.05 * marks)


def sniff_un(page: Page) -> float:
    """Symbols of documents (S/PV.…) and "(spoke in …)"."""
    return _sniff(page, _UN_SURE, _un_labels(page.lines))


def sniff_hansard(page: Page) -> float:
    """Parties, the Speaker, hon. Members."""
    return _sniff(page, _HANSARD_SURE, _hansard_labels(page.lines))


def read_un(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a record; "(spoke in French)" is the turn's original language."""
    return read_turns(_UN, page, speaker)


def read_hansard(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document a sitting; the member's constituency and party are the role."""
    return read_turns(_HANSARD, page, speaker)
