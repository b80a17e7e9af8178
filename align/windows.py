"""Cutting two texts into windows that overlap, and joining the paths through them.

Each window is searched in full, from its first
node to its last; where the paths of two neighbours meet in their overlap, one goes over into the
other. Neighbours that do not meet become one window: a wrong cut costs time, not truth.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from trilogue.align.lattice import Window
from trilogue.corpora.types import Bead

WHOLE: Final = 60_000
"""Nodes up to which both texts are one window."""
STRETCH: Final = 12
"""Segments from one cut to the next, on the longer side, at least."""
SPAN: Final = 3
"""Stretches of a window; the last of them is the first of the next window."""
LARGEST_WINDOW: Final = 1_500_000
"""Nodes beyond which no window grows; what is larger is cut along its diagonal."""
BATCH: Final = 150_000
"""Nodes that are searched side by side."""
_WASTE: Final = 1.6

Node = tuple[int, int]
Path = list[Bead]
Solve = Callable[[Sequence[Window]], list[Path]]


def windows(anchors: Sequence[Node], rows: int, columns: int) -> list[Window]:
    """Windows over ``rows`` source and ``columns`` target segments, each overlapping the next."""
    if (rows + 1) * (columns + 1) <= WHOLE:
        return [Window(0, rows, 0, columns)]
    cuts = list(_cuts(anchors, rows, columns))
    out: list[Window] = []
    first = 0
    while not out or (out[-1].bottom, out[-1].right) != (rows, columns):
        last = min(first + SPAN, len(cuts) - 1)
        while last > first + 1 and _between_cuts(cuts[first], cuts[last]).area > LARGEST_WINDOW:
            last -= 1
        out.append(_between_cuts(cuts[first], cuts[last]))
        # One stretch is in two windows; what is too large to be shared meets at its cut.
        first = max(last - 1, first + 1)
    return out


def _between_cuts(first: Node, last: Node) -> Window:
    return Window(first[0], last[0], first[1], last[1])


def _cuts(anchors: Sequence[Node], rows: int, columns: int) -> Iterator[Node]:
    """Anchors that are far enough apart, and cuts of what is too large between two of them."""
    at = (0, 0)
    yield at
    for node in [*anchors, (rows, columns)]:
        end = node == (rows, columns)
        if not end and (
            max(node[0] - at[0], node[1] - at[1]) < STRETCH
            or max(rows - node[0], columns - node[1]) < STRETCH // 2
        ):
            continue
        yield from _between(at, node)
        at = node
        yield at


def _between(first: Node, last: Node) -> Iterator[Node]:
    """Cuts along the diagonal of a rectangle that is too large to be searched in full."""
    height, width = last[0] - first[0], last[1] - first[1]
    parts = 1
    while SPAN**2 * (height / parts + 1) * (width / parts + 1) > LARGEST_WINDOW:
        parts += 1
    for part in range(1, parts):
        yield first[0] + height * part // parts, first[1] + width * part // parts


def batches(given: Sequence[Window]) -> Iterator[list[int]]:
    """Numbers of windows that may lie side by side: of like size, not too many."""
    order = sorted(range(len(given)), key=lambda k: (_sixteens(given[k]), k))
    batch: list[int] = []
    height = width = area = 0
    for k in order:
        tall = max(height, len(given[k].rows) + 1)
        wide = max(width, len(given[k].columns) + 1)
        padded = tall * wide * (len(batch) + 1)
        if batch and (padded > BATCH or padded > _WASTE * (area + given[k].area)):
            yield batch
            batch, area = [], 0
            tall, wide = len(given[k].rows) + 1, len(given[k].columns) + 1
        batch.append(k)
        height, width, area = tall, wide, area + given[k].area
    if batch:
        yield batch


def _sixteens(window: Window) -> tuple[int, int]:
    return len(window.rows) // 16, len(window.columns) // 16


def searched(given: Sequence[Window], solve: Solve) -> Path:
    """The best ladder over windows that overlap.

    :param solve: the best ladders of some windows, their indices those of the whole texts.
    """
    todo = list(given)
    paths = dict(zip(todo, solve(todo), strict=True))
    while True:
        apart = _apart(todo, paths)
        if not apart:
            return _joined(todo, paths)
        todo = _merged(todo, apart)
        missing = [window for window in todo if window not in paths]
        paths.update(zip(missing, solve(missing), strict=True))


def _apart(given: Sequence[Window], paths: dict[Window, Path]) -> list[int]:
    """Windows whose path does not meet that of the next, and that can be made one with it."""
    found = []
    start = (given[0].top, given[0].left)
    for k, (one, other) in enumerate(zip(given, given[1:], strict=False)):
        node = _meeting(paths[one], paths[other], start, one, other)
        if node is None and _union(one, other).area <= LARGEST_WINDOW:
            found.append(k)
        start = node or (other.top, other.left)
    return found


def _merged(given: Sequence[Window], apart: Sequence[int]) -> list[Window]:
    out: list[Window] = []
    grown, failed = False, set(apart)
    for k, window in enumerate(given):
        # A window that has just grown is looked at again before it grows once more.
        if k - 1 in failed and not grown:
            out[-1] = _union(out[-1], window)
            grown = True
        else:
            out.append(window)
            grown = False
    return out


def _union(one: Window, other: Window) -> Window:
    return Window(one.top, other.bottom, one.left, other.right)


def _meeting(one: Path, other: Path, start: Node, here: Window, there: Window) -> Node | None:
    """The node nearest to the middle of the overlap that both paths pass, from ``start`` on."""
    common = set(_nodes(one, here)) & set(_nodes(other, there))
    middle = (there.top + here.bottom) / 2 + (there.left + here.right) / 2
    kept = [node for node in common if node[0] >= start[0] and node[1] >= start[1]]
    return min(kept, key=lambda node: (abs(node[0] + node[1] - middle), node), default=None)


def _nodes(path: Path, window: Window) -> Iterator[Node]:
    i, j = window.top, window.left
    yield i, j
    for bead in path:
        i, j = i + len(bead.source), j + len(bead.target)
        yield i, j


def _joined(given: Sequence[Window], paths: dict[Window, Path]) -> Path:
    """One path from pieces of all.

    Where two paths do not meet and their windows are too large to become one, the first goes on
    to its end, and what lies between that and the second is left alone.
    """
    out: Path = []
    at = (given[0].top, given[0].left)
    for k, here in enumerate(given):
        stop = (here.bottom, here.right)
        if k + 1 == len(given):
            return out + _part(paths[here], here, at, stop)
        there = given[k + 1]
        node = _meeting(paths[here], paths[there], at, here, there)
        out += _part(paths[here], here, at, node or stop)
        if node is None:
            after = (n for n in _nodes(paths[there], there) if n[0] >= stop[0] and n[1] >= stop[1])
            node = next(after)
            out += left_alone(range(stop[0], node[0]), range(stop[1], node[1]))
        at = node
    return out


def _part(path: Path, window: Window, start: Node, stop: Node) -> Path:
    nodes = list(_nodes(path, window))
    return path[nodes.index(start) : nodes.index(stop)]


def left_alone(source: Iterable[int], target: Iterable[int]) -> Path:
    """Segments without a counterpart, of which nothing else is known."""
    beads = [Bead((i,), (), 0.0, 1.0) for i in source]
    return beads + [Bead((), (j,), 0.0, 1.0) for j in target]
