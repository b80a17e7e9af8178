"""Damage done to good translations on purpose, so that scores can be fitted and measured.

Each kind takes the pairs of one text and gives back the ones that it could damage, with their
index. Everything is drawn from one seeded generator. The lists of negations here are written
apart from those in ``align.scores``: a detector that is tested on its own list proves nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Final

Pairs = Sequence[tuple[str, str]]
Damaged = list[tuple[int, str, str]]

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NAME: Final = re.compile(r"(?<=[^\W\d_][ ,] |[^\W\d_]{2} )[^\W\d_]{3,}")


def shifted(pairs: Pairs, random: Random) -> Damaged:
    """Each source with the target of the next pair."""
    return [
        (i, source, pairs[(i + 1) % len(pairs)][1])
        for i, (source, target) in enumerate(pairs)
        if pairs[(i + 1) % len(pairs)][1] != target
    ]


def unrelated(pairs: Pairs, random: Random) -> Damaged:
    """Each source with a target of about the right length from elsewhere."""
    by_length = sorted(range(len(pairs)), key=lambda i: len(pairs[i][1]))
    place = {index: rank for rank, index in enumerate(by_length)}
    found = []
    for i, (source, target) in enumerate(pairs):
        near = by_length[max(0, place[i] - 15) : place[i] + 16]
        other = pairs[random.choice(near)][1]
        if other != target:
            found.append((i, source, other))
    return found


def halved(pairs: Pairs, random: Random) -> Damaged:
    """The first or the second half of the target's words is gone."""
    found = []
    for i, (source, target) in enumerate(pairs):
        words = target.split()
        if len(words) >= 6:
            middle = len(words) // 2
            kept = words[:middle] if random.random() < 0.5 else words[middle:]
            found.append((i, source, " ".join(kept)))
    return found


_BREAK: Final = re.compile(r"(?<=[,;:—–։.!?])\s+")
_END: Final = re.compile(r"[.!?։:…][\s»”\"')]*$")


def clipped(pairs: Pairs, random: Random) -> Damaged:
    """One clause or sentence of the target is gone, and nothing else shows it."""
    found = []
    for i, (source, target) in enumerate(pairs):
        clauses = _clauses(target)
        words = len(target.split())
        spare = [k for k, one in enumerate(clauses) if 0.15 <= len(one.split()) / words <= 0.5]
        if len(clauses) > 1 and words >= 8 and spare:
            gone = random.choice(spare)
            kept = " ".join(clauses[:gone] + clauses[gone + 1 :])
            found.append((i, source, _finished(kept, like=target)))
    return found


def _clauses(text: str) -> list[str]:
    """The pieces between marks, of three words or more."""
    found: list[str] = []
    for piece in _BREAK.split(text):
        if found and min(len(piece.split()), len(found[-1].split())) < 3:
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def _finished(text: str, *, like: str) -> str:
    """The text with the capital and the last mark that a sentence has."""
    text = re.sub(r"[\s,;:—–-]+$", "", text)
    end = _END.search(like)
    if end is not None and not _END.search(text):
        text += end.group()
    return text[:1].upper() + text[1:]


