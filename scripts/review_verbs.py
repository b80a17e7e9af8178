"""The verbs of the review: a person's, on the database of a corpus.

They import what they need when they are called, so that help and errors stay quick.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from trilogue.corpora.errors import ConfigError

if TYPE_CHECKING:
    from trilogue.review.sheets import Outcome


class ServeOptions(TypedDict, total=False):
    """How a review is served.

    :ivar database: URL; SQLite in the corpus folder if it is None.
    :ivar names: by which people reach the server, beside ``host`` itself.
    :ivar glossary: terms to show and to check.
    :ivar share: of decided units that another person sees blindly, 0–1.
    :ivar seed: draws the samples, the first time.
    :ivar secure: whether a proxy serves https before it.
    """

    database: str | None
    host: str
    port: int
    names: Sequence[str]
    glossary: Path | None
    share: float
    seed: int
    secure: bool


def review_serve(corpus: Path | str, **options: Unpack[ServeOptions]) -> None:
    """Serve the review page until interrupted. The address goes to the log, and a first token.

    :raises ConfigError: if the address is open to others and there are no accounts, or taken.
    :raises FormatError: if the corpus is not finished.
    """
    from trilogue.scripts.aligners import find_lexicon

    given = {**options, "names": tuple(options.get("names", ()))}
    service = from_review("serving", "Service")(Path(corpus), lexicons=find_lexicon, **given)
    from_review("serving", "serve")(service)


def review_account(
    corpus: Path | str,
    name: str,
    *,
    role: str = "translator",
    database: str | None = None,
    end: bool = False,
) -> str | None:
    """Make an account or give it a new token and role; the token, None if the account is ended.

    :param role: "translator", "reviewer" or "admin".
    :raises ConfigError: if it is no corpus, no name, or there is no such account to end.
    """
    made: str | None = from_review("people", "account")(
        Path(corpus), name, role, database=database, end=end
    )
    return made


def review_snapshot(corpus: Path | str, *, database: str | None = None) -> tuple[Path, int]:
    """Write what people decided for the next build; the file, and how many units it answers."""
    written: tuple[Path, int] = from_review("exchange", "snapshot")(Path(corpus), database=database)
    return written


def review_send(
    corpus: Path | str,
    out: Path | str,
    *,
    kind: str,
    database: str | None = None,
    lang: str = "",
    verdict: str = "",
    status: str = "",
) -> int:
    """Write units to a sheet for work without the page, in the order of the text; how many.

    :param kind: "xlsx", "xliff" or "csv".
    :param status: of the units; those that wait if it is empty.
    :raises ConfigError: if a package is not installed.
    """
    asked = {"lang": lang, "verdict": verdict, "status": status}
    sent: int = from_review("exchange", "send")(
        Path(corpus), Path(out), kind, database=database, **asked
    )
    return sent


def review_receive(
    corpus: Path | str, sheet: Path | str, *, by: str, database: str | None = None
) -> Iterator["Outcome"]:
    """Take over what a sheet decides, never over a newer decision; what became of each row.

    :param by: the account that decided.
    :raises ConfigError: if there is no such account, or it is no sheet of ours.
    :raises FormatError: if it is no sound file; rows before the damage are taken over.
    """
    yield from from_review("exchange", "receive")(Path(corpus), Path(sheet), by, database=database)


def from_review(module: str, name: str) -> Callable[..., Any]:
    """A function of the review.

    :raises ConfigError: if the extra is not installed.
    """
    try:
        found: Callable[..., Any] = getattr(import_module(f"trilogue.review.{module}"), name)
    except ImportError as error:
        if error.name is None or error.name.startswith("trilogue"):
            raise
        what = f"review: takes {error.name}, which is not installed"
        raise ConfigError(f"{what}; pip install 'trilogue[review]'") from None
    return found
