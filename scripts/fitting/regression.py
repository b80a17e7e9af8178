"""The three regressions that calibrations are made of: logistic, ridge and isotonic."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def logistic(
    rows: Array, labels: Array, weights: Array, *, signs: Sequence[int], penalty: float = 2e-5
) -> tuple[float, Array]:
    """Bias and weights of a logistic regression by Newton's method.

    :param signs: +1, −1 or 0 for each column: a column whose weight comes out with the other sign
        is dropped and the rest is fitted again, so that a feature speaks in one direction only.
    """
    active = np.ones(rows.shape[1], bool)
    while True:
        bias, found = _newton(rows[:, active], labels, weights, penalty)
        wrong = np.flatnonzero(active)[found * np.array(signs)[active] < 0]
        if not len(wrong):
            full = np.zeros(rows.shape[1])
            full[active] = found
            return bias, full
        active[wrong] = False


def _newton(rows: Array, labels: Array, weights: Array, penalty: float) -> tuple[float, Array]:
    design = np.column_stack([np.ones(len(rows)), rows])
    ridge = penalty * np.eye(design.shape[1])
    ridge[0, 0] = 1e-9
    weights = weights / weights.sum()
    solution = np.zeros(design.shape[1])
    for _ in range(60):
        likely = 1.0 / (1.0 + np.exp(-np.clip(design @ solution, -30, 30)))
        gradient = design.T @ (weights * (likely - labels)) + ridge @ solution
        curvature = (design * (weights * likely * (1 - likely))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        solution -= step
        if np.abs(step).max() < 1e-8:
            break
    return float(solution[0]), solution[1:]


def ridge(
    rows: Array, values: Array, *, signs: Sequence[int], penalty: float = 1e-2
) -> tuple[float, Array]:
    """Bias and weights of a least-squares fit; ``signs`` as in ``logistic``."""
    active = np.ones(rows.shape[1], bool)
    scale = rows.std(0) + 1e-9
    while True:
        design = np.column_stack([np.ones(len(rows)), rows[:, active] / scale[active]])
        square = design.T @ design / len(rows) + penalty * np.diag([0.0] + [1.0] * active.sum())
        solution = np.linalg.solve(square, design.T @ values / len(rows))
        wrong = np.flatnonzero(active)[solution[1:] * np.array(signs)[active] < 0]
        if not len(wrong):
            full = np.zeros(rows.shape[1])
            full[active] = solution[1:] / scale[active]
            return float(solution[0]), full
        active[wrong] = False


def isotonic(
    x: Array, y: Array, weights: Array, *, knots: int = 24, rising: bool = True
) -> list[tuple[float, float]]:
    """Knots of the monotone staircase nearest to the points (pool adjacent violators).

    Points are pooled into ``knots`` groups of equal weight first, so that no knot rests on few.
    """
    order = np.argsort(x, kind="stable")
    x, y, weights = x[order], (y if rising else -y)[order], weights[order]
    edges = np.searchsorted(np.cumsum(weights), np.linspace(0, weights.sum(), knots + 1)[1:-1])
    groups = [group for group in np.split(np.arange(len(x)), np.unique(edges)) if len(group)]
    blocks: list[list[float]] = []  # weight, sum of y, sum of x
    for group in groups:
        total = float(weights[group].sum())
        blocks.append([total, float(weights[group] @ y[group]), float(weights[group] @ x[group])])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] >= blocks[-1][1] / blocks[-1][0]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    sign = 1.0 if rising else -1.0
    return [(round(b[2] / b[0], 4), round(sign * b[1] / b[0], 4)) for b in blocks]