def padded(pairs: Pairs, random: Random) -> Damaged:
    """Half of another target is added."""
    found = []
    for i, (source, target) in enumerate(pairs):
        other = random.choice(pairs)[1].split()
        if len(target.split()) >= 6 and len(other) >= 6:
            found.append((i, source, target + " " + " ".join(other[: len(other) // 2])))
    return found


def copied(pairs: Pairs, random: Random) -> Damaged:
    """The source, untranslated."""
    return [(i, s, s) for i, (s, _) in enumerate(pairs) if len(s.split()) >= 4]


def looped(pairs: Pairs, random: Random) -> Damaged:
    """The last words are said again and again."""
    found = []
    for i, (source, target) in enumerate(pairs):
        words = target.split()
        if len(words) >= 4:
            tail = words[-random.randint(1, min(5, len(words))) :]
            found.append((i, source, " ".join(words + tail * random.randint(3, 8))))
    return found


def renumbered(pairs: Pairs, random: Random) -> Damaged:
    """One number in digits is another one."""
    found = []
    for i, (source, target) in enumerate(pairs):
        places = list(_NUMBER.finditer(target))
        if not places or not _NUMBER.search(source):
            continue
        place = random.choice(places)
        start, end = place.span()
        found.append((i, source, target[:start] + _another(place.group(), random) + target[end:]))
    return found


def _another(number: str, random: Random) -> str:
    way = random.random()
    if way < 0.2 and number.isdigit():
        return number + "0"
    if way < 0.35 and len(number) > 2 and number.isdigit():
        return number[:-1]
    at = random.choice([k for k, letter in enumerate(number) if letter.isdigit()])
    digits = [d for d in "123456789" if d != number[at]]
    return number[:at] + random.choice(digits) + number[at + 1 :]


def renamed(pairs: Pairs, random: Random) -> Damaged:
    """One capitalised word inside the target is a capitalised word of another target."""
    names = [
        match.group()
        for _, target in pairs
        for match in _NAME.finditer(target)
        if _is_name(match.group())
    ]
    found: Damaged = []
    if not names:
        return found
    for i, (source, target) in enumerate(pairs):
        if not any(word[0].isupper() and len(word) > 2 for word in re.findall(r"\w+", source)[1:]):
            continue
        places = [match for match in _NAME.finditer(target) if _is_name(match.group())]
        if not places:
            continue
        place = random.choice(places)
        other = random.choice(names)
        while other[:3] == place.group()[:3] or other in target:
            other = random.choice(names)
        start, end = place.span()
        found.append((i, source, target[:start] + other + target[end:]))
    return found


def _is_name(word: str) -> bool:
    return word[0].isupper() and word[1:].islower()


_AFFIRMED: Final[dict[str, list[tuple[str, str]]]] = {
    "ru": [
        (r"\b[Нн]икогда не ", ""),
        (r"\b[Нн]е (?=\w)", ""),
        (r"\bнельзя\b", "можно"),
        (r"\bнет\b", "есть"),
    ],
    "hy": [
        (r"\b[Չչ](?=(?:եմ|ես|է|ենք|եք|են|էի|էիր|էր|էինք|էիք|էին|ի|կա|կան|ունի|ունեն|կարող)\b)", ""),
        (r"\bչի\b", "է"),
        (r"\b[Չչ](?=[ա-ֆ]{3,}(?:ել|եց|եցին|ում|ի|են|վել|վեց|ված|ող)\b)(?!որս|ափ|ար|ին)", ""),
    ],
    "az": [
        (r"(?<=\w)m([ıiuü]r)(?=\b|[lsdəa])", r"\1"),
        (r"(?<=\w)m[aə](d[ıi])(?=\b|[lkmqn])", r"\1"),
        (r"(?<=\w)m[aə]y([ıi]b)", r"\1"),
        (r"(?<=\w)m(aya|əyə)(ca[qğ]|cə[kyg])", r"a\2"),
        (r"(?<=\w{2})m[aə]z(?=\b|lar|lər)", r"ər"),
        (r" deyil\b", " olur"),
        (r"\byox(dur)?\b", r"var\1"),
    ],
    "en": [
        (r"n't\b", ""),
        (r"\b(?:not|never) ", ""),
        (r"\bcannot\b", "can"),
        (r"\bnobody\b", "everybody"),
        (r"\bnothing\b", "everything"),
    ],
}


def affirmed(pairs: Pairs, random: Random, *, language: str) -> Damaged:
    """Every negation that is found in the target is taken out of it, if the source denies."""
    found = []
    for i, (source, target) in enumerate(pairs):
        if not re.search(r"\b(?:not|never|cannot|nobody|nothing)\b|n['’]t\b", source):
            continue
        said = target
        for form, instead in _AFFIRMED[language]:
            said = re.sub(form, instead, said)
        if said != target:
            found.append((i, source, said))
    return found


def denied(pairs: Pairs, random: Random) -> Damaged:
    """The source affirms what it denied: the target has a negation too many."""
    found = []
    for i, (source, target) in enumerate(pairs):
        said = source.replace("’", "'")
        for form, instead in _AFFIRMED["en"]:
            said = re.sub(form, instead, said)
        if said != source.replace("’", "'"):
            found.append((i, said, target))
    return found


KINDS: Final[dict[str, Callable[[Pairs, Random], Damaged]]] = {
    "shifted": shifted,
    "unrelated": unrelated,
    "halved": halved,
    "clipped": clipped,
    "padded": padded,
    "copied": copied,
    "looped": looped,
    "renumbered": renumbered,
    "renamed": renamed,
    "denied": denied,
}


def merged(pairs: Pairs, random: Random) -> Damaged:
    """Two sources of which one was translated."""
    found = []
    for i, ((source, target), (after, other)) in enumerate(pairwise(pairs)):
        found.append((i, f"{source} {after}", target if random.random() < 0.5 else other))
    return found


def neighboured(pairs: Pairs, random: Random) -> Damaged:
    """A name of the target is one that stands within five lines of it."""
    found: Damaged = []
    names = [[m for m in _NAME.finditer(target) if _is_name(m.group())] for _, target in pairs]
    for i, (source, target) in enumerate(pairs):
        near = [m.group() for some in names[max(0, i - 5) : i + 6] for m in some]
        others = [name for name in near if name not in target]
        if names[i] and others:
            start, end = random.choice(names[i]).span()
            found.append((i, source, target[:start] + random.choice(others) + target[end:]))
    return found


def exchanged(pairs: Pairs, random: Random) -> Damaged:
    """Two numbers of the target have changed places."""
    found = []
    for i, (source, target) in enumerate(pairs):
        places = list(_NUMBER.finditer(target))
        if len({place.group() for place in places}) > 1 and _NUMBER.search(source):
            one, two = places[0], next(m for m in places if m.group() != places[0].group())
            between = target[one.end() : two.start()]
            said = target[: one.start()] + two.group() + between + one.group() + target[two.end() :]
            found.append((i, source, said))
    return found


UNSEEN: Final[dict[str, Callable[[Pairs, Random], Damaged]]] = {
    "merged": merged,
    "neighboured": neighboured,
    "exchanged": exchanged,
}
"""Damage that nothing was fitted on: to measure only."""


def damages(
    pairs: Pairs,
    language: str,
    *,
    foreign: Sequence[Sequence[str]] = (),
    seed: int = 7,
    unseen: bool = False,
) -> Iterator[tuple[str, Damaged]]:
    """Every kind of damage and the pairs that have it.

    :param language: of the targets.
    :param foreign: the same text in other languages, line by line: "wrong language".
    :param unseen: the kinds that nothing is fitted on, too.
    """
    for kind, damage in (KINDS | UNSEEN if unseen else KINDS).items():
        yield kind, damage(pairs, Random(f"{seed} {kind}"))
    yield "affirmed", affirmed(pairs, Random(f"{seed} affirmed"), language=language)
    for lines in foreign:
        wrong = zip(pairs, lines, strict=True)
        yield "foreign", [(i, source, line) for i, ((source, _), line) in enumerate(wrong)]
