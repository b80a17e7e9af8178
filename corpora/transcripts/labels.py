"""Speakers' labels: which words before a colon name a speaker, and which are prose.

Each candidate is judged alone by its shape (:func:`judge`); :mod:`finding` judges all of a page
together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from trilogue.corpora.transcripts.lexicon import (
    ADDRESSES,
    ALL_ROLES,
    GIVEN_NAMES,
    LINKS,
    NEVER,
    NO_START,
    PARTICIPLES,
    PARTICLES,
    SOMEBODY,
    STATES,
    THINGS,
    VOICES,
)
from trilogue.corpora.transcripts.names import (
    HINTED,
    bare,
    calmed,
    is_capital,
    is_initial,
    is_shouted,
    spaced,
)
from trilogue.corpora.transcripts.pages import Line

LONGEST: Final = 320
"""Code points of the longest label that is looked for."""

_NOTE: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_COLON: Final = re.compile(r"\s?[:：](?=\s|$|[\"“«(\[<…–—]|[^\W\d_])")
_QUOTES: Final = str.maketrans("", "", '“”„«»"')
_HONORIFICS: Final = frozenset("majesty highness holiness excellency eminence".split())
_MEDIA: Final = frozenset(
    "newspaper magazine agency channel radio television газета телеканал".split()
)
_OPENING: Final = frozenset('"“”„«‘')
_SURNAME: Final = re.compile(
    r"(?:ov|ev|yov|in|yn|sky|skiy|skii|skaya|ova|eva|ina|yna|ko|enko|uk|yuk|ich|ych|yan|ian|ants"
    r"|iants"
    r"|shvili|dze|zade|zadeh|li|lu|bayev|bekov|ман|ов|ев|ёв|ин|ын|ский|ская|ова|ева|ёва|ина|ына|ко"
    r"|ич"
    r"|ян|швили|дзе|заде|յան|յանց)$"
)
_PATRONYMIC: Final = re.compile(r"(?:ovich|evich|yevich|ovna|evna|yevna|ович|евич|овна|евна)$")
_VOICE_MORE: Final = re.compile(
    r"(?:from|by|of|to|in|for|via|through|из|от|с|с места|в)\b", re.IGNORECASE
)
_PRONOUN: Final = re.compile(r"\bI(?:[’']\w+)?\b(?!\. ?[A-Z])")
_REGNAL: Final = re.compile(r"\w I\b(?=,|$| of)")
_SENTENCE_END: Final = re.compile(r"[!?;…]|\.(?=\s)")
_ABBREVIATIONS: Final = frozenset(
    "st dr mr mrs ms gen col lt maj sgt rev hon prof jr sr no им".split()
)


_ARMENIAN_PAST: Final = ("ել", "վեց", "եց", "աց", "վում", "նում", "լիս", "ելու", "եցին", "ացին")
_ARMENIAN: Final = re.compile(r"[\u0531-\u0587]")
_ARMENIAN_CASE: Final = re.compile(r"(?:ը|նն|ում|ից|յանին?|յանով|ների|ներ)$")


class Strength(IntEnum):
    """How far a shape alone speaks for a label."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the start of a line.

    :ivar printed: as it stands, without the colon.
    :ivar length: code points of the line that it takes, colon and white space included.
    :ivar note: what stands in brackets at its end: "retranslated".
    :ivar name: the name in it, if the layout says which part that is.
    :ivar role: the rest of it, where ``name`` is given.
    """

    printed: str
    length: int
    note: str | None = None
    name: str | None = None
    role: str | None = None

    @property
    def core(self) -> str:
        """The label without its note."""
        return uncommented(self.printed).strip(" ,") or self.printed


def uncommented(label: str) -> str:
    """A label without what it has in brackets."""
    return _NOTE.sub("", label)


def candidate(line: Line) -> Label | None:
    """What stands before the first colon of a line that could be a label, None if nothing does."""
    found = _COLON.search(line.text, 0, LONGEST)
    while found is not None and _inside_brackets(line.text[: found.start()]):
        found = _COLON.search(line.text, found.end(), LONGEST)
    if found is None or not found.start():
        return None
    printed = line.text[: found.start()].strip()
    end = found.end()
    after = re.match(r"\s*(\([^()]{3,60}\)|\[[^\[\]]{3,60}\])\s*:\s*", line.text[end:])
    if after:  # "Suheil Salman al-Hassan: (re-translated): Hopefully…"
        printed, end = f"{printed} {after.group(1)}", end + after.end()
    while end < len(line.text) and line.text[end] == " ":
        end += 1
    notes = _NOTE.findall(printed)
    note = notes[-1].strip(" ()[]") if notes and printed.endswith((")", "]")) else None
    return Label(printed, end, note)


def _inside_brackets(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def judge(label: Label, rest: str) -> Strength:
    """How far a candidate looks like a label by itself.

    :param rest: the text after it on the same line, "" if it stands alone.
    """
    core = spaced(label.core.translate(_QUOTES))
    shouted = is_shouted(core)
    if shouted:
        core = calmed(core)
    words = core.split()
    if HINTED.fullmatch(core):
        return Strength.STRONG
    if not words or not (core[0].isupper() or core[0].isdigit() or bare(words[0]) in ALL_ROLES):
        return Strength.NONE
    if _is_voice(words):
        lower = rest[:1].islower()
        return Strength.WEAK if lower else Strength.STRONG
    if _is_office(words):
        return Strength.WEAK
    if is_prose(words) or _is_address(words) or _is_armenian_sentence(words, rest):
        return Strength.NONE
    strength = _shape(words, core)
    if rest[:1] in _OPENING and _is_read_out(core, words):
        strength = min(strength, Strength.WEAK)
    if shouted and strength is Strength.NONE and len(words) <= 8:
        strength = Strength.WEAK
    if strength is Strength.STRONG and rest[:1].islower() and not _has_given_name(words):
        return Strength.WEAK
    return strength


def _is_read_out(core: str, words: Sequence[str]) -> bool:
    """Whether a name with a place may be a letter's, before its words: 'Severny: "The ferry…"'."""
    if " from " in core:
        return True
    return "," in core and not _has_given_name(words[:1])


