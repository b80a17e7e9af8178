import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.lock import LOCK, locked


def holder(**changes: object) -> dict[str, object]:
    ours = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "start": "2026-11-24T20:00:00+00:00",
        "birth": None,
        "first": None,
        "last": None,
    }
    return {**ours, **changes}


def write(root: Path, *holders: dict[str, object]) -> None:
    (root / LOCK).write_text(json.dumps(holders), encoding="utf-8")


def test_a_second_run_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    with locked(tmp_path):
        with pytest.raises(ConfigError, match=rf"another run is at work: process {os.getpid()} on"):
            with locked(tmp_path):
                pass
    assert list(tmp_path.iterdir()) == []


def test_array_jobs_stand_side_by_side_but_never_on_one_shard(tmp_path: Path) -> None:
    with locked(tmp_path, numbers=range(0, 10)):
        with locked(tmp_path, numbers=range(10, 20)):
            with pytest.raises(ConfigError, match="on shards 10-19; wait for it"):
                with locked(tmp_path, numbers=range(19, 30)):
                    pass
        with pytest.raises(ConfigError, match="on shards 0-9"):
            with locked(tmp_path):
                pass
    assert list(tmp_path.iterdir()) == []


def test_a_dead_run_on_this_host_is_taken_over_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    write(tmp_path, holder(pid=child.pid))
    with caplog.at_level("INFO"), locked(tmp_path):
        pass
    assert f"took over from process {child.pid}, which died" in caplog.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc tells its state")
def test_a_killed_run_that_nobody_waited_for_is_dead_too(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    write(tmp_path, holder(pid=child.pid))
    with pytest.raises(ConfigError, match=f"another run is at work: process {child.pid} on"):
        with locked(tmp_path):
            pass
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table
    with caplog.at_level("INFO"), locked(tmp_path):
        pass
    child.communicate()
    assert f"took over from process {child.pid}, which died" in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_a_process_number_that_came_again_is_no_living_run(tmp_path: Path) -> None:
    write(tmp_path, holder(birth="1"))
    with locked(tmp_path):
        pass


def test_a_run_on_another_host_is_believed_to_live(tmp_path: Path) -> None:
    write(tmp_path, holder(pid=1, host="elsewhere"))
    with pytest.raises(ConfigError, match=r"on elsewhere .*delete .*\.lock if that host is gone"):
        with locked(tmp_path):
            pass
    assert (tmp_path / LOCK).exists()


def test_a_lock_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("apt", encoding="utf-8")
    with pytest.raises(FormatError, match="not a lock of ours: got 'apt'"):
        with locked(tmp_path):
            pass
    assert (tmp_path / LOCK).read_text(encoding="utf-8") == "apt"


def test_the_lock_goes_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no transcript"):
        with locked(tmp_path):
            raise FormatError("no transcript")
    assert list(tmp_path.iterdir()) == []
