"""The assessor: lexicon, calibration and policy of the package, or what a user brings instead."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from trilogue import models
from trilogue.align.calibration import Calibration
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores import Assessor, Pair
from trilogue.align.scores.assessor import VERSION
from trilogue.align.select import Policy
from trilogue.corpora import glossaries
from trilogue.corpora.batches import batched
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.glossary import SOURCE, Glossary
from trilogue.corpora.types import Assessment

log: Final = logging.getLogger(__name__)
WEIGHTS: Final = Path(models.__path__[0]) / "weights"
BATCH: Final = 256
"""Pairs that are assessed together."""
ALONE: Final = ("confidence", "right", "cosine", "bead", "neighbours")
"""Signals that need a model or a corpus."""
SCORES: Final = "scores"
"""In a calibration's record of what it was fitted on: the version of the scores."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a user brings: policy and calibration instead of the package's, a glossary beside them.

    :ivar calibration: a file that ``trilogue calibrate`` wrote, for one pair of languages.
    """

    policy: Path | None = None
    calibration: Path | None = None
    glossary: Path | None = None


@lru_cache
def load_assessor(source_lang: str, target_lang: str, own: Own = Own()) -> Assessor:
    """The assessor for two languages, with what there is for them.

    Without a lexicon or a calibration it still measures; probabilities are None then.

    :raises ConfigError: if what a user brought is no policy, or not for these languages.
    :raises FormatError: if it is no calibration, or no glossary.
    """
    lexicon = WEIGHTS / f"lexicon-{target_lang}.npz"
    return Assessor(
        source_lang,
        target_lang,
        Policy.load(own.policy or WEIGHTS / "policy.toml"),
        lexicon=Lexicon.load(lexicon) if source_lang == "en" and lexicon.exists() else None,
        calibration=load_calibration(source_lang, target_lang, own.calibration),
        glossary=None if own.glossary is None else _terms(own.glossary, source_lang, target_lang),
    )


def load_calibration(
    source_lang: str, target_lang: str, own: Path | None = None
) -> Calibration | None:
    """The calibration of two languages: the user's, else the package's, None if there is none.

    :raises ConfigError: if the user's is of other languages, or of other scores than these.
    :raises FormatError: if it is no calibration, or of another format.
    """
    shipped = WEIGHTS / f"calibration-{target_lang}.json"
    if own is None:
        return Calibration.load(shipped) if source_lang == "en" and shipped.exists() else None
    found = Calibration.load(own)
    if (found.source_lang, found.target_lang) != (source_lang, target_lang):
        got = f"fitted for {found.source_lang}-{found.target_lang}"
        raise ConfigError(f"{own}: {got}, expected {source_lang}-{target_lang}; name that one.")
    if (version := found.fitted_on.get(SCORES, VERSION)) != VERSION:
        got = f"fitted for {version}, expected {VERSION}"
        raise ConfigError(f"{own}: {got}: the scores changed since. Run 'trilogue calibrate' anew.")
    return found


def _terms(path: Path, source_lang: str, target_lang: str) -> Glossary | None:
    if source_lang != SOURCE:
        what = f"its terms are English, the source is in {source_lang!r}"
        raise ConfigError(f"{path}: {what}. Leave the glossary out.")
    found = glossaries.read(path).only(target_lang)
    if found is None:
        log.warning("%s: no terms in %r: terms are not measured", path, target_lang)
    return found


def assess(
    pairs: Iterable[tuple[str, str]],
    *,
    source_lang: str,
    target_lang: str,
    second: Iterable[str] | None = None,
    own: Own = Own(),
) -> Iterator[Assessment]:
    """Assess pairs as they come; what cannot be measured is said once.

    :param second: another draft of each source.
    :raises FormatError: if there is not one second draft a pair.
    """
    assessor = load_assessor(source_lang, target_lang, own)
    _say_what_is_missing(assessor, second is not None)
    coming = (Pair(source, target) for source, target in pairs)
    drafts = None if second is None else iter(second)
    for batch in batched(coming, BATCH):
        others = None if drafts is None else list(islice(drafts, len(batch)))
        if others is not None and len(others) < len(batch):
            raise FormatError(_unequal("fewer"))
        yield from assessor.assess(batch, second=others)
    if drafts is not None and next(drafts, None) is not None:
        raise FormatError(_unequal("more"))


def _unequal(how: str) -> str:
    what = f"got {how} second drafts than there are pairs, expected one a pair"
    return f"second: {what}. Draft the same file."


def _say_what_is_missing(assessor: Assessor, second: bool) -> None:
    languages = assessor.source_lang, assessor.target_lang
    missing = ALONE if second else ("agreement", *ALONE)
    log.info("not measured without a corpus: %s", ", ".join(missing))
    if assessor.lexicon is None:
        log.warning("no lexicon for %s-%s: coverage is null", *languages)
    if assessor.calibration is None:
        told = "no calibration for %s-%s: faithful and quality are null, nothing is accepted"
        log.warning(told, *languages)
