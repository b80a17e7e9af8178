"""What the entries of a unit come to: the log's one reading.

An undo takes back one entry, and is an entry itself: undoing it brings the entry back.
"""

from collections.abc import Sequence

from trilogue.review.types import STATUS_OF, Entry, Kind, State, Status


def standing(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that were not taken back, in their order; undos are left out.

    :param entries: of one unit and track, in the order of the log.
    """
    gone: set[int] = set()
    for entry in reversed(entries):
        if entry.kind is Kind.UNDO and entry.seq not in gone and entry.undoes is not None:
            gone.add(entry.undoes)
    return [entry for entry in entries if entry.seq not in gone and entry.kind is not Kind.UNDO]


def fold(entries: Sequence[Entry], *, waiting: Status = Status.OPEN) -> State:
    """Where a unit stands.

    :param entries: as for :func:`standing`.
    :param waiting: the status while nothing decides it.
    """
    left = standing(entries)
    deciding = [entry for entry in left if entry.kind in STATUS_OF]
    named = [entry.speaker for entry in left if entry.kind is Kind.SPEAKER]
    return State(
        status=STATUS_OF[deciding[-1].kind] if deciding else waiting,
        version=len(entries),
        entry=deciding[-1] if deciding else None,
        speaker=named[-1] if named else "",
    )


def text_of(state: State) -> str | None:
    """What a person made of the target, None while nobody did."""
    if state.entry is None or not state.entry.parts:
        return None
    return " ".join(part.text for part in state.entry.parts)
