"""The command line as a whole: exit codes, one-line errors, help."""

import click
import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.scripts import cli
from trilogue.scripts.commands import evaluate, models, review
from trilogue.scripts.lazy import LazyGroup

NESTED = {
    "review": review.COMMANDS,
    "models": models.COMMANDS,
    "evaluate": evaluate.COMMANDS,
}
CALLS = [[verb] for verb in cli.COMMANDS] + [
    [group, name] for group, names in NESTED.items() for name in names
]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_every_command_has_help(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*call, "--help"]) == 0
    assert f"Usage: trilogue {' '.join(call)}" in capsys.readouterr().out


@pytest.mark.parametrize("group", [[], *([name] for name in NESTED)], ids=" ".join)
def test_a_group_alone_shows_its_commands(
    group: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(group) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(f"  {name}" in shown.err for name in NESTED.get("".join(group), cli.COMMANDS))


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (FormatError("visit.txt:3: no speaker"), 1, "trilogue: visit.txt:3: no speaker\n"),
        (ConfigError("language: got 'xx'"), 2, "trilogue: language: got 'xx'\n"),
        (KeyboardInterrupt(), 130, "trilogue: interrupted; what was finished is kept\n"),
        (OSError(28, "No space left on device", "out.tmx"), 1, "trilogue: out.tmx: No space"),
        (OSError(28, "No space left on device"), 1, "trilogue: standard output or a temporary"),
    ],
)
def test_a_failure_is_one_line_and_its_own_exit_code(
    error: BaseException,
    code: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    @click.command("read")
    def failing() -> None:
        raise error

    monkeypatch.setattr(LazyGroup, "get_command", lambda self, ctx, name: failing)
    assert cli.run(["read"]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    said = shown.err.lstrip("\n")  # click ends the line that "^C" stands on
    assert said.startswith(line)
    assert said.count("\n") == 1


def test_an_unknown_verb_and_an_unknown_option_are_usage_errors_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["translate"]) == 2
    assert cli.run(["draft", "--loudly"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "No such command 'translate'" in lines[0]
    assert "--loudly" in lines[1]


def test_a_closed_standard_output_is_a_failure_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert cli.run(["models", "list"]) == 1
    assert capsys.readouterr().err.startswith("trilogue: standard output is closed; send it to")
