"""Running a plan: wave by wave, every shard that can be made and does not stand."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import TrilogueError
from trilogue.scripts import progress
from trilogue.scripts.executors import Executor, Outcome, Task
from trilogue.scripts.plan import WAVES, Plan, Step, why

log: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How the shards of a build fared; those ``waiting`` stand below one that failed."""

    made: int = 0
    stood: int = 0
    waiting: int = 0
    failed: list[str] = field(default_factory=list)


def run(plan: Plan, executor: Executor) -> Tally:
    """Make what does not stand. A shard that fails stops only what is made of it."""
    tally = Tally()
    for name in WAVES:
        with progress.stage(name, plan.count(name)) as stage:
            _Wave(plan, name, tally, stage).run(executor)
    return tally


def failure(root: Path, tally: Tally) -> str:
    """The one line that ends a run with failures."""
    few = ", ".join(tally.failed[:3])
    more = f" and {len(tally.failed) - 3} more" if len(tally.failed) > 3 else ""
    wait = f", {tally.waiting} wait for them" if tally.waiting else ""
    way = "finished shards are kept: mend the cause above and run the same command again"
    return f"{root}: {len(tally.failed)} shards failed ({few}{more}){wait}; {way}"


@dataclass(slots=True)
class _Wave:
    plan: Plan
    name: str
    tally: Tally
    stage: progress.Stage
    begun: dict[str, Step] = field(default_factory=dict)

    def run(self, executor: Executor) -> None:
        for outcome in executor.run(self._wanted()):
            self._finish(self.begun.pop(outcome.task.name), outcome)

    def _wanted(self) -> Iterator[Task]:
        """The tasks to do, looked for as workers become free."""
        for step in self.plan.steps(self.name):
            try:
                if step.is_made:
                    self.tally.stood += 1
                    self.stage.stood()
                elif not all(parent.is_made for parent in step.parents):
                    self.tally.waiting += 1
                    self.stage.stood()
                else:
                    self.stage.begins(why(step))
                    self.begun[step.task.name] = step
                    yield step.task
            except TrilogueError as error:
                self._fail(step.task.name, error)

    def _finish(self, step: Step, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._fail(outcome.task.name, outcome.error)
        elif not step.is_made:
            other = TrilogueError("made by another recipe than planned; is another run at work?")
            self._fail(outcome.task.name, other)
        else:
            self.tally.made += 1
            self.stage.made(outcome.task.name, outcome.result)

    def _fail(self, name: str, error: BaseException) -> None:
        self.tally.failed.append(name)
        self.stage.failed(name, _said(error))
        if not isinstance(error, TrilogueError | OSError):
            log.error("%s", name, exc_info=error)


def _said(error: BaseException) -> str:
    """An error in one line."""
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}; free the way and run again"
    if isinstance(error, TrilogueError):
        return str(error)
    return f"{type(error).__name__}: {error}; a fault of Trilogue's, please report it"
