"""Signing in: the one page that is open to everybody."""

import re
from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from trilogue.review import accounts
from trilogue.review.database import writing
from trilogue.review.web.calls import COOKIE, Desk, read_form
from trilogue.review.web.templates import render

_OURS: Final = re.compile(r"/(next|list|stale|report|units/\w+)(\?[^\\\s]*)?\Z", re.ASCII)
"""Pages that signing in leads back to: no other site's."""


async def show_door(request: Request) -> Response:
    """The form."""
    return _door(200, "", to=request.query_params.get("to", ""))


async def sign_in(request: Request) -> Response:
    """Let somebody in: a new session, whose cookie no script sees."""
    form, _ = await read_form(request)
    return await run_in_threadpool(_let_in, request, form)


def _let_in(request: Request, form: Mapping[str, str]) -> Response:
    name, token, to = (form.get(field, "") for field in ("name", "token", "to"))
    desk: Desk = request.app.state.desk
    now = desk.clock()
    address = request.client.host if request.client else ""
    keys = [address, f"{address} {name[:80]}"]
    if desk.attempts.refuses(keys, now=now):
        return _door(429, "Too many attempts. Wait five minutes and try again.", to=to)
    with writing(desk.engine) as connection:
        session = accounts.sign_in(connection, name.strip(), token.strip(), now=now)
    if session is None:
        desk.attempts.failed(keys, now=now)
        said = "Name and token do not fit. Ask for a new token if yours is lost."
        return _door(403, said, to=to)
    answer = RedirectResponse(to if _OURS.match(to) else "/next", 303)
    hours = accounts.HOURS * 3600
    answer.set_cookie(
        COOKIE, session, max_age=hours, httponly=True, samesite="lax", secure=desk.secure
    )
    return answer


def _door(status: int, said: str, *, to: str) -> HTMLResponse:
    return HTMLResponse(render("sign_in.html", said=said, to=to), status)