def _is_voice(words: Sequence[str]) -> bool:
    """Somebody without a name: "Question", "Voice from the audience"."""
    first = bare(words[0])
    if first == "a" and len(words) == 2 and bare(words[1]) in SOMEBODY:
        return True
    if first == "from" and bare(words[-1]) in {"audience", "author", "floor", "hall"}:
        return True
    if (first, bare(words[-1])) in {("из", "зала"), ("с", "места")}:
        return True
    if len(words) == 1 and first in SOMEBODY:
        return True
    if first in NO_START - VOICES or first not in VOICES:
        second = bare(words[1]) if len(words) == 2 else ""
        return first in {"unidentified", "tv", "female", "male", "young"} and second in (
            VOICES | ALL_ROLES | SOMEBODY
        )
    if len(words) == 1 or (len(words) == 2 and words[1].isdigit()):
        return True
    if len(first) == 1 or len(words) > 9:
        return False
    rest = " ".join(words[1:])
    return _VOICE_MORE.match(rest) is not None and not _has_never(words)


def _has_never(words: Iterable[str]) -> bool:
    """A pronoun, an auxiliary, or a lower-case word that looks like a verb in the past tense."""
    low = [word.replace("’", "'").strip(",") for word in words if word[0].islower()]
    return any(word in NEVER or _is_past(word) for word in low)


def _is_past(word: str) -> bool:
    if len(word) > 4 and word.endswith(_ARMENIAN_PAST):
        return True
    return word.endswith("ed") and "-" not in word and word not in PARTICIPLES


def _is_office(words: Sequence[str]) -> bool:
    """An office with its article: "The President", "The Prime Minister"."""
    office = words[0] == "The" and 2 <= len(words) <= 4 and bare(words[-1]) in ALL_ROLES
    return office and all(map(is_capital, words))


def _is_armenian_sentence(words: Sequence[str], rest: str) -> bool:
    """Whether a colon stands for the Armenian full stop: "…ընդունեց նախագահ Արամ Սևունցը:".

    A label ends in a bare name or an office; the subject of a sentence has an article.
    """
    if not _ARMENIAN.search(words[-1]):
        return False
    cased = _ARMENIAN_CASE.search(bare(words[-1])) and bare(words[-1]) not in ALL_ROLES
    alone = not rest and len(words) > 6
    return len(words) > 1 and bool(cased or alone) or len(words) > 12 or "՝" in "".join(words)


def is_prose(words: Sequence[str]) -> bool:
    """Whether something in the words rules a label out."""
    if len(words) > 40 or _has_never(words):
        return True
    first = bare(words[0])
    second = bare(words[1]) if len(words) > 1 else ""
    honorific = second in _HONORIFICS or first == "under" and second in ALL_ROLES
    if first in NO_START and not honorific and not is_initial(words[0]):
        return True
    if any(word in {"–", "—", "-"} for word in words[:2]):
        return True
    text = " ".join(words)
    for end in _SENTENCE_END.finditer(text):
        if end.group() != ".":
            return True
        before = text[: end.start() + 1].split()[-1]
        if not is_initial(before) and bare(before) not in _ABBREVIATIONS:
            return True
    return _PRONOUN.search(text) is not None and not _REGNAL.search(text)


