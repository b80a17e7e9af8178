"""The ladder of drafts: segment *i* is draft *i*."""

from trilogue.corpora.types import Bead, Ladder


def identity_ladder(length: int) -> Ladder:
    """One bead a segment, each certain."""
    return tuple(Bead((i,), (i,), 0.0, 1.0) for i in range(length))
