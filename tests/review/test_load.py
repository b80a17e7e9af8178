"""Several reviewers at once, and a server that is killed in their midst: nothing lost or doubled.

The benchmark does the same with fifty reviewers on 100,000 units.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "review.py"


@pytest.fixture
def benchmark(module_at: Callable[[Path], Any]) -> Any:
    return module_at(SCRIPT)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_killed_server_loses_and_doubles_nothing(
    benchmark: Any, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    benchmark.make_corpus(tmp_path / "corpus", 750)
    asked = argparse.Namespace(units=750, reviewers=8, decisions=5, think=0.2)
    benchmark.run(tmp_path / "corpus", url, asked)  # it compares the logs
    assert "40 decisions" in capsys.readouterr().out


@pytest.mark.parametrize("damage", ["lost", "doubled"])
def test_the_comparison_sees_what_is_lost_and_what_is_doubled(
    benchmark: Any, filled: Any, people: Any, damage: str
) -> None:
    crowd = [benchmark.Reviewer(None, "Anahit", "", 1, 0.0)]
    if damage == "lost":
        crowd[0].log.append(("key", "unit"))
        with pytest.raises(AssertionError, match="lost: 1"):
            benchmark.compare(filled, crowd)
        return
    from trilogue.review import log
    from trilogue.review.database import writing
    from trilogue.review.types import Decision, Kind, Part

    with writing(filled) as connection:
        unit_id = str(connection.exec_driver_sql("SELECT unit_id FROM units").scalar())
        for version in (0, 1):
            said = Decision(f"k{version}", unit_id, Kind.EDIT, version, (Part(0, 1, "a", "b"),))
            log.append(connection, [said], by=people["Anahit"], now=1)
    with pytest.raises(AssertionError, match="decided twice"):
        benchmark.compare(filled, crowd)
