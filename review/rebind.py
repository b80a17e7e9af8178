"""Old decisions onto new units: after a re-run with another segmenter, model or transcript.

The same unit carries its decision. A unit at the same anchor (document, span, language, source),
which another model drafted, carries it "to confirm". What finds no such unit is stale, and is
shown until somebody looked at it. Nothing is dropped, and nothing is carried twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and where it stands; ``origin`` decides between two at one anchor."""

    unit_id: str
    anchor: str
    origin: str
    start: int
    end: int
    document_id: str
    lang: str


@dataclass(frozen=True, slots=True)
class Rebound:
    """What became of decisions.

    :ivar carried: units that still stand.
    :ivar to_confirm: new unit → the old one, whose decision it takes over.
    :ivar stale: old unit → why it has no place.
    """

    carried: frozenset[str] = frozenset()
    to_confirm: Mapping[str, str] = field(default_factory=dict)
    stale: Mapping[str, str] = field(default_factory=dict)


def rebind(
    decided: Iterable[Placed], units: Mapping[str, Placed], *, settled: frozenset[str] = frozenset()
) -> Rebound:
    """Find each decided unit its place among the new ones.

    :param decided: in the order of their decisions; of two at one anchor the later one counts.
    :param units: of the new run, by id.
    :param settled: units that have a decision of their own: nothing is carried onto them.
    """
    at: dict[str, list[Placed]] = {}
    for unit in units.values():
        at.setdefault(unit.anchor, []).append(unit)
    documents = {unit.document_id for unit in units.values()}
    carried: set[str] = set()
    to_confirm: dict[str, str] = {}
    stale: dict[str, str] = {}
    for old in decided:
        if old.unit_id in units:
            carried.add(old.unit_id)
            continue
        free = [new for new in at.get(old.anchor, ()) if new.unit_id not in settled]
        if free:
            best = max(free, key=lambda new: (new.origin == old.origin, new.unit_id))
            to_confirm[best.unit_id] = old.unit_id
        elif at.get(old.anchor):
            continue  # somebody decided the new unit since: that is the answer
        elif old.document_id not in documents:
            stale[old.unit_id] = "its document is not in the corpus any more"
        else:
            stale[old.unit_id] = "no segment has its bounds and words any more"
    return Rebound(frozenset(carried), to_confirm, stale)
