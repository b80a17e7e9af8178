"""Interviews: initials or names that come back, or the questions in bold and the answers not."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from trilogue.corpora.transcripts.assembly import Reading
from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.labels import Label, candidate
from trilogue.corpora.transcripts.layouts import Labels, Layout
from trilogue.corpora.transcripts.pages import Line, Page
from trilogue.corpora.transcripts.turns import read_turns

INTERVIEWER: Final = "Interviewer"
INTERVIEWEE: Final = "Interviewee"

_SHORT: Final = re.compile(r"[A-ZА-ЯԱ-Ֆ][A-ZА-ЯԱ-Ֆ0-9.&-]{0,7}")
_BOLD_NAME: Final = re.compile(r"[^\W\d_][\w .’'-]{1,58}")
_WARNING: Final = "speakers are not named: bold paragraphs are read as the interviewer's"


def _labels(lines: Sequence[Line]) -> Labels:
    """Labels by their words, initials that come back, names in bold with or without a colon."""
    found = dict(find_labels(lines))
    times = _initials(lines)
    for index, line in enumerate(lines):
        label = candidate(line)
        if index not in found and label is not None and times[label.printed] >= 2:
            found[index] = label
    for index, printed in _bold_names(lines).items():
        behind = re.match(r"\s?:?\s*", lines[index].text[len(printed) :])
        found.setdefault(index, Label(printed, len(printed) + (behind.end() if behind else 0)))
    for index in _questions(lines) if found else ():
        found.setdefault(index, Label("", 0, name=INTERVIEWER))
    return dict(sorted(found.items()))


def _initials(lines: Sequence[Line]) -> Counter[str]:
    labels = [candidate(line) for line in lines if not line.hint]
    return Counter(label.printed for label in labels if label and _SHORT.fullmatch(label.printed))


def _bold_names(lines: Sequence[Line]) -> dict[int, str]:
    """Bold starts of lines that come back: "**Ada Holt** We have…", "**Ada Holt:** We have…".

    A question may be bold to its end, its label with it: "**The Review: Why?**".
    """
    starts = {}
    for index, line in enumerate(lines):
        start = line.text[: line.bold].strip()
        if start and not line.hint and (head := start.partition(":")[0].strip()):
            if _BOLD_NAME.fullmatch(head) and (":" in start or line.bold < len(line.text)):
                starts[index] = head
    times = Counter(starts.values())
    return {i: start for i, start in starts.items() if times[start] >= 2 and len(start) < 60}


def _questions(lines: Sequence[Line]) -> list[int]:
    """Paragraphs that are bold from end to end and longer than a name."""
    return [
        index
        for index, line in enumerate(lines)
        if line.bold == len(line.text) > 15 and not line.hint
    ]


def _by_weight(lines: Sequence[Line]) -> Labels:
    """Bold paragraphs open the interviewer's turns, the next one that is not bold the answer."""
    questions = set(_questions(lines))
    found = {}
    asked = answered = False
    for index, line in enumerate(lines):
        if index in questions:
            if not asked:
                found[index] = Label("", 0, name=INTERVIEWER)
            asked, answered = True, False
        elif line.text and not line.hint and asked and not answered:
            found[index] = Label("", 0, name=INTERVIEWEE)
            asked, answered = False, True
    return found


_NAMED: Final = Layout(_labels)
_WEIGHTED: Final = Layout(_by_weight)


def _is_weighted(page: Page) -> bool:
    return len(_questions(page.lines)) >= 2 and not _labels(page.lines)


def sniff(page: Page) -> float:
    """Initials or bold names that take turns; or bold questions and no label."""
    if _is_weighted(page):
        return 0.6
    if len(set(_bold_names(page.lines).values())) >= 2:
        return 0.6
    times = _initials(page.lines)
    return 0.4 if sum(count >= 2 for count in times.values()) >= 2 else 0.0


def read(page: Page, speaker: str | None = None) -> list[Reading]:
    """One document an interview."""
    if _is_weighted(page):
        warned = Page(page.name, page.lines, page.form, page.url, (*page.warnings, _WARNING))
        return read_turns(_WEIGHTED, warned, speaker)
    return read_turns(_NAMED, page, speaker)