def _is_address(words: Sequence[str]) -> bool:
    plain = [bare(word) for word in words]
    if plain[0] in {"mr", "mrs", "ms", "madam", "madame", "comrade", "господин", "госпожа"}:
        return len(plain) > 1 and all(
            word in ADDRESSES
            or word in {"prime", "vice", "deputy", "speaker", "secretary", "general"}
            for word in plain[1:]
        )
    return all(word in ADDRESSES or word in LINKS for word in plain) and plain[-1] in (
        ADDRESSES - {"president", "minister", "chairman"}
    )


def _shape(words: Sequence[str], core: str) -> Strength:
    parts = [part.split() for part in core.split(",")]
    if len(parts) == 1 and all(is_capital(word) or word in PARTICLES for word in words):
        return _bare_name(words)
    roles = [index for index, word in enumerate(words) if bare(word) in ALL_ROLES]
    named = is_capital(words[-1]) and bare(words[-1]) not in THINGS | STATES
    if roles and named and roles[0] < len(words) - 1:
        return Strength.STRONG
    if "from" in words[1:4] and len(words) <= 8 and not roles:
        head, tail = words[: words.index("from")], words[words.index("from") + 1 :]
        proper = all(is_capital(word) or word in PARTICLES or word == "the" for word in tail)
        if tail and proper and all(is_capital(word) for word in head):
            return _bare_name(head)
    if len(parts) > 1 and parts[0] and parts[-1]:
        return _name_and_place(parts, has_role=bool(roles))
    if roles and (roles[0] <= 4 or roles[-1] == len(words) - 1) and len(words) <= 16:
        return Strength.STRONG if _role_alone(words, roles) else Strength.WEAK
    if bare(words[-1]) in _MEDIA and len(words) <= 6:
        return Strength.WEAK
    if named and len(words) <= 16 and bare(words[-2]) not in LINKS:
        return Strength.WEAK
    return Strength.NONE


def _bare_name(words: Sequence[str]) -> Strength:
    """Capitalised words only."""
    plain = [bare(word) for word in words]
    if len(words) == 1:
        if plain[0] in GIVEN_NAMES or plain[0] in ALL_ROLES:
            return Strength.STRONG
        return Strength.WEAK
    if len(words) > 6:
        return Strength.STRONG if any(word in ALL_ROLES for word in plain) else Strength.WEAK
    if any(word in ALL_ROLES for word in plain[:-1]) or plain[-1] in ALL_ROLES:
        return Strength.STRONG
    if any(is_initial(word) for word in words[:-1]):
        return Strength.STRONG
    if len(words) == 2 and _PATRONYMIC.search(plain[1]):
        return Strength.WEAK
    if plain[0] in GIVEN_NAMES or (_SURNAME.search(plain[-1]) and plain[-1] not in STATES):
        return Strength.STRONG
    if any(word in THINGS or word in STATES for word in plain):
        return Strength.WEAK
    return Strength.STRONG


def _name_and_place(parts: Sequence[Sequence[str]], *, has_role: bool) -> Strength:
    """A name and what follows its comma: "Dmitry, Severny", "Ada Holt, head of a school"."""
    first, rest = parts[0], [word for part in parts[1:] for word in part]
    if not all(is_capital(word) or word in PARTICLES for word in first):
        return Strength.WEAK if has_role else Strength.NONE
    if len(first) > 5:
        return Strength.WEAK if has_role else Strength.NONE
    person = _bare_name(first) is Strength.STRONG
    content = [word for word in rest if bare(word) not in LINKS]
    proper = sum(is_capital(word) for word in content) * 2 >= len(content)
    if person and (has_role or proper or _has_given_name(first[:1])):
        return Strength.STRONG
    return Strength.WEAK if person or has_role or (proper and len(first) > 1) else Strength.NONE


def _role_alone(words: Sequence[str], roles: Sequence[int]) -> bool:
    """The head noun is a role: "Director of the school", "School teacher"."""
    head = next((index for index, word in enumerate(words) if bare(word) in LINKS), len(words))
    if roles[0] == 0 and head < len(words) and all(map(is_capital, words[:head])):
        return True  # "Patriarch Ioann of the North", "King Olav I of Nordland"
    if head - 2 in roles and is_capital(words[head - 1]):
        return True
    return head - 1 in roles or roles[-1] == len(words) - 1 == head - 1


def _has_given_name(words: Iterable[str]) -> bool:
    return any(bare(word) in GIVEN_NAMES or is_initial(word) for word in words)
