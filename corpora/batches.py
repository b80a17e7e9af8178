"""Streams in parts: lists of bounded length, and what belongs to one document."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of ``size`` items in order, the last one shorter; one list is held at a time.

    As ``itertools.batched`` of Python 3.12 makes them.
    """
    ahead = iter(items)
    while some := list(islice(ahead, size)):
        yield some


def taker(items: Iterable[tuple[str, T]]) -> Callable[[str], list[T]]:
    """Gives the items of a document, streamed: documents must be asked for in their order."""
    grouped = groupby(items, key=lambda item: item[0])
    waiting = next(grouped, None)

    def take(name: str) -> list[T]:
        nonlocal waiting
        if waiting is None or waiting[0] != name:
            return []
        found = [item for _, item in waiting[1]]
        waiting = next(grouped, None)
        return found

    return take
