"""The executors by name; Ray is imported when it is asked for."""

import os

from trilogue.corpora.errors import ConfigError
from trilogue.scripts.executors import Executor


def executor_of(name: str, jobs: int | None) -> Executor:
    """The executor of that name.

    :param name: "local" or "ray".
    :param jobs: tasks at a time; with None as many as there are processors.
    :raises ConfigError: if Ray is asked for and missing, or for something else.
    """
    if name == "ray":
        from trilogue.scripts.executors.ray import RayCluster

        return RayCluster(jobs)
    if name != "local":
        raise ConfigError(f"--executor: got {name!r}, expected local or ray.")
    from trilogue.scripts.executors.local import LocalPool

    return LocalPool(jobs or os.cpu_count() or 1)
