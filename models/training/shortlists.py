"""Which pieces each language is written in, counted in what the model was trained on."""

from collections import Counter
from collections.abc import Iterable, Mapping

from trilogue.corpora.languages import language
from trilogue.models.shortlist import common
from trilogue.models.training.cleaning import Pair, alphabet
from trilogue.models.training.recipe import Data
from trilogue.models.training.vocabulary import PADDING, Vocabulary

AT_LEAST = 3
BEFORE = "<0x"  # a byte, for characters that are no piece


def shortlists(
    found: Mapping[Data, list[Pair]], vocabulary: Vocabulary, *, at_least: int = AT_LEAST
) -> dict[str, list[int]]:
    """Language → ids that its targets are made of; see ``models.shortlist``.

    Pieces with letters of a third alphabet are left out however often they stand in noisy targets:
    a shared decoder strays into the language it knows best. Latin stays, for names.
    """
    texts: dict[str, list[str]] = {}
    for data, pairs in found.items():
        if data.task != "reverse" and data.lang != "en":
            texts.setdefault(data.lang, []).extend(pair.target for pair in pairs)
    return {code: list(_ids(code, some, vocabulary, at_least)) for code, some in texts.items()}


def _ids(code: str, texts: list[str], vocabulary: Vocabulary, at_least: int) -> Iterable[int]:
    times = Counter(at for ids in vocabulary.encode(texts) for at in ids)
    allowed = {language(code).alphabet, "LATIN", "MODIFIER"}
    for at, piece in enumerate(vocabulary.tokens):
        if piece.startswith(BEFORE) or common(piece, times[at], at_least=at_least):
            if piece != PADDING and {alphabet(c) for c in piece if c.isalpha()} <= allowed:
                yield at
