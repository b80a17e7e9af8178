"""The page on scores says what the scores, the policy and the commands are."""

import io
import json
import re
import shlex
from pathlib import Path

import click
import pytest

from trilogue.align.scores.measure import SIGNALS
from trilogue.align.select import Action, Policy
from trilogue.scripts import cli
from trilogue.scripts.assessors import WEIGHTS

PAGE = (Path(__file__).parents[2] / "docs" / "scores.md").read_text("utf-8")


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table below a heading, by what their first cell names."""
    section = PAGE.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    cells = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip(" `"): [cell.strip() for cell in row[1:]] for row in cells}


def test_every_signal_is_described_in_the_order_in_which_it_is_printed() -> None:
    assert list(rows("Signals")) == list(SIGNALS)


def test_every_check_is_described_with_what_the_default_policy_lets_it_do() -> None:
    told = {check: cells[2] for check, cells in rows("Checks").items()}
    policy = Policy.load(WEIGHTS / "policy.toml")
    assert told == {
        check: ", ".join(action for action in Action if getattr(levels, action) is not None)
        for check, levels in sorted(
            policy.default.checks.items(), key=lambda one: list(told).index(one[0])
        )
    }


def test_the_example_is_what_the_command_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [(pair, options)] = re.findall(r"\$ printf '(.*)\\n' \| trilogue score (.*)", PAGE)
    stream = io.TextIOWrapper(io.BytesIO(pair.replace("\\t", "\t").encode() + b"\n"))
    monkeypatch.setattr("sys.stdin", stream)
    assert cli.run(["score", *options.split()]) == 0
    found = json.loads(capsys.readouterr().out)
    assert f'"verdict": "{found["verdict"]}"' in PAGE
    assert f'"reasons": {json.dumps(found["reasons"], ensure_ascii=False)}' in PAGE
    assert f'"signature": "{found["signature"].partition("+")[0]}+' in PAGE


@pytest.mark.parametrize("line", re.findall(r"^    \$ (trilogue [^#\n]*)", PAGE, re.MULTILINE))
def test_every_command_that_is_shown_is_one(line: str) -> None:
    _, *words = shlex.split(line)
    command: click.Command = cli.cli
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None
        command = found
    known = {name for option in command.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= known
