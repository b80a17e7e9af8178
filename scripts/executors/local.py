"""A pool of spawned processes, in which the death of one hurts nobody else.

Each worker is a pool of one, so that it is known which task a dead one was at. A worker ends when
its driver is gone, whatever ended that: nothing writes into a corpus that nobody holds.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_end
from typing import Self

from trilogue.corpora.errors import TrilogueError
from trilogue.scripts.executors import LIVES, Outcome, Task


class Worker:
    """One process, started with its first task and replaced when it dies."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool: ProcessPoolExecutor | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def submit(self, task: Task) -> Future[object]:
        """Hand over a task; only when the last one is done."""
        if self._pool is not None:
            try:
                return self._pool.submit(task.run)
            except BrokenProcessPool:
                self.bury()  # It died while it had nothing to do: no task is to blame.
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            1, mp_context=context, initializer=_begin, initargs=(self._threads,)
        )
        before = set(multiprocessing.active_children())
        # Ctrl-C goes to the whole process group: the driver alone is to answer it.
        old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            future = self._pool.submit(task.run)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, old)
        self._process = next(iter(set(multiprocessing.active_children()) - before), None)
        return future

    def bury(self) -> str:
        """Forget a process that died; how it ended. The next task has a new one."""
        code = None
        if self._process is not None:
            self._process.join(5)
            code = self._process.exitcode
        if self._pool is not None:
            self._pool.shutdown(wait=False)
        self._pool = self._process = None
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def kill(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
        self.bury()

    def close(self) -> None:
        """Let the process end."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)


class LocalPool:
    """Processes on this machine.

    :param jobs: how many.
    """

    def __init__(self, jobs: int) -> None:
        threads = max(1, (os.cpu_count() or 1) // jobs)
        self._workers = [Worker(threads) for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        for worker in self._workers:
            if error is None:
                worker.close()
            else:
                worker.kill()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Run all tasks; one whose worker dies is tried on a new worker, up to three times.

        An error ends its own task only.
        """
        coming = iter(tasks)
        again: deque[Task] = deque()
        deaths: dict[str, int] = {}
        free = list(reversed(self._workers))
        running: dict[Future[object], tuple[Task, Worker]] = {}
        while True:
            while free and (task := again.popleft() if again else next(coming, None)):
                worker = free.pop()
                running[worker.submit(task)] = (task, worker)
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task, worker = running.pop(future)
                free.append(worker)
                error = future.exception()
                if not isinstance(error, BrokenProcessPool):
                    yield Outcome(task, None if error else future.result(), error)
                    continue
                how = worker.bury()
                deaths[task.name] = deaths.get(task.name, 0) + 1
                if deaths[task.name] < LIVES:
                    again.append(task)
                else:
                    yield Outcome(task, error=died(how))


def died(how: str) -> TrilogueError:
    """The error of a task that no worker survived."""
    way = "it may need more memory: try -j 1"
    return TrilogueError(f"its worker died {LIVES} times, last by {how}; {way}")


def _begin(threads: int) -> None:
    """Prepare a worker: its share of the cores, and an end together with its driver's."""
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    threading.Thread(target=_end_with_driver, daemon=True).start()


def _end_with_driver() -> None:
    driver = multiprocessing.parent_process()
    if driver is not None:
        wait_for_end([driver.sentinel])
        os._exit(1)
