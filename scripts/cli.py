"""The command line: one click group, its commands loaded when they are called for.

Data goes to stdout, everything else to stderr. Exit 0 done, 1 a failure, 2 a usage error, 130
interrupted. An error is one line; a traceback is a fault of ours.
"""

import logging
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

import trilogue
from trilogue.corpora.errors import ConfigError, TrilogueError
from trilogue.scripts.lazy import LazyGroup

COMMANDS: Final = {
    "read": "read:read",
    "segment": "segment:segment",
    "draft": "draft:draft",
    "align": "align:align",
    "score": "score:score",
    "build": "build:build",
    "report": "report:report",
    "review": "review:review",
    "export": "export:export",
    "import": "import_units:import_units",
    "publish": "publish:publish",
    "models": "models:models",
    "evaluate": "evaluate:evaluate",
    "calibrate": "calibrate:calibrate",
}
"""Verb → module and function in the package of commands, in the order of use."""


@click.group(cls=LazyGroup, lazily=COMMANDS, no_args_is_help=True)
@click.version_option(trilogue.__version__, prog_name="trilogue")
def cli() -> None:
    """English transcripts into reviewed, scored, publishable parallel corpora."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr, level=logging.WARNING)
    logging.getLogger("trilogue").setLevel(logging.INFO)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code, after its one line of error went to stderr."""
    if sys.stdout is None:
        return _refuse("standard output is closed; send it to a file, or to /dev/null", 1)
    try:
        code = cli.main(arguments, prog_name="trilogue", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        return _refuse(_usage(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _refuse("interrupted; what was finished is kept", 130)
    except ConfigError as error:
        return _refuse(str(error), 2)
    except TrilogueError as error:
        return _refuse(str(error), 1)
    except BrokenPipeError:
        _forget_stdout()
        return 1
    except OSError as error:
        # Files that are opened by name are named in the error; what is not is our output.
        where = error.filename or "standard output or a temporary file"
        said = f"{where}: {error.strerror}" if error.strerror else str(error)
        return _refuse(f"{said}; mend that and run again", 1)


def _usage(error: click.ClickException) -> str:
    """A click error as one line with its way out."""
    message = " ".join(error.format_message().split())
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message} Try '{error.ctx.command_path} --help'."
    return message


def _refuse(message: str, code: int) -> int:
    click.echo(f"trilogue: {message}", err=True)
    return code


def _forget_stdout() -> None:
    """Whoever read our output went away: let the interpreter close without a second complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
