"""Train, validation and test: whole groups of documents, never single units.

A group is what belongs together: documents of one event, and documents that repeat each other. Its
split hangs on the hash of its name alone, and a document joins the group of an older one: so new
documents never move old ones.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from typing import Final

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.types import Document, Segment


class Split(StrEnum):
    """Where the units of a document go."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


TEST_SHARE: Final = 0.05
VALIDATION_SHARE: Final = 0.05
REPEATED: Final = 0.5
"""Share of its long sentences that makes a document the repetition of an older one."""
LONG: Final = 6
"""Words that make a sentence one of its own: "Thank you all." is said in every document."""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Membership:
    """Where one document goes.

    :ivar group: what hangs together with it; the same for all documents of the group.
    :ivar crossing: whether it repeats a document of another group, which it came too late to join.
    """

    group: str
    split: Split
    crossing: bool = False


def splits(corpus: Corpus) -> dict[str, Membership]:
    """Document → where it goes, for all documents of a corpus."""
    return assign(_with_sentences(corpus))


def assign(documents: Iterable[tuple[Document, Iterable[str]]]) -> dict[str, Membership]:
    """Where documents go.

    :param documents: in the order they came to the corpus, each with its segments' texts.
    """
    first_with: dict[int, str] = {}
    sizes: dict[str, int] = {}
    events: dict[str, str] = {}
    found: dict[str, Membership] = {}
    for document, sentences in documents:
        said = {key for text in sentences if (key := _key(text)) is not None}
        shared = Counter(first_with[key] for key in said if key in first_with)
        older = _repeated(shared, len(said), sizes)
        event = _event(document)
        known = events.get(event)
        group = known or (found[older].group if older else event)
        events.setdefault(event, group)
        crossing = older is not None and found[older].group != group
        found[document.id] = Membership(group, split_of(group), crossing)
        sizes[document.id] = len(said)
        for key in said:
            first_with.setdefault(key, document.id)
    return found


def split_of(group: str) -> Split:
    """The split of a group: the same in every corpus, on every machine."""
    part = int.from_bytes(sha256(f"split:{group}".encode()).digest()[:8]) / 2**64
    if part < TEST_SHARE:
        return Split.TEST
    return Split.VALIDATION if part < TEST_SHARE + VALIDATION_SHARE else Split.TRAIN


def normalised(text: str) -> list[str]:
    """The words of a sentence, without case, marks and compatibility forms."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def hash_of(words: Iterable[str]) -> int:
    """64 bits that stand for a sequence of words."""
    return int.from_bytes(sha256(" ".join(words).encode()).digest()[:8])


def _key(text: str) -> int | None:
    words = normalised(text)
    return hash_of(words) if len(words) >= LONG else None


def _event(document: Document) -> str:
    """One day is one event: its meeting, statements and press conference speak of the same."""
    return f"event:{document.date}" if document.date else f"document:{document.id}"


def _repeated(shared: Counter[str], own: int, sizes: dict[str, int]) -> str | None:
    """The older document that the most sentences are shared with, if they are enough."""
    for name, count in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if count >= REPEATED * min(own, sizes[name]):
            return name
    return None


def _with_sentences(corpus: Corpus) -> Iterator[tuple[Document, Iterable[str]]]:
    """Each document with the texts of its segments; both come in the order of the shards."""
    grouped = groupby(corpus.segments(), key=lambda segment: segment.document_id)
    waiting = next(grouped, None)
    for document in corpus.documents():
        own: Iterable[Segment] = ()
        if waiting is not None and waiting[0] == document.id:
            own = list(waiting[1])
            waiting = next(grouped, None)
        yield document, [segment.text for segment in own]
