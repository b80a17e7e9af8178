"""What an engine is asked and what it answers; the two engines answer alike."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search.

    :ivar longest: tokens of output at most, the end not counted; ``shortest`` at least.
    :ivar penalty: exponent of the length that a hypothesis' log-probability is divided by.
    :ivar no_repeat: no run of so many tokens may come twice; 0 allows it.
    :ivar hypotheses: how many to return, best first; at most ``beam``.
    """

    beam: int
    longest: int
    shortest: int = 1
    penalty: float = 1.0
    no_repeat: int = 0
    hypotheses: int = 1


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Decoded tokens and their log-probability a token, the end counted (≤ 0, high is good)."""

    tokens: tuple[str, ...]
    confidence: float


class Engine(Protocol):
    """Decodes batches of framed sources."""

    @property
    def signature(self) -> str:
        """Engine and number type: what decides the output beside the checkpoint."""

    def decode(
        self, batches: Sequence[Sequence[Sequence[str]]], decodings: Sequence[Decoding]
    ) -> list[list[list[Hypothesis]]]:
        """The hypotheses of every source of every batch; batch *i* is decoded by ``decodings[i]``.

        :raises MemoryError: if a batch is too large.
        :raises ModelError: if the engine fails.
        """


def cores() -> int:
    """How many threads to use: ``OMP_NUM_THREADS`` if it is set, else the cores of this process."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return int(asked) if asked.isdecimal() and int(asked) else len(os.sched_getaffinity(0))


def grouped(lengths: Sequence[int], *, tokens: int) -> list[list[int]]:
    """Indices in batches of like length, longest first; rows × longest is at most ``tokens``.

    A source longer than ``tokens`` is a batch of its own.
    """
    batches: list[list[int]] = []
    room = 0
    for index in sorted(range(len(lengths)), key=lambda at: (-lengths[at], at)):
        if not batches or len(batches[-1]) >= room:
            batches.append([])
            room = max(1, tokens // max(1, lengths[index]))
        batches[-1].append(index)
    return batches
