"""Measure how often the built-in model's drafts are right, and add it to the calibrations:

    python -m trilogue.scripts.fitting.drafts --shared ../shared

Run it after ``scripts.fitting.scores``, which drops what this adds. ``draft_labels.tsv`` holds what
reading said of drafts: 1 if a draft says what its source says, whole, and can be read; 0 if a word
is garbled, missing, invented or of another sense. The reader was a language model and saw no
reference and no score. A label belongs to one source and one draft (their digest): another model's
drafts have to be read anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import click
import msgspec
import numpy as np

import trilogue
from trilogue.align.calibration import Calibration, Linear, Quality, Trust
from trilogue.align.metrics import calibration_error
from trilogue.align.scores.assessor import Assessor
from trilogue.align.scores.text import Pair
from trilogue.corpora.errors import ConfigError
from trilogue.corpora.languages import TARGETS
from trilogue.corpora.segmenters import segmenter
from trilogue.corpora.segmenters.documents import segment_document
from trilogue.models import marian
from trilogue.models.marian import MarianTranslator
from trilogue.scripts.assessors import WEIGHTS, load_assessor
from trilogue.scripts.fitting.gates import table
from trilogue.scripts.fitting.regression import Array, logistic
from trilogue.scripts.fitting.score_data import WEAK, Row, lines, measure_all
from trilogue.scripts.fitting.scores import fit_quality, quality_rows

LABELS: Final = Path(__file__).with_name("draft_labels.tsv")
RIGHT: Final = {"confidence": 1, "words": -1, "gap_source_scaled": -1}
"""Feature → its direction in the log odds that a draft is right."""
LEAST_FOUND: Final = 0.9
"""Share of a language's labels without which they are labels of other drafts."""
_ROUNDS: Final = 30
_PENALTY: Final = 2e-3


@dataclass(frozen=True, slots=True)
class Drafted:
    """A text drafted into one language.

    :ivar chances: probability that no gate's damage is in a draft.
    """

    assessor: Assessor
    model: str
    pairs: tuple[Pair, ...]
    rows: tuple[Row, ...]
    chances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A draft that was read, as the fit needs it."""

    text: str
    language: str
    row: Row
    chance: float
    right: bool


def texts(shared: Path) -> dict[str, list[str]]:
    """What was read: name → segments."""
    english = segmenter("en")
    page = shared / "transcripts/kremlin-2021-01-11.txt"
    said = [one.text for each in trilogue.read(page) for one in segment_document(each, english)]
    return {"flores": lines(shared / "bench/flores-dev/en.txt"), "kremlin": said}


def draft(translator: MarianTranslator, sources: Sequence[str], language: str) -> Drafted:
    """Draft and measure a text with a model."""
    assessor = load_assessor("en", language)
    pairs = tuple(
        Pair(source, one.text, confidence=one.confidence)
        for source, one in zip(sources, translator.translate(sources), strict=True)
    )
    rows = tuple(measure_all(assessor.measurer, pairs))
    known = _calibration(assessor)
    chances = tuple(known.probability(known.ratios(row)) for row in rows)
    return Drafted(assessor, translator.name, pairs, rows, chances)


def _calibration(assessor: Assessor) -> Calibration:
    assert assessor.calibration is not None
    return assessor.calibration


def digest(pair: Pair) -> str:
    """What a label is kept under."""
    return sha256(f"{pair.source}\t{pair.target}".encode()).hexdigest()[:12]


def read_labels(path: Path) -> dict[tuple[str, str, str], bool]:
    """(text, language, digest) → whether the draft is right."""
    rows = [line.split("\t") for line in lines(path)[1:]]
    return {(text, lang, pair): right == "1" for text, lang, pair, right in rows}


def read_drafts(
    labels: Mapping[tuple[str, str, str], bool], name: str, language: str, drafted: Drafted
) -> list[Read]:
    """The drafts of a text that were read.

    :raises ConfigError: if the labels are of other drafts than these.
    """
    due = {pair for text, lang, pair in labels if (text, lang) == (name, language)}
    found = {
        digest(pair): Read(name, language, row, chance, labels[name, language, digest(pair)])
        for pair, row, chance in zip(drafted.pairs, drafted.rows, drafted.chances, strict=True)
        if digest(pair) in due
    }
    if len(found) < LEAST_FOUND * len(due):
        got = f"{LABELS.name}: {name} {language}: {len(found)} of {len(due)} labels are of drafts"
        raise ConfigError(f"{got} of {drafted.model}. Read its drafts and label them anew.")
    return list(found.values())


def fit_right(read: Sequence[Read]) -> dict[str, Linear]:
    """Log odds that a draft is right beside the gates: one slope for all, a bias a language.

    A draft is right if its gates find nothing *and* it is right otherwise: of a wrong draft it is
    not known which of the two failed, so that the fit goes by expectation and maximisation.
    """
    spoken = [lang for lang in TARGETS if any(one.language == lang for one in read)]
    rows = table([one.row for one in read], list(RIGHT))
    told = np.array([[one.language == lang for lang in spoken[1:]] for one in read], np.float64)
    design = np.column_stack([rows, told])
    right = np.array([one.right for one in read], np.float64)
    chance = np.array([one.chance for one in read])
    signs = [*RIGHT.values(), *([0] * (len(spoken) - 1))]
    held = right.copy()
    for _ in range(_ROUNDS):
        bias, found = _logistic(design, held, signs)
        ours = 1.0 / (1.0 + np.exp(-(bias + design @ found)))
        held = np.where(right == 1, 1.0, ours * (1.0 - chance) / (1.0 - ours * chance))
    slopes = {name: round(float(w), 4) for name, w in zip(RIGHT, found, strict=False)}
    own = [0.0, *found[len(RIGHT) :]]
    return {
        lang: Linear(round(bias + float(more), 4), slopes)
        for lang, more in zip(spoken, own, strict=True)
    }


def _logistic(design: Array, held: Array, signs: Sequence[int]) -> tuple[float, Array]:
    weights = np.full(len(held), 1.0 / len(held))
    return logistic(design, held, weights, signs=signs, penalty=_PENALTY)


def fit_qualities(drafted: Drafted, flores: Path, language: str) -> dict[str, Quality]:
    """Expected chrF of the model's drafts, alone and beside a weak second draft."""
    return {
        name: fit_quality(
            *quality_rows(drafted.assessor.measurer, flores, drafted.pairs, second=second)
        )
        for name, second in (("alone", None), ("second", WEAK[language]))
    }


