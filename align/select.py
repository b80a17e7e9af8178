"""The one gate: what is accepted, what a person must see, what is thrown out, and why.

A ``Policy`` is a TOML file. Each check may reject, send to review or only leave a note, from how
sure its gate is; ``faithful`` and ``quality`` have thresholds of their own. Where several units
stand at one anchor, a person's version comes before an official one, and that before a machine's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from math import exp
from pathlib import Path
from typing import Final, Self

import msgspec

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.ids import anchor
from trilogue.corpora.types import BY_PERSON as BY_PERSON
from trilogue.corpora.types import Assessment, Origin, TranslationUnit, Verdict

_PRECEDENCE: Final = {Origin.POST_EDIT: 0, Origin.REFERENCE: 1, Origin.MACHINE: 2}


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one check may do: thresholds on the probability of its damage at even odds.

    :ivar reject: from here on the pair is thrown out; None: never.
    :ivar review: from here on a person must see it; None: never.
    :ivar note: from here on the reason is given, nothing more; None: never.
    """

    reject: float | None = None
    review: float | None = None
    note: float | None = None


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for one language; what is left out is taken from the default.

    :ivar faithful: accepted from here on, else reviewed.
    :ivar quality: accepted from here on, else reviewed.
    """

    faithful: float | None = None
    quality: float | None = None
    checks: dict[str, Check] = {}


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    default: Thresholds
    language: dict[str, Thresholds] = {}


class Action(StrEnum):
    """What a check asks for."""

    REJECT = "reject"
    REVIEW = "review"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: the log-likelihood ratio of its gate, and the evidence in words."""

    check: str
    ratio: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds for every language, and a signature that changes with them."""

    default: Thresholds
    language: Mapping[str, Thresholds]

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a policy.

        :raises ConfigError: if it is not TOML, has an unknown key or a threshold outside 0–1.
        """
        try:
            tables = msgspec.toml.decode(path.read_bytes(), type=_Tables)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not a policy: {error}") from None
        for where, thresholds in [("default", tables.default), *tables.language.items()]:
            for check, levels in thresholds.checks.items():
                for level in (levels.reject, levels.review, levels.note):
                    if level is not None and not 0.0 <= level <= 1.0:
                        raise ConfigError(
                            f"{path}: {where}.checks.{check}: got {level}, expected 0 to 1"
                        )
        return cls(tables.default, tables.language)

    @property
    def signature(self) -> str:
        """Changes with every threshold."""
        told = msgspec.json.encode([self.default, dict(self.language)], order="sorted")
        return f"policy@{sha256(told).hexdigest()[:12]}"

    def judge(
        self,
        language: str,
        *,
        faithful: float | None,
        quality: float | None,
        findings: Iterable[Finding],
    ) -> tuple[Verdict, tuple[str, ...]]:
        """The verdict on a pair and its reasons, the gravest first.

        Without probabilities (no calibration for the language) nothing is accepted unseen.
        """
        own = self.language.get(language, Thresholds())
        said: list[tuple[int, float, str]] = []
        for finding in findings:
            check = own.checks.get(finding.check) or self.default.checks.get(finding.check)
            action = None if check is None else _action(check, finding.ratio)
            if action is not None:
                rank = list(Action).index(action)
                said.append((rank, -finding.ratio, f"{finding.check}: {finding.evidence}"))
        if faithful is None:
            said.append((1, 0.0, "faithful: not measured, there is no calibration"))
        for name, value, least in (
            ("faithful", faithful, _first(own.faithful, self.default.faithful)),
            ("quality", quality, _first(own.quality, self.default.quality)),
        ):
            plain = all(rank > 1 for rank, _, _ in said)
            if plain and value is not None and least is not None and value < least:
                said.append((1, 0.0, f"{name}: {value:.2f} is below {least:g}"))
        said.sort()
        gravest = said[0][0] if said else 2
        verdict = (Verdict.REJECT, Verdict.REVIEW, Verdict.ACCEPT)[gravest]
        return verdict, tuple(reason for _, _, reason in said)


def _first(own: float | None, default: float | None) -> float | None:
    return default if own is None else own


def _action(check: Check, ratio: float) -> Action | None:
    """The gravest action whose threshold the gate reaches."""
    sure = 1.0 / (1.0 + exp(-ratio))
    for action, least in (
        (Action.REJECT, check.reject),
        (Action.REVIEW, check.review),
        (Action.NOTE, check.note),
    ):
        if least is not None and sure >= least:
            return action
    return None


def by_persons(
    units: Sequence[TranslationUnit], said: Mapping[str, Assessment]
) -> dict[str, Assessment]:
    """What people decided goes before what was measured; scores and reasons stay.

    A person's version is accepted. A unit whose segments persons' versions tell all is rejected
    beside them, and so is one that a person rejected (its flag "review: …" says why).

    :param units: of one document and language.
    """
    told = {name for u in units if u.origin is Origin.POST_EDIT for name in u.segment_ids}
    found = dict(said)
    for unit in units:
        rejected = [flag for flag in unit.flags if flag.startswith(BY_PERSON)]
        if unit.origin is Origin.POST_EDIT:
            found[unit.id] = replace(said[unit.id], verdict=Verdict.ACCEPT)
        elif unit.segment_ids and told.issuperset(unit.segment_ids):
            rejected = [f"{BY_PERSON}a person's version stands in its place"]
        if rejected:
            reasons = (*rejected, *said[unit.id].reasons)
            found[unit.id] = replace(said[unit.id], verdict=Verdict.REJECT, reasons=reasons)
    return found


def preferred(units: Iterable[TranslationUnit]) -> list[TranslationUnit]:
    """One unit an anchor: post-edit before reference before machine, the later of equals.

    The order is that of each anchor's first unit.
    """
    best: dict[str, TranslationUnit] = {}
    for unit in units:
        key = anchor(unit.document_id, unit.start, unit.end, unit.target_lang, unit.source)
        other = best.get(key)
        if other is None or _PRECEDENCE[unit.origin] <= _PRECEDENCE[other.origin]:
            best[key] = unit
    return list(best.values())
