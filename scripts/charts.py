"""Charts of the scores as SVG, drawn by hand: any browser shows them, nothing is installed."""

from collections.abc import Sequence
from html import escape
from typing import Final

from trilogue.align.metrics import Bin
from trilogue.align.score_figures import ScoreFigures

_SIDE: Final = 260
_MARGIN: Final = 46
_STEPS: Final = 100

Point = tuple[float, float]


def svg(found: ScoreFigures) -> str:
    """Up to three squares side by side: recall by false alarms, and promised against true."""
    parts = []
    if found.goods and found.bads:
        parts.append(("bad pairs found", "false alarms", curve(found.goods, found.bads), False))
    for title, bins in (("faithful", found.faithful), ("quality / 100", found.quality)):
        if bins:
            parts.append((f"{title}: true", "promised", _points(bins), True))
    squares = [
        _square(k, title=title, under=under, points=points, diagonal=diagonal)
        for k, (title, under, points, diagonal) in enumerate(parts)
    ]
    width, height = max(1, len(parts)) * (_SIDE + 2 * _MARGIN), _SIDE + 2 * _MARGIN
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    style = 'font-family="sans-serif" font-size="12" fill="none" stroke="#444">'
    return "\n".join([f"{head} {style}", *squares, "</svg>", ""])


def curve(goods: Sequence[float], bads: Sequence[float]) -> list[Point]:
    """False alarms and recall at every threshold."""
    levels = sorted({*goods, *bads})
    wanted = levels[:: max(1, len(levels) // _STEPS)] + levels[-1:]
    return [(0.0, 0.0)] + [
        (
            sum(value <= level for value in goods) / len(goods),
            sum(value <= level for value in bads) / len(bads),
        )
        for level in wanted
    ]


def _points(bins: Sequence[Bin]) -> list[Point]:
    return [(one.promised, one.true) for one in bins]


def _square(k: int, *, title: str, under: str, points: Sequence[Point], diagonal: bool) -> str:
    left, top = k * (_SIDE + 2 * _MARGIN) + _MARGIN, _MARGIN
    path = " ".join(f"{left + x * _SIDE:.1f},{top + (1 - y) * _SIDE:.1f}" for x, y in points)
    marks = "".join(
        f'<circle cx="{left + x * _SIDE:.1f}" cy="{top + (1 - y) * _SIDE:.1f}" r="3"/>'
        for x, y in (points if diagonal else ())
    )
    line = (
        f'<path stroke="#bbb" d="M{left},{top + _SIDE}L{left + _SIDE},{top}"/>' if diagonal else ""
    )
    text = 'stroke="none" fill="#222"'
    return (
        f'<rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}"/>{line}'
        f'<polyline stroke="#06c" stroke-width="2" points="{path}"/>{marks}'
        f'<text {text} x="{left}" y="{top - 8}">{escape(title)}</text>'
        f'<text {text} x="{left}" y="{top + _SIDE + 18}">0</text>'
        f'<text {text} x="{left + _SIDE - 8}" y="{top + _SIDE + 18}">1</text>'
        f'<text {text} x="{left + _SIDE / 2 - 30}" y="{top + _SIDE + 18}">{escape(under)}</text>'
    )
