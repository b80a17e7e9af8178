"""The pool of processes: what becomes of a task whose worker is not there any more."""

import multiprocessing
import time
from pathlib import Path

from trilogue.corpora.reading import Census
from trilogue.scripts.executors.local import LocalPool
from trilogue.scripts.tasks import Count
from trilogue.scripts.tools import TOOLS

PAGE = Path(__file__).parents[1] / "corpora/transcripts/examples/plain.txt"


def test_a_worker_that_dies_with_nothing_to_do_is_replaced_and_no_task_is_blamed() -> None:
    task = Count(TOOLS, PAGE, "")
    with LocalPool(1) as pool:
        [before] = pool.run([task])
        [worker] = multiprocessing.active_children()
        worker.kill()
        worker.join()
        time.sleep(0.5)  # until the pool has seen it, and would refuse the next task
        [after] = pool.run([task])
    assert isinstance(after.result, Census)
    assert (after.result, after.error) == (before.result, None)
