"""Signing in: the one page that is open to everybody."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from trilogue.review import accounts
from trilogue.review.database import writing
from trilogue.review.web.calls import COOKIE, Desk, read_form
from trilogue.review.web.templates import render


async def show_door(request: Request) -> Response:
    """The form."""
    return _door(200, "")


async def sign_in(request: Request) -> Response:
    """Let somebody in: a new session, whose cookie no script sees."""
    form, _ = await read_form(request)
    return await run_in_threadpool(_let_in, request, form.get("name", ""), form.get("token", ""))


def _let_in(request: Request, name: str, token: str) -> Response:
    desk: Desk = request.app.state.desk
    now = desk.clock()
    address = request.client.host if request.client else ""
    keys = [address, f"{address} {name[:80]}"]
    if desk.attempts.refuses(keys, now=now):
        return _door(429, "Too many attempts. Wait five minutes and try again.")
    with writing(desk.engine) as connection:
        session = accounts.sign_in(connection, name.strip(), token.strip(), now=now)
    if session is None:
        desk.attempts.failed(keys, now=now)
        return _door(403, "Name and token do not fit. Ask for a new token if yours is lost.")
    answer = RedirectResponse("/next", 303)
    hours = accounts.HOURS * 3600
    answer.set_cookie(
        COOKIE, session, max_age=hours, httponly=True, samesite="lax", secure=desk.secure
    )
    return answer


def _door(status: int, said: str) -> HTMLResponse:
    return HTMLResponse(render("sign_in.html", said=said), status)
