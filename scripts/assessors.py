"""The assessor that the package brings: built-in lexicon, calibration and policy."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from trilogue import models
from trilogue.align.calibration import Calibration
from trilogue.align.lexicon import Lexicon
from trilogue.align.scores import Assessor
from trilogue.align.select import Policy

WEIGHTS: Final = Path(models.__path__[0]) / "weights"


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