def promise(read: Sequence[Read], right: Mapping[str, Linear]) -> float:
    """Calibration error of ``faithful`` on drafts that were read."""
    promised = [one.chance / (1.0 + np.exp(-right[one.language](one.row))) for one in read]
    return round(calibration_error(promised, [float(one.right) for one in read]), 4)


@click.command()
@click.option("--shared", type=click.Path(path_type=Path, exists=True), required=True)
def main(shared: Path) -> None:
    """Add what the built-in model's drafts are worth to models/weights/calibration-LANG.json."""
    labels, read, drafts = read_labels(LABELS), [], {}
    known_texts = texts(shared)
    for language in TARGETS:
        translator = marian.load("builtin", to=language)
        for name, sources in known_texts.items():
            drafts[name, language] = drafted = draft(translator, sources, language)
            read += read_drafts(labels, name, language, drafted)
    right = fit_right(read)
    validated = {
        f"draft promise error, {name} left out": promise(
            [one for one in read if one.text == name],
            fit_right([one for one in read if one.text != name]),
        )
        for name in known_texts
    }
    for language in TARGETS:
        drafted = drafts["flores", language]
        trust = Trust(
            right[language], fit_qualities(drafted, shared / "bench/flores-dev", language)
        )
        known = _calibration(drafted.assessor)
        mine = [one for one in read if one.language == language]
        told = f"{len(mine)} drafts of {drafted.model} read, {sum(one.right for one in mine)} right"
        found = msgspec.structs.replace(
            known,
            trust={drafted.model: trust},
            fitted_on={**known.fitted_on, "drafts": told},
            validated={**known.validated, **validated},
        )
        path = WEIGHTS / f"calibration-{language}.json"
        found.save(path)
        click.echo(f"{path}: {found.signature}; {told}")


if __name__ == "__main__":
    main()
