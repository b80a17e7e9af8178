"""All signals of one pair, and the words that a reason quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trilogue.align.scores.agreement import agreement
from trilogue.align.scores.copies import copied, lower_case_words
from trilogue.align.scores.coverage import Coverage, Weights, lost, nats
from trilogue.align.scores.explainer import Explainer
from trilogue.align.scores.language import tongue
from trilogue.align.scores.length import length_z
from trilogue.align.scores.name_check import DEFAULT, NameWeights, check_names
from trilogue.align.scores.negation import negations_in
from trilogue.align.scores.numbers import (
    Firmness,
    Number,
    imperial_units,
    numbers_in,
    unmatched,
)
from trilogue.align.scores.punctuation import markup_lost, punctuation
from trilogue.align.scores.repetition import repetition
from trilogue.align.scores.terms import told
from trilogue.align.scores.text import Pair, Side
from trilogue.corpora.glossary import Glossary
from trilogue.corpora.languages import LANGUAGES

SIGNALS: Final = (
    "length",
    "coverage_source",
    "coverage_target",
    "belonging",
    "gap_source",
    "gap_target",
    "script",
    "language",
    "copy",
    "repetition",
    "punctuation",
    "markup",
    "numbers_missing",
    "numbers_extra",
    "names_missing",
    "names_extra",
    "negation",
    "terms_missing",
    "terms_forbidden",
    "agreement",
    "confidence",
    "right",
    "cosine",
    "bead",
    "neighbours",
)
"""The names of all signals, in the order in which they are printed."""

Values = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a pair.

    :ivar values: each of ``SIGNALS``, None where it was not measured.
    :ivar features: what the gates need beside them: counts and kinds, always there.
    :ivar evidence: check → what a reason says, only where something is to be said.
    """

    values: Values
    features: Mapping[str, float]
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What signals themselves need of a calibration.

    :ivar ratio: letters of the target for each of the source; ``spread`` its variance for each.
    :ivar source_words: weights of the source words' coverage, ``target_words`` of the target's.
    :ivar source_names: weights of the source's names without a partner, ``target_names`` likewise.
    """

    ratio: float
    spread: float
    source_words: Weights
    target_words: Weights
    source_names: NameWeights = DEFAULT
    target_names: NameWeights = DEFAULT


class Measurer:
    """Measures pairs of two languages.

    Without a lexicon, lengths or a glossary what needs them is None.
    """

    def __init__(
        self,
        source_lang: str,
        target_lang: str,
        *,
        explainer: Explainer | None = None,
        fitted: Fitted | None = None,
        glossary: Glossary | None = None,
    ) -> None:
        self.source_lang = source_lang
        self.target_lang = target_lang
        self.explainer = explainer
        self.fitted = fitted
        self.glossary = glossary

    def sides(self, pair: Pair) -> tuple[Side, Side]:
        """Both sides, cut."""
        return Side.of(pair.source, self.source_lang), Side.of(pair.target, self.target_lang)

    def coverages(self, sides: Sequence[tuple[Side, Side]]) -> list[Coverage | None]:
        """The coverage of each pair, None without a lexicon."""
        if self.explainer is None:
            return [None] * len(sides)
        return list(self.explainer.coverages(sides))

    def measure(
        self,
        pair: Pair,
        source: Side,
        target: Side,
        coverage: Coverage | None,
        *,
        second: str | None = None,
        neighbours: float | None = None,
    ) -> Measured:
        """Every signal of one pair.

        :param coverage: of the two sides.
        :param neighbours: coverage of this pair less that of the best neighbour.
        """
        values: Values = dict.fromkeys(SIGNALS)
        features = {
            "words": float(min(len(source.words), len(target.words))),
            "target_words": float(len(target.words)),
            "named": 0.0,
            "plain_names": 0.0,
        }
        evidence: dict[str, str] = {}
        fitted = self.fitted
        if fitted is not None:
            values["length"] = length_z(
                source.letters, target.letters, ratio=fitted.ratio, spread=fitted.spread
            )
        if coverage is not None:
            values["coverage_source"] = coverage.source.mean
            values["coverage_target"] = coverage.target.mean
            if fitted is not None:
                _measure_belonging(coverage, fitted, values, features)
        self._measure_language(source, target, values, features, evidence)
        _measure_form(source, target, values, evidence)
        _measure_kind(source, target, features)
        _measure_numbers(source, target, values, features, evidence)
        self._measure_names(source, target, coverage, values, features, evidence)
        _measure_negation(source, target, values, features, evidence)
        self._measure_terms(source, target, values, evidence)
        values["confidence"] = pair.confidence
        values["cosine"] = pair.cosine
        values["bead"] = pair.bead_probability
        values["neighbours"] = neighbours
        if second is not None and second.strip():
            values["agreement"] = agreement(pair.target, second)
        return Measured(values, features, evidence)

    def _measure_language(
        self,
        source: Side,
        target: Side,
        values: Values,
        features: dict[str, float],
        evidence: dict[str, str],
    ) -> None:
        judged = tongue(source, target)
        values["script"], values["language"] = judged.script, judged.foreign
        values["copy"] = copied(source, target)
        features["translatable"] = float(lower_case_words(source))
        if judged.script is not None and judged.script < 0.7:
            share = f"{1 - judged.script:.0%}"
            alphabet = LANGUAGES[self.target_lang].alphabet.title()
            evidence["script"] = f"{share} of the letters are not {alphabet}"
        if judged.guess is not None:
            expected = LANGUAGES[self.target_lang].name
            evidence["language"] = f"target looks {judged.guess}, expected {expected}"
        if values["copy"]:
            evidence["copy"] = f"{values['copy']:.0%} of the target is the source, untranslated"

    def _measure_names(
        self,
        source: Side,
        target: Side,
        coverage: Coverage | None,
        values: Values,
        features: dict[str, float],
        evidence: dict[str, str],
    ) -> None:
        fitted = self.fitted
        weights = (
            (DEFAULT, DEFAULT) if fitted is None else (fitted.source_names, fitted.target_names)
        )
        names = check_names(source, target, coverage, weights)
        if names is None:
            return
        values["names_missing"], values["names_extra"] = names.missing, names.extra
        features["named"] = float(names.many)
        features["plain_names"] = names.plain
        missing, extra = dict.fromkeys(names.missing_words), dict.fromkeys(names.extra_words)
        said = [f'"{word}" not found in the target' for word in list(missing)[:2]]
        said += [f'"{word}" has no partner in the source' for word in list(extra)[:2]]
        if said:
            evidence["name"] = "; ".join(said)

    def _measure_terms(
        self, source: Side, target: Side, values: Values, evidence: dict[str, str]
    ) -> None:
        if self.glossary is None:
            return
        check = self.glossary.check(source.text, target.text, to=self.target_lang)
        values["terms_missing"] = float(len(check.missing))
        values["terms_forbidden"] = float(len(check.forbidden))
        if said := told(check):
            evidence["term"] = said


def _measure_belonging(
    coverage: Coverage, fitted: Fitted, values: Values, features: dict[str, float]
) -> None:
    """Nats for the pair belonging together, and the worst run against it on each side."""
    ours = nats(coverage.source, fitted.source_words)
    theirs = nats(coverage.target, fitted.target_words)
    values["belonging"] = -sum(ours) - sum(theirs)
    values["gap_source"], values["gap_target"] = lost(ours), lost(theirs)
    middle = len(ours) // 2
    features["lopsided"] = abs(sum(ours[:middle]) - sum(ours[middle:]))
    features["rendered_source"] = coverage.source.rendered
    features["rendered_target"] = coverage.target.rendered


def _measure_kind(source: Side, target: Side, features: dict[str, float]) -> None:
    """What makes a sentence easy or hard to agree on: names, figures, long words."""
    many = max(1, len(source.words))
    starts = [word[0] for word in source.words]
    features["capitals"] = sum(map(str.isupper, starts)) / many
    features["figures"] = sum(map(str.isdigit, starts)) / many
    features["source_word"] = source.letters / many
    features["target_word"] = target.letters / max(1, len(target.words))
    features["shared"] = sum(map(set(source.words).__contains__, target.words)) / max(
        1, len(target.words)
    )


def _measure_form(source: Side, target: Side, values: Values, evidence: dict[str, str]) -> None:
    again = repetition(source.lowered, target.lowered)
    values["repetition"] = float(again.excess)
    if again.phrase is not None:
        evidence["repetition"] = f'"{again.phrase}" again and again'
    values["punctuation"] = punctuation(source.text, target.text)
    marks = markup_lost(source.text, target.text)
    values["markup"] = float(len(marks))
    if marks:
        evidence["markup"] = f'"{marks[0]}" is on one side only'


def _measure_numbers(
    source: Side,
    target: Side,
    values: Values,
    features: dict[str, float],
    evidence: dict[str, str],
) -> None:
    ours, theirs = (
        numbers_in(source.text, source.language, source.lowered),
        numbers_in(target.text, target.language, target.lowered),
    )
    missing, extra = unmatched(ours, theirs)
    if missing and extra and (units := imperial_units(source.text)):
        missing, extra = unmatched(ours, theirs, units=units)
    values["numbers_missing"], values["numbers_extra"] = float(len(missing)), float(len(extra))
    digits = (_in_digits(missing), _in_digits(extra))
    features["digits_missing"] = float(digits[0] and not digits[1])
    features["digits_extra"] = float(digits[1] and not digits[0])
    features["digits_both"] = float(all(digits))
    features["words_missing"] = float(bool(missing) and not extra and not digits[0])
    features["words_extra"] = float(bool(extra) and not missing and not digits[1])
    features["words_both"] = float(bool(missing and extra) and not any(digits))
    features["mixed_missing"] = float(digits[0] and not digits[1] and bool(extra))
    features["mixed_extra"] = float(digits[1] and not digits[0] and bool(missing))
    if missing and extra:
        evidence["number"] = f"source has {_printed(missing)}, target has {_printed(extra)}"
    elif missing:
        evidence["number"] = f"source has {_printed(missing)}, not found in the target"
    elif extra:
        evidence["number"] = f"target has {_printed(extra)}, not found in the source"


def _in_digits(numbers: list[Number]) -> bool:
    return any(number.firmness is Firmness.DIGITS for number in numbers)


def _printed(numbers: list[Number]) -> str:
    return " and ".join(number.text for number in numbers[:2])


def _measure_negation(
    source: Side,
    target: Side,
    values: Values,
    features: dict[str, float],
    evidence: dict[str, str],
) -> None:
    ours = negations_in(source.text, source.lowered, source.language)
    theirs = negations_in(target.text, target.lowered, target.language)
    kinds = dict.fromkeys(
        ("denied", "dropped", "dropped_loose", "fewer", "broken", "added", "added_loose", "more"),
        0.0,
    )
    features.update(kinds)
    if ours is None or theirs is None:
        return
    denied, said = len(ours.sure), len(theirs.sure)
    values["negation"] = float(max(-2, min(2, denied - said)))
    features["denied"] = float(denied > 0)
    if theirs.concord and not said:
        features["broken"] = 1.0
    if denied and not said:
        answered = len(theirs.loose) > len(ours.loose) and not theirs.concord
        kind = "dropped_loose" if answered else "dropped"
        found = f'"{theirs.concord[0]}" without a denied verb' if theirs.concord else "none"
        evidence["negation"] = f'source "{ours.sure[0]}", {found} in the target'
    elif said and not denied:
        kind = "added_loose" if ours.loose else "added"
        evidence["negation"] = f'target "{theirs.sure[0]}", none in the source'
    elif denied == said:
        return
    else:
        kind = "fewer" if denied > said else "more"
        fewer = ", ".join(ours.sure if denied > said else theirs.sure)
        side = "source" if denied > said else "target"
        evidence["negation"] = f'{side} "{fewer}", the other side has fewer'
    features[kind] = 1.0
