"""Ray Core: the same tasks on a cluster, whose machines see the corpus under the same path.

Stages of text run as Ray tasks, stages that hold a model as actors. Ray replaces what dies.
"""

import importlib
import logging
import os
from collections.abc import Iterable, Iterator
from typing import Any, Self

from trilogue.corpora.errors import ConfigError, TrilogueError
from trilogue.scripts.executors import LIVES, Outcome, Task

try:
    # By name: Ray is an extra, and types must check the same with and without it.
    ray: Any = importlib.import_module("ray")
except ImportError as error:
    raise ConfigError("--executor ray: Ray is missing; pip install 'trilogue[ray]'") from error


class RayCluster:
    """The cluster that ``RAY_ADDRESS`` names, or else one started here for this run.

    :param jobs: tasks at a time; with None as many as the cluster has processors.
    """

    def __init__(self, jobs: int | None) -> None:
        self._jobs = jobs
        self._actors: list[Any] = []

    def __enter__(self) -> Self:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        address = os.environ.get("RAY_ADDRESS")
        own = {} if address else {"num_cpus": self._jobs, "include_dashboard": False}
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **own)
        except (ConnectionError, ValueError) as error:
            what = f"RAY_ADDRESS={address or ''}: {str(error).splitlines()[0]}"
            way = "Mend it, or unset it to start Ray here."
            raise ConfigError(f"--executor ray: {what} {way}") from None
        if self._jobs is None:
            self._jobs = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._task = ray.remote(max_retries=LIVES - 1)(_run)
        self._actor = ray.remote(max_restarts=LIVES - 1, max_task_retries=LIVES - 1)(Holder)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        ray.shutdown()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Run all tasks; Ray tries one again whose worker died, up to three times.

        An error ends its own task only.
        """
        assert self._jobs is not None
        coming = iter(tasks)
        running: dict[Any, tuple[Task, Any]] = {}
        while True:
            while len(running) < self._jobs and (task := next(coming, None)):
                reference, actor = self._start(task)
                running[reference] = (task, actor)
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            task, actor = running.pop(done[0])
            yield self._outcome(done[0], task, actor)

    def _start(self, task: Task) -> tuple[Any, Any]:
        """Begin a task; the reference of its result, and the actor that has it, if one does."""
        if not task.holds_model:
            return self._task.remote(task), None
        actor = self._actors.pop() if self._actors else self._actor.remote()
        return actor.run.remote(task), actor

    def _outcome(self, reference: Any, task: Task, actor: Any) -> Outcome:
        try:
            result = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            self._rest(actor)
            return Outcome(task, error=error.cause)
        except ray.exceptions.RayError as error:
            how = str(error).strip().splitlines()[0]
            return Outcome(task, error=TrilogueError(f"its worker died {LIVES} times: {how}"))
        self._rest(actor)
        return Outcome(task, result)

    def _rest(self, actor: Any) -> None:
        """Keep an actor, and the model in it, for the next task."""
        if actor is not None:
            self._actors.append(actor)


class Holder:
    """An actor: a process that keeps what its tasks load."""

    def run(self, task: Task) -> object:
        """Do a task."""
        return task.run()


def _run(task: Task) -> object:
    return task.run()
