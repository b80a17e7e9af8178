"""Units out of files that are not ours: what their rows do not say is made up for, by one rule."""

from pathlib import Path

from trilogue.corpora.formats.records import Record, Row, record_of
from trilogue.corpora.ids import content_hash, unit_id
from trilogue.corpora.languages import LANGUAGES
from trilogue.corpora.types import Origin

_CODES = {
    **{code: code for code in LANGUAGES},
    **{language.iso3: code for code, language in LANGUAGES.items()},
    "arm": "hy",  # the bibliographic code of ISO 639-2
    "azj": "az",  # North Azerbaijani, as FLORES and NLLB tag it
}


class Completion:
    """Completes the rows of one file, in their order.

    A unit of no known document is put into one that the sources of the file make, one a line; it
    counts as a reference, because what a translation memory holds was somebody's translation.
    A row that carries our document keeps its id; any other gets one from what it says.
    """

    def __init__(self, path: Path) -> None:
        self._document = content_hash("file", path.name)
        self._at = 0
        self._seen: set[str] = set()

    def record(self, row: Row) -> Record:
        """The record of a row.

        :raises ValueError: if the row cannot be one, or repeats an id.
        """
        known = "document_id" in row
        start = self._at
        self._at += len(row["source"]) + 1
        whole = {
            "document_id": self._document,
            "start": start,
            "end": start + len(row["source"]),
            "origin": Origin.REFERENCE.value,
            "segment_ids": (),
            **row,
        }
        made = not known or "id" not in row
        if made:
            whole["id"] = unit_id(
                document_id=whole["document_id"],
                start=whole["start"],
                end=whole["end"],
                source=whole["source"],
                target=whole["target"],
                target_lang=whole["target_lang"],
                origin=Origin(whole["origin"]),
            )
        record = record_of(whole)
        if made and "start" not in row:
            return record  # no two have one place, so that no memory is spent on them
        if record.unit.id in self._seen:
            raise ValueError(f"repeats the id {record.unit.id}")
        self._seen.add(record.unit.id)
        return record


def wanting(row: Row) -> str | None:
    """Which side of a pair has no words; None if both have some, or the row is a unit of ours."""
    if "document_id" in row:
        return None
    return next((side for side in ("source", "target") if not row[side].strip()), None)


def unwanted(lang: str, wanted: str | None) -> str | None:
    """Why a unit is left out by its target language, None if it is not."""
    return None if wanted in (None, lang) else f"in {lang}, {wanted} is asked for"


def language_of(tag: str | None) -> str | None:
    """Our code for a language tag ("ru-RU", "RUS", "az_Latn"), None if we have none."""
    if tag is None:
        return None
    return _CODES.get(tag.replace("_", "-").partition("-")[0].lower())
