"""What TMX and XLIFF share: text in XML without loss, and reading XML that may be hostile.

Writing needs nothing: an element is a formatted string. Reading takes lxml, streams, and never
opens anything else than the one file: no DTD, no entity, no network.
"""

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.types import LeftOut

OnLeftOut = Callable[[LeftOut], object]
"""Told of whatever an import leaves out, as ``list.append``."""

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_UNHOLDABLE: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_SPECIAL: Final = re.compile(f"[&<>\r{_UNHOLDABLE}]")
_CHARACTER: Final = re.compile(f"[{_UNHOLDABLE}]")
_SPECIAL_IN_ATTRIBUTE: Final = re.compile(f'[&<>"\t\n\r{_UNHOLDABLE}]')
_ENTITIES: Final = {"\r": "&#13;"}
_IN_ATTRIBUTE: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def unholdable(text: str) -> bool:
    """Whether XML 1.0 has no way to write one of the characters."""
    return _CHARACTER.search(text) is not None


def content(text: str, placeholder: Callable[[int, str], str]) -> str:
    """Text as the content of an element.

    :param placeholder: makes the inline element that stands for the n-th (from 1) character that
        XML cannot hold.
    """
    if _SPECIAL.search(text) is None:
        return text
    number = 0

    def stand_in(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return placeholder(number, match[0])

    return _CHARACTER.sub(stand_in, escape(text, _ENTITIES))


def is_plain(text: str) -> bool:
    """Whether text can stand in an element as it is."""
    return _SPECIAL.search(text) is None


def plain(text: str) -> str:
    """Text as the content of an element that may hold no other; only for what XML can hold."""
    return escape(text, _ENTITIES) if _SPECIAL.search(text) else text


def attribute(text: str, where: str) -> str:
    """Text as the value of an attribute in double quotes.

    :raises FormatError: if XML cannot hold it.
    """
    if _SPECIAL_IN_ATTRIBUTE.search(text) is None:
        return text
    if unholdable(text):
        raise FormatError(f"{where}: {text!r} holds a character that XML cannot; export as jsonl")
    return escape(text, _IN_ATTRIBUTE)


def elements(path: Path, root: str, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
    """The wanted elements of a file in their order, each whole, then forgotten.

    :param root: tag that the file must begin with, without its namespace.
    :param wanted: local names; "start:NAME" gives the element when it is opened, for attributes.
    :returns: pairs of the name as wanted, and the lxml element.
    :raises ConfigError: if lxml is not installed.
    :raises FormatError: if the file is not well-formed, is another, or declares entities.
    """
    etree = _etree()
    events = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, no_network=True
    )
    first = True
    try:
        for event, element in events:
            name = _local(element)
            if first:
                _check_root(path, element, name, root)
                first = False
            if event == "start":
                if f"start:{name}" in wanted:
                    _check_entities(path, events)
                    yield f"start:{name}", element
            elif name in wanted:
                _check_entities(path, events)
                yield name, element
                _forget(element)
    except etree.XMLSyntaxError as error:
        line, said = next(((e.line, e.message) for e in events.error_log), (1, error.msg))
        what = f"not well-formed XML ({' '.join(said.split())})"
        raise FormatError(f"{path}:{line}: {what}; export it again") from None


def text_of(element: Any, spoken: Collection[str]) -> tuple[str, list[str]]:
    """The words of a segment, and the inline codes in it that are not words.

    :param spoken: local names of inline elements whose content is words, as ``hi`` or ``g``.
    """
    parts: list[str] = [element.text or ""]
    lost: list[str] = []
    for child in element:
        name = _local(child)
        character = _written(child, name)
        if character is not None:
            parts.append(character)
        elif name in spoken:
            inner, codes = text_of(child, spoken)
            parts.append(inner)
            lost.extend(codes)
        elif name:
            lost.append(name)
        parts.append(child.tail or "")
    return "".join(parts), lost


def untaken(element: Any, taken: Collection[str]) -> Iterator[tuple[Any, str, str]]:
    """The direct children that hold words and are not taken over, with their words and the reason.

    :param taken: local names of those that are.
    """
    known = sum(1 for _ in element.iterchildren(*(f"{{*}}{name}" for name in taken)))
    if known == len(element):
        return
    for one in element:
        name = _local(one)
        words = " ".join(" ".join(one.itertext()).split()) if name and name not in taken else ""
        if words:
            yield one, words, f"<{name}>: not taken over"


def children(element: Any, name: str) -> Iterator[Any]:
    """The direct children of this local name."""
    found: Iterator[Any] = element.iterchildren(f"{{*}}{name}")
    return found


def child(element: Any, name: str) -> Any | None:
    """The first direct child of this local name."""
    return next(children(element, name), None)


def _etree() -> Any:
    try:
        from lxml import etree
    except ImportError:
        what = "reading XML takes lxml, which is not installed"
        raise ConfigError(f"formats: {what}; pip install 'trilogue[formats]'") from None
    return etree


def _local(element: Any) -> str:
    """Tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _check_root(path: Path, element: Any, name: str, root: str) -> None:
    if name != root:
        raise FormatError(f"{path}:{element.sourceline}: got <{name}>, expected <{root}>")
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        what = "declares entities, which we never expand"
        raise FormatError(f"{path}: {what}; write out what they stand for and try again")


def _check_entities(path: Path, events: Any) -> None:
    """Where a DTD might declare an entity, libxml2 only warns, and leaves it out."""
    for entry in events.error_log:
        if entry.type_name == "WAR_UNDECLARED_ENTITY":
            what = f"{entry.message} in the file: what it stands for would be lost"
            raise FormatError(f"{path}:{entry.line}: {what}; write it out")


def _forget(element: Any) -> None:
    """Free what was read: the element's content, and its elder siblings."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _written(child: Any, name: str) -> str | None:
    """The character that one of our placeholders stands for."""
    if name == "cp":
        code = child.get("hex", "")
    elif name == "ph" and "x-character" in (child.get("type"), child.get("ctype")):
        code = (child.text or "").removeprefix("U+")
    else:
        return None
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return None
