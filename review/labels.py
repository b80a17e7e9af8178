"""What people decided as labels: was the draft a faithful translation of its source?"""

import sqlalchemy as sa

from trilogue.review.folding import fold
from trilogue.review.log import entry_of
from trilogue.review.report import is_wrong
from trilogue.review.tables import DECISIONS
from trilogue.review.types import Kind, Track

_TELLING = (Kind.ACCEPT, Kind.EDIT, Kind.REJECT, Kind.NOT_TRANSLATION)


def labels(connection: sa.Connection, lang: str) -> dict[str, bool]:
    """Unit id → whether the draft said what the source says, by the decision that stands.

    An edit that mended the wording only is a yes; merged and split units tell nothing.
    """
    rows: dict[str, list[sa.RowMapping]] = {}
    asked = sa.select(DECISIONS).where(DECISIONS.c.lang == lang, DECISIONS.c.track == Track.FIRST)
    for row in connection.execute(asked.order_by(DECISIONS.c.seq)).mappings():
        rows.setdefault(row["unit_id"], []).append(row)
    found = {}
    for unit_id, some in rows.items():
        entry = fold([entry_of(row) for row in some]).entry
        if entry is not None and entry.kind in _TELLING:
            found[unit_id] = not is_wrong(entry)
    return found
