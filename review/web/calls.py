"""From a request to a function that answers it: session, form, token, threads.

A page is a plain function ``(Call) → Response``: it runs in a worker thread, with its own
connections, so that a slow query keeps nobody else waiting.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from trilogue.corpora.errors import FormatError
from trilogue.corpora.glossary import Glossary
from trilogue.review import accounts
from trilogue.review.accounts import Session
from trilogue.review.database import reading
from trilogue.review.links import Lexicons, no_lexicon
from trilogue.review.memory import Memory
from trilogue.review.queue import Filter, Order
from trilogue.review.types import Account
from trilogue.review.web.security import Attempts, Clock
from trilogue.review.web.templates import render

log: Final = logging.getLogger(__name__)
COOKIE: Final = "trilogue_session"
_NAMES: Final = ("lang", "verdict", "reason", "speaker", "status", "reviewer", "document", "text")


def _now() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class Recent:
    """A figure that is counted anew when it is older than ``age`` milliseconds."""

    age: int
    at: int = 0
    value: Any = None

    def of(self, count: Callable[[], Any], *, now: int) -> Any:
        """The figure."""
        if self.value is None or not 0 <= now - self.at <= self.age:
            self.at = now  # while one counts, others are told the old figure
            self.value = count()
        return self.value


@dataclass(frozen=True)
class Desk:
    """What the pages share.

    :ivar corpus: the folder, for sheets; its name is in the title.
    :ivar lexicons: for the links between words.
    :ivar share: of decided units that get a second review.
    :ivar secure: whether people come by https: cookies go no other way then.
    """

    engine: sa.Engine
    corpus: Path
    glossary: Glossary = Glossary(())
    lexicons: Lexicons = no_lexicon
    share: float = 0.1
    secure: bool = False
    clock: Clock = _now
    attempts: Attempts = field(default_factory=Attempts)
    progress: Recent = field(default_factory=lambda: Recent(5_000))
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True)
class Call:
    """One request of somebody who signed in.

    :ivar connection: to look with; what was written since it was opened it may not show.
    """

    request: Request
    desk: Desk
    session: Session
    form: Mapping[str, str]
    file: tuple[str, bytes] | None
    connection: sa.Connection

    @property
    def by(self) -> Account:
        """Who asks."""
        return self.session.account

    @property
    def engine(self) -> sa.Engine:
        """The database."""
        return self.desk.engine

    def now(self) -> int:
        """Milliseconds since 1970."""
        return self.desk.clock()

    @property
    def unit_id(self) -> str:
        """The unit that the address names."""
        return str(self.request.path_params["unit_id"])

    @property
    def filter(self) -> Filter:
        """The queue that the person works on: of the form, or else of the address."""
        query = self.form.get("queue")
        pairs = parse_qsl(query) if query is not None else self.request.query_params.multi_items()
        return filter_of(dict(pairs), share=self.desk.share)

    @property
    def is_htmx(self) -> bool:
        """Whether a part of the page asks, not the browser."""
        return "hx-request" in self.request.headers

    def show(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, or a part of one."""
        shared = {"by": self.by, "csrf": self.session.csrf, "corpus": self.desk.corpus.name}
        asked = self.filter
        return HTMLResponse(
            render(template, **shared, asked=asked, queue=query_of(asked), **values), status
        )

    def go(self, path: str) -> Response:
        """Send the browser to another page of ours, with the same queue."""
        query = query_of(self.filter)
        address = f"{path}?{query}" if query else path
        if self.is_htmx:
            return Response(headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)


Page = Callable[[Call], Response]


def page(answer: Page) -> Callable[[Request], Any]:
    """An endpoint for people who signed in; others are sent to the door."""

    @wraps(answer)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            form, file = await read_form(request)
        except ClientDisconnect:
            return HTMLResponse(render("error.html", said="too large"), 413)
        return await run_in_threadpool(_answer, answer, request, desk, form, file)

    return endpoint


async def read_form(request: Request) -> tuple[dict[str, str], tuple[str, bytes] | None]:
    """The fields of a form, the first of each name, and the uploaded file if there is one."""
    if request.method != "POST":
        return {}, None
    fields: dict[str, str] = {}
    file = None
    async with request.form(max_files=1, max_fields=40) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                file = (value.filename or "", await value.read())
            else:
                # A browser sends line ends as CR LF; texts have LF.
                fields.setdefault(name, value.replace("\r\n", "\n"))
    return fields, file


def _answer(
    answer: Page,
    request: Request,
    desk: Desk,
    form: dict[str, str],
    file: tuple[str, bytes] | None,
) -> Response:
    try:
        with reading(desk.engine) as connection:
            cookie = request.cookies.get(COOKIE, "")
            session = accounts.session_of(connection, cookie, now=desk.clock())
            refused = _refusal(request, session, form)
            if refused is not None or session is None:
                return refused or RedirectResponse("/sign-in", 303)
            return answer(Call(request, desk, session, form, file, connection))
    except FormatError as error:
        return HTMLResponse(render("error.html", said=str(error)), 422)
    except sa.exc.OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        log.error("%s %s: %s", request.method, request.url.path, why)
        said = f"The database says: {why}. Nothing was changed; what you typed is kept in this"
        way = "browser. Tell whoever runs this server, and try again when it is mended."
        return HTMLResponse(render("error.html", said=f"{said} {way}"), 503)


def _refusal(request: Request, session: Session | None, form: Mapping[str, str]) -> Response | None:
    """Why a change is not to be made: nobody is signed in, or the form is not of this session."""
    if request.method != "POST":
        return None
    if session is None:
        said = "You are signed out. What you typed is kept here; sign in and come back."
        return HTMLResponse(render("error.html", said=said), 401)
    token = form.get("csrf") or request.headers.get("x-csrf-token", "")
    if compare_digest(token.encode(), session.csrf.encode()):
        return None
    return HTMLResponse(render("error.html", said="the form is of another session"), 403)


def filter_of(values: Mapping[str, str], *, share: float) -> Filter:
    """What a query asks for.

    :raises FormatError: if a bound is no number, or there is no such order.
    """
    texts = {name: values.get(name, "")[:200].replace("\0", "") for name in _NAMES}
    order = values.get("order") or Order.FAITHFUL
    if order not in list(Order):
        raise FormatError(f"order: got {order[:40]!r}, expected one of {', '.join(Order)}")
    return Filter(
        **texts,
        at_least=_bound(values, "at_least"),
        below=_bound(values, "below"),
        order=Order(order),
        share=share,
    )


def query_of(asked: Filter) -> str:
    """Inverse of :func:`filter_of`."""
    values: dict[str, Any] = {name: getattr(asked, name) for name in _NAMES}
    values |= {"at_least": asked.at_least, "below": asked.below}
    if asked.order is not Order.FAITHFUL:
        values["order"] = asked.order.value
    return urlencode({name: value for name, value in values.items() if value not in ("", None)})


def _bound(values: Mapping[str, str], name: str) -> float | None:
    given = values.get(name, "")
    try:
        number = float(given) if given else None
    except ValueError:
        raise FormatError(f"{name}: got {given[:40]!r}, expected a number from 0 to 1") from None
    if number is not None and not 0 <= number <= 1:
        raise FormatError(f"{name}: got {given[:40]}, expected a number from 0 to 1")
    return number
