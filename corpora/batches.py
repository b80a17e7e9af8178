"""Streams in lists of bounded length, as ``itertools.batched`` of Python 3.12 makes them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of ``size`` items in order, the last one shorter; one list is held at a time."""
    ahead = iter(items)
    while some := list(islice(ahead, size)):
        yield some
