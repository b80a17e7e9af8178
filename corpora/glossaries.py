"""Files of terms: CSV as people keep them in a sheet, and TBX as terminology systems export it.

CSV has a head of ``source,target,language,note,forbidden`` in any order; comma, semicolon or tab.
``forbidden`` is empty, or ``yes`` if the row's target is what must not be said, or says what must
not be said instead of it, separated by ``|``. In TBX (2008 and version 3) the English terms of a
concept are called by its terms in another language; those that are deprecated or superseded are
forbidden.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.glossary import SOURCE, Glossary, Term
from trilogue.corpora.languages import LANGUAGES, TARGETS

COLUMNS: Final = ("source", "target", "language", "note", "forbidden")
_NEEDED: Final = COLUMNS[:3]
_YES: Final = frozenset(("yes", "true", "1", "x"))
_NO: Final = frozenset(("", "no", "false", "0"))
_ISO3: Final = {one.iso3: one.code for one in LANGUAGES.values()}


def read(path: Path) -> Glossary:
    """The glossary in a file: TBX if its name ends in ``.tbx`` or ``.xml``, else CSV.

    :raises FormatError: if a row or an entry is not what it should be.
    :raises ConfigError: for TBX, without lxml.
    """
    terms = _tbx(path) if path.suffix.lower() in (".tbx", ".xml") else _csv(path)
    glossary = Glossary.of(terms)
    if not glossary.terms:
        known = ", ".join(TARGETS)
        raise FormatError(f"{path}: no terms: expected English ones with a translation in {known}.")
    return glossary


def _csv(path: Path) -> Iterator[Term]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"not UTF-8 at byte {error.start}"
        raise FormatError(f"{path}: {what}. Save it as CSV in UTF-8.") from None
    rows = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        head = [name.strip().casefold() for name in next(rows, [])]
        _check_head(path, head)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _term(f"{path}:{rows.line_num}", head, row)
    except csv.Error as error:
        raise FormatError(f"{path}:{rows.line_num}: not CSV: {error}. Export it again.") from None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _check_head(path: Path, head: list[str]) -> None:
    unknown = [name for name in head if name not in COLUMNS]
    missing = [name for name in _NEEDED if name not in head]
    if unknown or missing or len(set(head)) < len(head):
        what = f"got {', '.join(head) or 'nothing'}, expected {', '.join(COLUMNS)}"
        raise FormatError(f"{path}:1: columns: {what}. Name the columns in the first row.")


def _term(where: str, head: list[str], row: list[str]) -> Term:
    if len(row) != len(head):
        what = f"got {len(row)} cells, expected {len(head)}"
        raise FormatError(f"{where}: {what}. Quote a cell that holds the separator.")
    cells = dict(zip(head, map(str.strip, row), strict=True))
    target, forbidden = cells["target"], cells.get("forbidden", "")
    language = _language(cells["language"])
    if language is None or language == SOURCE:
        got = f"language: got {cells['language']!r}, expected one of {', '.join(TARGETS)}"
        raise FormatError(f"{where}: {got}.")
    right: tuple[str, ...] = (target,) if target else ()
    wrong: tuple[str, ...] = ()
    if forbidden.casefold() in _YES:
        right, wrong = (), right
    elif forbidden.casefold() not in _NO:
        wrong = tuple(filter(None, map(str.strip, forbidden.split("|"))))
    if not cells["source"] or not right + wrong:
        raise FormatError(
            f"{where}: an empty term: expected a source and a target, or a forbidden."
        )
    return Term(cells["source"], language, right, wrong, cells.get("note", ""))


def _language(tag: str) -> str | None:
    """Our code of a language tag, as "ru-RU" or "rus"; None if it is not one of ours."""
    first = re.split("[-_]", tag.strip().casefold())[0]
    code = _ISO3.get(first, first)
    return code if code in LANGUAGES else None


_ENTRIES: Final = ("termEntry", "conceptEntry")
_SECTIONS: Final = ("langSet", "langSec")
_WRONG: Final = re.compile("deprecated|superseded", re.IGNORECASE)
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def _tbx(path: Path) -> Iterator[Term]:
    try:
        from lxml import etree
    except ImportError:
        what = "reading TBX takes lxml, which is not installed"
        raise ConfigError(f"{path}: {what}; pip install 'trilogue[formats]'") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise FormatError(f"{path}: not well-formed XML ({error.msg}). Export it again.") from None
    if _name(root) not in ("martif", "tbx"):
        raise FormatError(f"{path}: got <{_name(root)}>, expected <tbx> or <martif>: not TBX.")
    for entry in root.iter():
        if _name(entry) in _ENTRIES:
            yield from _concept(entry)


def _concept(entry: Any) -> Iterator[Term]:
    """Each English term of a concept with the terms of each of our languages."""
    by_language: dict[str, list[tuple[str, bool]]] = {}
    for section in (one for one in entry if _name(one) in _SECTIONS):
        language = _language(section.get(_LANG) or section.get("lang") or "")
        if language is not None:
            by_language.setdefault(language, []).extend(_called(section))
    note = " ".join(" ".join(one.itertext()) for one in entry if _name(one) == "note")
    for source, _ in by_language.pop(SOURCE, []):
        for language, called in by_language.items():
            right = tuple(text for text, wrong in called if not wrong)
            bad = tuple(text for text, wrong in called if wrong)
            yield Term(source, language, right, bad, " ".join(note.split()))


def _called(section: Any) -> Iterator[tuple[str, bool]]:
    """The terms of a language section, and whether they are forbidden."""
    for term in (one for one in section.iter() if _name(one) == "term"):
        text = " ".join("".join(term.itertext()).split())
        status = " ".join(
            "".join(one.itertext())
            for one in _scope(term, section).iter()
            if one.get("type") in _STATUS or _name(one) in _STATUS
        )
        if text:
            yield text, bool(_WRONG.search(status))


_STATUS: Final = ("administrativeStatus", "normativeAuthorization")


def _scope(term: Any, section: Any) -> Any:
    """The group of a term with what is said of it: right below the language section."""
    scope = term
    while scope.getparent() is not None and scope.getparent() is not section:
        scope = scope.getparent()
    return scope


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
