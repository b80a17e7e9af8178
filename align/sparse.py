"""Sparse tables between the word types of two sides."""

from collections.abc import Sequence

import numpy as np

from trilogue.align.lattice import Floats, Integers
from trilogue.align.lexicon import Table


def table_of(rows: Integers, columns: Integers, values: Floats, *, n_rows: int) -> Table:
    """Triples, in any order, as a table of sorted rows; of equal places the largest value stays."""
    order = np.lexsort((-values, columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    lengths = np.bincount(rows[first], minlength=n_rows)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return Table(offsets, columns[first], values[first])


def runs(begins: Integers, lengths: Integers, chosen: Integers) -> tuple[Integers, Integers]:
    """All places of some runs, and for each the position of its run in ``chosen``."""
    counts = lengths[chosen]
    position = np.repeat(np.arange(len(chosen)), counts)
    inside = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)
    return begins[chosen][position] + inside, position


def entries(table: Table, rows: Integers) -> tuple[Integers, Integers]:
    """Places of all entries of some rows, and for each the position of its row in ``rows``."""
    return runs(table.offsets[:-1], np.diff(table.offsets), rows)


def within(
    table: Table, rows: Integers, columns: Integers, lookup: Integers
) -> tuple[Integers, Integers, Floats]:
    """The entries of some rows and columns: positions in both, and values; row by row.

    :param lookup: as long as the table is wide, filled with −1; given back as it was.
    """
    lookup[columns] = np.arange(len(columns))
    places, position = entries(table, rows)
    at = lookup[table.columns[places]]
    lookup[columns] = -1
    inside = at >= 0
    return position[inside], at[inside], table.probabilities[places[inside]]


def between(table: Table, sources: Sequence[int], targets: Sequence[int]) -> Table:
    """A table of vocabulary numbers as a table of types.

    :param sources: vocabulary number of each source type, −1 for none; ``targets`` likewise.
    """
    known = np.array(sources, np.int64)
    wanted = np.array(targets, np.int64)
    present = np.flatnonzero(known >= 0)
    places, position = entries(table, known[present])
    # Several types may have one stem: each target number stands for a run of types.
    order = np.argsort(wanted, kind="stable")
    ordered = wanted[order]
    begins = np.searchsorted(ordered, table.columns[places], "left")
    lengths = np.searchsorted(ordered, table.columns[places], "right") - begins
    repeat = np.repeat(np.arange(len(places)), lengths)
    within = np.arange(len(repeat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    columns = order[begins[repeat] + within]
    values = table.probabilities[places[repeat]]
    return table_of(present[position[repeat]], columns, values, n_rows=len(known))
