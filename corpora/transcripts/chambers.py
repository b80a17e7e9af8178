"""What verbatim records of parliaments and of the United Nations share: titles and offices."""

import re
from typing import Final

from trilogue.corpora.transcripts.labels import Label
from trilogue.corpora.transcripts.layouts import Labels
from trilogue.corpora.transcripts.lexicon import LINKS, PARTICLES
from trilogue.corpora.transcripts.names import bare
from trilogue.corpora.transcripts.pages import Page

TITLES: Final = (
    r"(?:Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|Lady|Baroness|Viscount|Dr\.?|Prof\.?|Archbishop"
    r"|Monsignor|Prince|Princess|Sheikh(?:a)?|King|Queen|General|Judge|Father|Cardinal|Earl|Count"
    r"|Right Hon\.?)"
)
HEADS: Final = (
    r"(?:President|Vice-President|Prime Minister|Chancellor|Emir|Sultan|King|Queen|Prince|Princess"
    r"|Crown Prince|Minister|Foreign Minister|Commissioner|Captain|Taoiseach|Pope|Grand Duke)"
)
_COURTESY: Final = re.compile(r"(?:Mrs?|Ms|Miss|Dr|Prof|Sir|Dame)\.?")
_PERSON: Final = re.compile(rf"(?:{TITLES} )?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*)+")
_SPOKE_IN: Final = re.compile(r"\(?(?:spoke|continued|interpretation from|originally) in (\w+)")
_NUMBERED: Final = re.compile(r"^Q?\d+\.\s*(?:\[\d+\]\s*)?")


def office_label(printed: str, length: int) -> Label:
    """The name stands before the brackets, or in the first ones behind an office ("The …").

    "Sir Ivor Penrose (Northwick) (Ind)" is Ivor Penrose; "The Minister for Ports (Ada Holt)" is Ada
    Holt; "1. Ada Holt (Northwick) (Lab)" is Ada Holt, who asks question 1.
    """
    spoke = _SPOKE_IN.search(printed)
    note = f"in {spoke.group(1)}" if spoke else None
    office = _NUMBERED.sub("", printed.split("(")[0]).strip()
    brackets = [part for part in re.findall(r"\(([^()]+)\)", printed) if not _SPOKE_IN.match(part)]
    chair = office.startswith("The ") or office.endswith("Speaker")
    if chair and brackets and _PERSON.fullmatch(brackets[0]):
        return Label(printed, length, note, _untitled(brackets[0]), office)
    name = _untitled(office)
    title = office[: len(office) - len(name)].strip()
    roles = [*([title] if title and not _COURTESY.fullmatch(title) else []), *brackets]
    return Label(printed, length, note, name, "; ".join(roles) or None)


def _untitled(name: str) -> str:
    return re.sub(rf"^(?:{TITLES}|{HEADS})\s+(?=[A-Z])", "", name)


def names_somebody(printed: str) -> bool:
    """Whether a label has no words but names, offices and what links them.

    "Mr Radev, let me ask you:" and "Mr Orme asked at the time:" are prose.
    """
    small = (bare(word) for word in re.sub(r"\([^()]*\)", "", printed).split() if word[0].islower())
    return all(word in LINKS or word in PARTICLES or word in ("hon", "noble") for word in small)


def named(page: Page, sure: re.Pattern[str], labels: Labels) -> float:
    """How sure a chamber's reader is: by its marks in the text, if there are two labels."""
    marks = len(sure.findall("\n".join(line.text for line in page.lines)))
    return 0.0 if len(labels) < 2 or not marks else min(0.9, 0.7 + 0.05 * marks)
