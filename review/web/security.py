"""What every request goes through before a page sees it, and every answer after.

Hosts that are not ours (DNS rebinding), bodies that are too large, changes that another site asks
for: refused. Answers carry a policy without inline scripts.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FORM: Final = 1 << 18
"""Bytes of a form; of an uploaded sheet see :data:`SHEET`."""
SHEET: Final = 32 << 20
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
STATIC: Final = "/static/"
KEPT: Final = "public, max-age=31536000, immutable"
"""Of styles and scripts, whose addresses change with them."""
_SAFE: Final = ("GET", "HEAD")
_SAME_SITE: Final = ("same-origin", "none")


class Guard:
    """ASGI middleware.

    :param hosts: names that the server answers to; ``*`` for any.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = LOOPBACK) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _with_headers(send, kept=scope["path"].startswith(STATIC))
        headers = Headers(scope=scope)
        refused = self._refusal(scope["method"], headers)
        if refused is not None:
            await PlainTextResponse(refused[1], refused[0])(scope, receive, answer)
            return
        limit = SHEET if scope["path"] == "/sheet" else FORM
        if int(headers.get("content-length", "0") or "0") > limit:
            await PlainTextResponse("too large\n", 413)(scope, receive, answer)
            return
        await self.app(scope, _limited(receive, limit), answer)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        name = urlsplit(f"//{host}").hostname or ""
        if "*" not in self.hosts and name not in self.hosts:
            return 421, f"{host!r} is not served here\n"
        if not headers.get("content-length", "0").isdecimal():
            return 400, "content-length is no number\n"
        if method in _SAFE:
            return None
        if headers.get("sec-fetch-site", "none") not in _SAME_SITE:
            return 403, "another site asked for this change\n"
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return 403, "another origin asked for this change\n"
        return None


def _with_headers(send: Send, *, kept: bool) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", KEPT if kept else "no-store")
        await send(message)

    return answer


def _limited(receive: Receive, limit: int) -> Receive:
    """The body, cut off as if the client had gone where it is longer than allowed."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > limit else message

    return counted


@dataclass
class Attempts:
    """Failed sign-ins of late, by address: too many, and nobody from there is let in for a while.

    :ivar most: failures in ``window`` milliseconds that are let pass.
    """

    most: int = 8
    window: int = 5 * 60_000
    kept: int = 10_000
    _failed: dict[str, deque[int]] = field(default_factory=dict)

    def refuses(self, keys: Iterable[str], *, now: int) -> bool:
        """Whether one of the keys failed too often."""
        return any(len(self._recent(key, now)) >= self.most for key in keys)

    def failed(self, keys: Iterable[str], *, now: int) -> None:
        """Note a failure under each key; the oldest keys are forgotten when there are too many."""
        for key in keys:
            recent = self._recent(key, now)
            recent.append(now)
            self._failed[key] = recent
        while len(self._failed) > self.kept:
            del self._failed[next(iter(self._failed))]

    def _recent(self, key: str, now: int) -> deque[int]:
        recent = self._failed.get(key, deque())
        while recent and not now - self.window < recent[0] <= now:
            recent.popleft()
        return recent


Clock = Callable[[], int]
"""Milliseconds since 1970."""
