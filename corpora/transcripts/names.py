"""One person, one identity: title, case and initials are taken off, the role is kept as printed."""

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from trilogue.corpora.transcripts.lexicon import (
    ALL_ROLES,
    GIVEN_NAMES,
    LINKS,
    PARTICLES,
    STATES,
    THINGS,
)

INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,2}\.[ -]?){1,3}")
_GLUED_INITIAL: Final = re.compile(r"^((?:[^\W\d_]\.-?){1,3})(?=[^\W\d_]{2})")
_GLUED_NAME: Final = re.compile(r"^(?P<given>[A-Z][a-z]{2,})(?P<surname>[A-Z][a-z]{2,})$")
HINTED: Final = re.compile(
    r"(?:[^\W\d_]{1,2}\. ?)+(?P<surname>\S+) (?P=surname) (?P<given>[^\W\d_]+)"
    r"(?: [^\W\d_]+(?:вич|вна|ич))? (?P<role>.+)"
)
"""A label with the hint that the site shows over it: surname, given name, office."""

_PAIR: Final = re.compile(
    r"(?<![\w’'-])(?P<first>[^\W\d_][\w’'-]+)(?= (?P<second>[^\W\d_a-z][\w’'-]*))"
)
_LONGEST_NAME: Final = 8
_MAC: Final = re.compile(r"\bMa?c(?=[A-Z])")
_EDGES: Final = " ,;:.()[]“”„«»\"'–—-"
_COURTESY: Final = {"mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms.", "dr", "dr.", "sir", "madam"}


def bare(word: str) -> str:
    """A word for look-up: lower case, no punctuation at its edges, no possessive."""
    word = word.strip(_EDGES).casefold().replace("’", "'")
    return word.removesuffix("'s")


def spaced(label: str) -> str:
    """Initials and given names apart from the surname: "T. Lugovoy" of "T.Lugovoy"."""
    words = (_GLUED_INITIAL.sub(r"\1 ", word) for word in label.split())
    return " ".join(_GLUED_NAME.sub(_part, word) for word in words)


def _part(match: re.Match[str]) -> str:
    """A given name and the surname that it is glued to: "Timofei Lugovoy" of "TimofeiLugovoy"."""
    apart = match["given"].casefold() in GIVEN_NAMES
    return f"{match['given']} {match['surname']}" if apart else match.group()


def is_initial(word: str) -> bool:
    """Whether a word is an initial or several: "V.", "M.V."."""
    return INITIALS.fullmatch(word) is not None


def is_capital(word: str) -> bool:
    """A word that starts with a capital letter, "al-Assad" and "McDonald" included."""
    letters = word.strip(_EDGES)
    if not letters:
        return False
    parts = letters.split("-")
    return letters[0].isupper() or (
        len(parts) > 1 and parts[0] in PARTICLES and parts[1][:1].isupper()
    )


def is_shouted(label: str) -> bool:
    """All letters are capitals, and it is more than initials ("NR", "V.P.", "BBC")."""
    if bare(label) in ALL_ROLES and len(label) > 1:
        return label.isupper()
    plain = _MAC.sub("", label)
    return plain.isupper() and (len(label) > 4 or " " in label) and not is_initial(label)


