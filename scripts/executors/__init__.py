"""Who runs the stages: a pool of processes on this machine, or Ray on many.

Both take tasks as they come, run the same function, and give outcomes in the order of completion.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

LIVES: Final = 4
"""Workers that one task may lose before it is named: the first, and three in its place."""


class Task(Protocol):
    """A piece of work that can be pickled and be run again; its result is small."""

    @property
    def name(self) -> str:
        """What it makes, as "drafts/ru/part-00003"."""

    @property
    def holds_model(self) -> bool:
        """Whether a worker should be kept for its like, because it loads a model."""

    def run(self) -> object:
        """Do it, in whatever process this is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its result, or the error that ended it."""

    task: Task
    result: object = None
    error: BaseException | None = None


class Executor(Protocol):
    """Runs tasks. A context manager: leaving it by an exception stops what is running at once."""

    def __enter__(self) -> "Executor": ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None: ...

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Run all tasks, taking the next one when a worker is free; outcomes as they come."""
