"""Groups of commands that import a command only when it is used: help and errors stay quick."""

import importlib
from collections.abc import Mapping

import click

PACKAGE = "trilogue.scripts.commands"


class LazyGroup(click.Group):
    """A click group whose commands are named, not imported.

    :param commands: name → module and function in the package of commands ("build:build"), in the
        order of use.
    """

    def __init__(self, *arguments: object, lazily: Mapping[str, str], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.lazily = lazily

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazily)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazily:
            return None
        module, function = self.lazily[cmd_name].split(":")
        command = getattr(importlib.import_module(f"{PACKAGE}.{module}"), function)
        assert isinstance(command, click.Command)
        return command