def calmed(label: str) -> str:
    """Capitals at the start of words only: "CHAIR OF THE PORT" as "Chair of the Port"."""

    def calm(match: re.Match[str]) -> str:
        word = match.group()
        if word.casefold() in LINKS and match.start():
            return word.casefold()
        capital = re.sub(r"(?:^|(?<=[-’']))[^\W\d_]", lambda m: m.group().upper(), word.casefold())
        capital = re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), capital)
        return "Mac" + capital[3:].capitalize() if word.startswith("Mac") else capital

    return re.sub(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", calm, label)


def split_label(
    label: str, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, str | None]:
    """The name in a label and the role beside it, None if there is none.

    :param known: full names met elsewhere in the document ("Recep Tayyip Erdogan"), by their small
        letters: they say where a name starts that nothing else marks.
    """
    label = spaced(label)
    if hinted := HINTED.fullmatch(label):
        return f"{hinted['given']} {hinted['surname']}", hinted["role"]
    head, comma, tail = label.partition(",")
    if comma and _looks_like_name(head.split()):
        return _clean(head), tail.strip() or None
    head, of, tail = label.partition(" from ")
    if of and _looks_like_name(head.split()):
        return _clean(head), f"from {tail.strip()}"
    head, comma, tail = label.partition(",")
    words = label.split()
    for start in range(max(0, len(words) - _LONGEST_NAME), len(words) - 1):
        name = " ".join(words[start:])
        if name.casefold() in known:
            return known[name.casefold()], " ".join(words[:start]).strip(_EDGES) or None
    if comma and _looks_like_role(tail) and not _looks_like_role_first(tail):
        name, role = split_label(head)
        return name, ", ".join(part for part in (role, tail.strip()) if part)
    start = _name_start(words)
    if start == len(words):
        return label, None
    role = " ".join(words[:start]).strip(" ,–")
    return _clean(" ".join(words[start:])), None if role.casefold() in _COURTESY else role or None


def _looks_like_name(words: list[str]) -> bool:
    if not 1 <= len(words) <= 5:
        return False
    plain = [bare(word) for word in words]
    if any(word in ALL_ROLES or word in THINGS or word in STATES for word in plain):
        return False
    return is_capital(words[-1]) and all(is_capital(word) or word in PARTICLES for word in words)


def _looks_like_role(text: str) -> bool:
    return any(bare(word) in ALL_ROLES for word in text.split())


def _looks_like_role_first(text: str) -> bool:
    """A second role before the name: "…, Minister of Energy Ivan Petrov"."""
    words = text.split()
    return 0 < _name_start(words) < len(words) and len(words) - _name_start(words) >= 2


def _name_start(words: list[str]) -> int:
    """Where the name at the end of a label starts; ``len(words)`` if it ends in no name."""
    start = len(words)
    while start and _may_be_name(words[start - 1]):
        start -= 1
    while start < len(words) and words[start] in PARTICLES:
        start += 1
    run = words[start:]
    for offset, word in enumerate(run):
        if is_initial(word) or (bare(word) in GIVEN_NAMES and offset < len(run) - 1):
            return start + offset
    while len(run) > 1 and bare(run[0]) in STATES:
        run = run[1:]
    if start == 0 or bare(words[start - 1]) in ALL_ROLES or len(run) <= 2:
        return len(words) - len(run)
    keep = 3 if any(word in PARTICLES for word in run[:-1]) else 2
    return len(words) - min(len(run), keep)


def _may_be_name(word: str) -> bool:
    if word.endswith(",") or word.endswith(")"):
        return False
    plain = bare(word)
    if plain in ALL_ROLES or plain in THINGS:
        return False
    if re.search(r"[’']s$", word) or any(letter.isdigit() for letter in word):
        return False
    return (
        is_capital(word) or word in PARTICLES - {"и", "as", "at", "de", "la", "a"} or word == "de"
    )


def _clean(name: str) -> str:
    words = [word.strip(" ,;:()") for word in name.split()]
    while len(words) > 1 and words[0].casefold() in _COURTESY:
        words.pop(0)
    return " ".join(words)


def pairs_of(text: str) -> dict[str, set[str]]:
    """Capitalised words of a text to the words that stand right before them."""
    found: dict[str, set[str]] = {}
    for match in _PAIR.finditer(text):
        found.setdefault(re.sub(r"[’']s$", "", match["second"]), set()).add(match["first"])
    return found


def full_name(surname: str, pairs: Mapping[str, Collection[str]]) -> str:
    """The name with the given name that stands before it in a text, if it is always the same one.

    "Quill" is "Nora Quill" by "Press Briefing by Press Secretary Nora Quill".

    :param pairs: what :func:`pairs_of` makes of the text.
    """
    found = set()
    for given in pairs.get(surname, ()):
        plain = bare(given)
        known = ALL_ROLES | THINGS | STATES | LINKS | _COURTESY
        if is_capital(given) and not given.isupper() and plain not in known:
            found.add(f"{given} {surname}")
    return found.pop() if len(found) == 1 else surname


def unify(names: Iterable[str]) -> dict[str, str]:
    """Printed names to one identity each: the fullest form with the same surname and initial.

    "V. Putin", "Putin" and "PUTIN" go to "Vladimir Putin" if that is the only Putin who fits.
    """
    ordered = list(dict.fromkeys(names))
    fullest: dict[tuple[str, ...], list[str]] = {}
    for name in ordered:
        words = name.casefold().split()
        if len(words) > 1 and not is_initial(words[0]):
            first, last = words[0], words[-1]
            for key in (("", last), (first[0], last, ""), (first, last), ("", *words, "")):
                fullest[key] = _fuller(fullest.get(key, []), name)
    found = {}
    for name in ordered:
        best = _fits(name, fullest)
        found[name] = best[0] if len(best) == 1 else name
    return found


def _fuller(best: list[str], name: str) -> list[str]:
    """The names with the most words, the first two of them that differ in more than case."""
    more = len(name.split()) - len(best[0].split()) if best else 1
    if more > 0:
        return [name]
    differs = not more and name.casefold() != best[0].casefold()
    return [best[0], name] if differs else best


def _fits(name: str, fullest: Mapping[tuple[str, ...], list[str]]) -> list[str]:
    """The fullest names that a printed one may stand for."""
    words = name.casefold().split()
    firsts = [word for word in words[:-1] if word not in _COURTESY]
    if not firsts:
        return fullest.get(("", words[-1]), [])
    if is_initial(firsts[0]):
        return fullest.get((firsts[0][0], words[-1], ""), [])
    best = fullest.get((words[0], words[-1]), [])
    fuller = best and len(best[0].split()) > len(words)
    return best if fuller else fullest.get(("", *words, ""), [])
