"""How far a build is: a bar on a terminal, plain lines elsewhere."""

import io
import logging

import pytest

from trilogue.scripts import progress


class Terminal(io.StringIO):
    """Standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def half(stage: progress.Stage) -> None:
    stage.begins("model changed: a → b")
    stage.begins("model changed: a → b")
    stage.begins("new")
    stage.made("drafts/ru/part-00000", 12)
    stage.stood()
    stage.failed("drafts/ru/part-00002", "no space")


def test_a_terminal_shows_one_bar_and_lines_of_their_own_for_what_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.stage("drafts", 4) as stage:
        half(stage)
    shown = terminal.getvalue()
    assert "3/4" in shown
    assert shown.count("drafts: made again: model changed: a → b\n") == 1
    assert shown.count("drafts/ru/part-00002: no space\n") == 1
    assert "part-00000" not in shown


def test_elsewhere_each_shard_is_a_plain_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with caplog.at_level(logging.INFO), progress.stage("drafts", 4) as stage:
        half(stage)
    assert [record.message for record in caplog.records] == [
        "drafts: made again: model changed: a → b",
        "drafts/ru/part-00000: 12 rows",
        "drafts/ru/part-00002: no space",
    ]
