"""From a request to a function that answers it: session, form, token, threads.

A page is a plain function ``(Call) → Response``: it runs in a worker thread, with its own
connections, so that a slow query keeps nobody else waiting.
"""

import json
import logging
import re
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
_WHICH: Final = re.compile(r"^unit \S+: ([\w-]+: )?")
"""How errors begin that name a unit by its id and what was asked: the person looks at both."""
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

    def show(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page, or a part of one."""
        shared = {"by": self.by, "csrf": self.session.csrf, "corpus": self.desk.corpus.name}
        asked = self.filter
        return HTMLResponse(
            render(template, **shared, asked=asked, queue=query_of(asked), **values), status
        )

    def go(self, path: str, *, said: str = "") -> Response:
        """Send the browser to another page of ours, with the same queue.

        :param said: what was done, in words, for the next page to show.
        """
        query = query_of(self.filter)
        address = f"{path}?{query}" if query else path
        if not _is_htmx(self.request):
            return RedirectResponse(address, 303)
        told = {"HX-Trigger": json.dumps({"said": said})} if said else {}
        return Response(headers={"HX-Redirect": address, **told})


Page = Callable[[Call], Response]


def page(answer: Page) -> Callable[[Request], Any]:
    """An endpoint for people who signed in; others are sent to the door."""

    @wraps(answer)
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            form, file = await read_form(request)
        except ClientDisconnect:
            return failed(request, 413, "It is too large.")
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
                return refused or RedirectResponse(f"/sign-in?{_back(request)}", 303)
            return answer(Call(request, desk, session, form, file, connection))
    except FormatError as error:
        said = _WHICH.sub("", str(error))
        return failed(request, 422, said[:1].upper() + said[1:])
    except sa.exc.OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        log.error("%s %s: %s", request.method, request.url.path, why)
        said = f"The database says: {why}. Nothing was changed; what you typed is kept in this"
        way = "browser. Tell whoever runs this server, and try again when it is mended."
        return failed(request, 503, f"{said} {way}")


def _refusal(request: Request, session: Session | None, form: Mapping[str, str]) -> Response | None:
    """Why nothing is shown or changed: nobody is signed in, or the form is not of this session."""
    if session is None and (request.method == "POST" or _is_htmx(request)):
        said = "You are signed out. What you typed is kept here; sign in and come back."
        return failed(request, 401, said, door=f"/sign-in?{_back(request)}")
    if session is None or request.method != "POST":
        return None
    token = form.get("csrf") or request.headers.get("x-csrf-token", "")
    if compare_digest(token.encode(), session.csrf.encode()):
        return None
    said = "This page is of an earlier session. What you typed is kept here; load the page anew."
    return failed(request, 403, said)


def failed(request: Request, status: int, said: str, *, door: str = "") -> HTMLResponse:
    """What was not done and why: a part of the page that asked, or a page of its own.

    :param door: where to sign in, if that is the way out.
    """
    template = "error.html" if _is_htmx(request) else "error_page.html"
    return HTMLResponse(render(template, said=said, door=door), status)


def _is_htmx(request: Request) -> bool:
    """Whether a part of the page asks, not the browser."""
    return "hx-request" in request.headers


def _back(request: Request) -> str:
    """The page that somebody looks at, as a query for the door."""
    here = request.headers.get("hx-current-url") or str(request.url)
    return urlencode({"to": re.sub(r"^\w+://[^/]*", "", here)})


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
