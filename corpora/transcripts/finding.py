"""The labels of a page, judged together: what is doubtful alone may come back, or be in bold."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from trilogue.corpora.transcripts.labels import (
    Label,
    Strength,
    candidate,
    is_prose,
    judge,
    uncommented,
)
from trilogue.corpora.transcripts.lexicon import STATES, THINGS, VOICES
from trilogue.corpora.transcripts.names import bare, is_capital, is_initial
from trilogue.corpora.transcripts.pages import Line

_OUTLETS: Final = frozenset(
    "agency channel gazette herald journal magazine news post press radio review telegraph"
    " television times tribune tv weekly".split()
)
_AGENCIES: Final = frozenset(
    "afp armenpress azertac bbc bloomberg cnbc cnn euronews interfax itar-tass izvestia kommersant"
    " nbc reuters sputnik tass vedomosti".split()
)
_ADDRESSED: Final = re.compile(
    r"(?:Mr\.?|Madam|Ms\.?) (?:President|Prime|Putin|Medvedev|Chairman|Chancellor|Secretary)\b"
    r"|(?:Good|Dear) (?:morning|afternoon|evening|day|Mr)\b|Vladimir Vladimirovich\b|Dmitry"
    r" Anatolyevich\b|Thank you\b|Уважаем\w+ |Здравствуйте|Добрый|Спасибо|Владимир Владимирович"
)


def surname(label: str) -> str:
    """The last word of a label, for look-up."""
    words = uncommented(label).split()
    return bare(words[-1]) if words else ""


def find_labels(lines: Sequence[Line], *, known: Iterable[str] = ()) -> Mapping[int, Label]:
    """The labels of a page: index into ``lines`` → label.

    :param known: names from the title, the summary and the list of persons.
    """
    judged = {}
    for index, line in enumerate(lines):
        label = candidate(line)
        if label is not None:
            judged[index] = (label, judge(label, line.text[label.length :]))
    strong = {i: label for i, (label, how) in judged.items() if how is Strength.STRONG}
    names = {surname(label.core) for label in strong.values()} | {surname(n) for n in known}
    bold = sum(lines[i].bold > 0 for i in strong)
    set_in_bold = bold >= 2 and bold * 2 > len(strong)
    times = Counter(label.core.casefold() for label, _ in judged.values())
    found = dict(strong)
    for index, (label, how) in judged.items():
        if how is Strength.NONE and set_in_bold and _bold_enough(lines[index], label):
            found[index] = label
        if how is not Strength.WEAK:
            continue
        is_bold = lines[index].bold >= len(label.printed)
        again = _comes_back(label, times) and not set_in_bold
        spoken = _ADDRESSED.match(lines[index].text, label.length) is not None
        if is_bold or surname(label.core) in names - VOICES or again or spoken:
            found[index] = label
    found.update(_between(lines, judged, found))
    cores = {label.core.casefold() for label in found.values()}
    if not set_in_bold:
        found |= {i: x for i, (x, how) in judged.items() if how and x.core.casefold() in cores}
    found.update(_bold_names(lines, {label.core.casefold() for label in found.values()}))
    return dict(sorted(found.items()))


def _between(
    lines: Sequence[Line],
    judged: Mapping[int, tuple[Label, Strength]],
    found: Mapping[int, Label],
) -> dict[int, Label]:
    """The doubtful labels of questions: of outlets, and between two answers of one speaker.

    Whoever is named again has been interrupted; if one line between could be the label, it is.
    """
    asked = {i: x for i, (x, how) in judged.items() if how is Strength.WEAK and i not in found}
    between = {
        i: x for i, x in asked.items() if "?" in lines[i].text and _is_outlet(x.core.split())
    }
    order = sorted({*found, *asked})
    for before, at, after in zip(order, order[1:], order[2:], strict=False):
        if at in asked and before in found and after in found:
            same = surname(found[before].core) == surname(found[after].core)
            asks = lines[at].text.endswith("?") or lines[after - 1].text.endswith("?")
            if same and asks and lines[before].bold == 0:
                between[at] = asked[at]
    return between


def _is_outlet(words: Sequence[str]) -> bool:
    """A newspaper, an agency or a station: "Reuters", "Los Angeles Times", "Para TV"."""
    if len(words) == 1:
        return bare(words[0]) in _AGENCIES
    return len(words) <= 5 and bare(words[-1]) in _OUTLETS and all(map(is_capital, words[:-1]))


def _bold_names(lines: Sequence[Line], names: set[str]) -> dict[int, Label]:
    """Labels without a colon: a line starts in bold with what is a label elsewhere."""
    found = {}
    surnames = {surname(name) for name in names}
    for index, line in enumerate(lines):
        printed = line.text[: line.bold].strip(" .;")
        short = is_initial(printed.split(" ")[0]) and surname(printed) in surnames
        if (short or printed.casefold() in names) and candidate(line) is None:
            found[index] = Label(printed, line.bold + (line.text[line.bold :][:1] == " "))
    return found


def _bold_enough(line: Line, label: Label) -> bool:
    """In a page that sets labels in bold: bold up to the colon and no further, and no prose."""
    words = label.core.split()
    exactly = len(label.printed) <= line.bold <= label.length
    return exactly and label.length < len(line.text) and len(words) <= 12 and not is_prose(words)


def _comes_back(label: Label, times: Mapping[str, int]) -> bool:
    """A label that comes back is one even if none of its words is known.

    Initials and two to four capitalised words twice, a single word three times: "Remember:" may
    come back in a speech too.
    """
    words = label.core.split()
    plain = {bare(word) for word in words}
    enough = 2 if len(words) > 1 or label.core.isupper() else 3
    return (
        times[label.core.casefold()] >= enough
        and len(words) <= 4
        and all(is_capital(word) for word in words)
        and not plain & (STATES | THINGS)
    )
