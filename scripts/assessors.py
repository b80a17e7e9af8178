"""The assessor that the package brings: built-in lexicon, calibration and policy."""

import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from trilogue import models
from trilogue.align.calibration import Calibration
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores import Assessor, Pair
from trilogue.align.select import Policy
from trilogue.corpora.batches import batched
from trilogue.corpora.errors import FormatError
from trilogue.corpora.types import Assessment

log: Final = logging.getLogger(__name__)
WEIGHTS: Final = Path(models.__path__[0]) / "weights"
BATCH: Final = 256
"""Pairs that are assessed together."""
ALONE: Final = ("confidence", "cosine", "bead", "neighbours")
"""Signals that need a model or a corpus."""


@lru_cache
def load_assessor(source_lang: str, target_lang: str, policy: Path | None = None) -> Assessor:
    """The assessor for two languages, with what there is for them.

    Without a lexicon or a calibration it still measures; probabilities are None then.

    :param policy: a user's own instead of the default.
    """
    rules = Policy.load(policy or WEIGHTS / "policy.toml")
    lexicon = WEIGHTS / f"lexicon-{target_lang}.npz"
    calibration = WEIGHTS / f"calibration-{target_lang}.json"
    ours = source_lang == "en"
    return Assessor(
        source_lang,
        target_lang,
        rules,
        lexicon=Lexicon.load(lexicon) if ours and lexicon.exists() else None,
        calibration=Calibration.load(calibration) if ours and calibration.exists() else None,
    )


def assess(
    pairs: Iterable[tuple[str, str]],
    *,
    source_lang: str,
    target_lang: str,
    second: Iterable[str] | None = None,
    policy: Path | None = None,
) -> Iterator[Assessment]:
    """Assess pairs as they come; what cannot be measured is said once.

    :param second: another draft of each source.
    :raises FormatError: if there is not one second draft a pair.
    """
    assessor = load_assessor(source_lang, target_lang, policy)
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
