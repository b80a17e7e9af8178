"""The application: its addresses, and what stands around them."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from trilogue.review.web import actions, door, pages
from trilogue.review.web.calls import Desk
from trilogue.review.web.security import LOOPBACK, Guard
from trilogue.review.web.templates import STATIC


def make_app(desk: Desk, *, hosts: Iterable[str] = LOOPBACK) -> Starlette:
    """The review of one corpus.

    :param hosts: names that people reach it by.
    """
    get, post = ["GET"], ["POST"]
    routes = [
        Route("/sign-in", door.show_door, methods=get),
        Route("/sign-in", door.sign_in, methods=post),
        Route("/sign-out", actions.sign_out, methods=post),
        Route("/", pages.home, methods=get),
        Route("/next", pages.open_next, methods=get),
        Route("/done", pages.show_done, methods=get),
        Route("/list", pages.show_list, methods=get),
        Route("/filters", pages.show_filters, methods=get),
        Route("/stale", pages.show_stale, methods=get),
        Route("/stale/{unit_id}/dismiss", actions.dismiss, methods=post),
        Route("/report", pages.show_report, methods=get),
        Route("/concordance", pages.show_concordance, methods=get),
        Route("/sheet/{name}", pages.send_sheet, methods=get),
        Route("/sheet", actions.take_sheet, methods=post),
        Route("/undo", actions.undo_last, methods=post),
        Route("/skipped", actions.offer_again, methods=post),
        Route("/units/{unit_id}", pages.show_unit, methods=get),
        Route("/units/{unit_id}/memory", pages.show_memory, methods=get),
        Route("/units/{unit_id}/step", pages.step, methods=get),
        Route("/units/{unit_id}/typed", actions.typed, methods=post),
        Route("/units/{unit_id}/decide", actions.decide, methods=post),
        Route("/units/{unit_id}/undo", actions.undo, methods=post),
        Route("/units/{unit_id}/skip", actions.skip, methods=post),
        Route("/units/{unit_id}/comment", actions.comment, methods=post),
        Route("/units/{unit_id}/uncomment", actions.take_back_comment, methods=post),
        Route("/units/{unit_id}/speakers", pages.show_speakers, methods=get),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, hosts=tuple(hosts))])
    app.state.desk = desk
    return app
