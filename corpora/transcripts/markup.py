"""HTML as lines: one a paragraph, with what the markup says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.transcripts.pages import Line, Page, squeeze

EXTRA: Final = "pip install 'trilogue[transcripts]'"
LEFT: Final = "left"
"""Hint of what is the site's: menus, share buttons, what stands outside the article."""

PERHAPS_LEFT: Final = "left?"
"""Hint of boxes around a text that may hold its topics and persons."""

_MAIN: Final = 0.4
"""Share of the article's text above which an element is not taken for the site's."""

_SILENT: Final = frozenset("script style noscript template svg iframe object select option".split())
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp"
    " small span strike strong sub sup time tt u var wbr img".split()
)
_BOXES: Final = frozenset("body div section header article main".split())
_SITE_TAGS: Final = frozenset("nav aside footer form button".split())
_SITE: Final = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|navigation|breadcrumbs?|footer|sidebar|cookies?|share|sharing|social"
    r"|toolbar|banner|search|related|read__more|subscribe|pagination|comments?|advert\w*)"
    r"(?:$|[\s_-])|(?:^|\s)hidden(?:$|\s)"
)
_BOX: Final = re.compile(r"masha-ignore|bottommeta|read__tags|(?:^|\s)tags?(?:$|\s)")
_CAPTION: Final = re.compile(
    r"caption|photo__|slider|gallery|slide__|(?:^|[\s_-])photos?(?:$|[\s_-])"
)
_HINTS: Final = (
    (re.compile(r"entry-title|p-name"), "title"),
    (re.compile(r"entry-summary|p-summary|read__lead"), "summary"),
    (re.compile(r"read__published|dt-published"), "date"),
    (re.compile(r"read__time"), "time"),
    (re.compile(r"p-location|read__place"), "place"),
    (re.compile(r"primary-text"), "speaker"),
)
_ARTICLES: Final = (
    "//*[contains(@class, 'internal_content') or contains(@class, 'entry-content')]",
    "//*[@itemprop='articleBody']",
    "//article[not(ancestor::aside)]",
    "//main",
)
_LOOKS_LIKE_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p|h1"
    r"|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(text: str) -> bool:
    """Whether a text starts as a page or a piece of one."""
    return _LOOKS_LIKE_HTML.match(text[:4096]) is not None


def html_page(name: str, text: str, *, warnings: tuple[str, ...] = ()) -> Page:
    """The visible text of a page.

    :raises ConfigError: without lxml.
    :raises FormatError: if the page ends in the middle.
    """
    try:
        from lxml import html
    except ImportError:
        raise ConfigError(f"{name}: HTML is read with lxml, not installed. {EXTRA}") from None
    _refuse_truncated(name, text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode(), parser=parser)
    lines = one_title(tuple(_Walk(root).lines()))
    return Page(name, lines, "html", _address(root), warnings)


def _refuse_truncated(name: str, text: str) -> None:
    """What a page opens of ``html``, ``body`` and ``article`` it closes."""
    last = text.rstrip().count("\n") + 1
    for tag in ("html", "body", "article"):
        opened = re.search(rf"<{tag}\b", text, re.IGNORECASE)
        if opened and not re.search(rf"</{tag}\s*>", text, re.IGNORECASE):
            what = f"the page ends here without </{tag}>, expected the whole of it"
            raise FormatError(f"{name}:{last}: {what}. Save it again.")
    if re.search(r"<[a-zA-Z/][^<>]*\Z", text.rstrip()):
        raise FormatError(f"{name}:{last}: the page ends inside a tag. Save it again.")


def _address(root: Any) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        found = root.xpath(path)
        if found and str(found[0]).startswith("http"):
            return str(found[0])
    return None


@dataclass(slots=True)
class _Run:
    """Inline text that is being collected: (text, bold, line of the file)."""

    parts: list[tuple[str, bool, int]] = field(default_factory=list)

    def line(self, hint: str) -> Line | None:
        """The collected text as one line, None if there is nothing but white space."""
        text = squeeze("".join(part for part, _, _ in self.parts))
        if not text:
            return None
        number = next(line for part, _, line in self.parts if part.strip())
        bold = ""
        for part, is_bold, _ in self.parts:
            if not is_bold and part.strip():
                break
            bold += part
        self.parts.clear()
        return Line(number, text, len(squeeze(bold)), hint)


class _Walk:
    """Goes through the elements once, in order."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.run = _Run()
        self.article = self._find_article()
        main = root if self.article is None else self.article
        self.size = len(main.text_content())
        self.parted = True

    def _find_article(self) -> Any:
        for path in _ARTICLES:
            found = self.root.xpath(path)
            if found:
                return max(found, key=lambda element: len(element.text_content()))
        return None

    def lines(self) -> Iterator[Line]:
        """The lines of the page; what is outside of the article is marked as the site's."""
        body = self.root.find("body")
        start = self.root if body is None else body
        outside = LEFT if self.article is not None else ""
        yield from self._element(start, outside, bold=False)
        yield from self._flush(outside)

    def _flush(self, hint: str, *, parted: bool = True) -> Iterator[Line]:
        """What was collected; ``parted``: whether a paragraph starts behind it."""
        line = self.run.line(hint)
        if line is not None:
            yield replace(line, parted=self.parted)
        self.run.parts.clear()
        self.parted = parted

    def _element(self, element: Any, hint: str, *, bold: bool) -> Iterator[Line]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag:
            return
        own = self._hint(element, tag, hint)
        block = tag not in _INLINE or own != hint or _stands_alone(element, tag)
        if block:
            yield from self._flush(hint)
        heavy = bold or tag in ("b", "strong") or "bold" in (element.get("style") or "")
        struck = "~~" if tag in ("s", "strike", "del") else ""
        self._add(struck + (element.text or ""), heavy, element.sourceline)
        for child in element:
            if child.tag == "br":
                yield from self._flush(own, parted=False)
            else:
                yield from self._element(child, own, bold=heavy)
            self._add(child.tail, heavy, child.sourceline)
        self._add(struck, heavy, element.sourceline)
        if block:
            yield from self._flush(own)

    def _add(self, text: str | None, bold: bool, line: int) -> None:
        if text:
            skipped = len(text) - len(text.lstrip())
            self.run.parts.append((text, bold, line + text[:skipped].count("\n")))

    def _hint(self, element: Any, tag: str, hint: str) -> str:
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()
        if element is self.article:
            return ""
        if hint not in ("", LEFT, PERHAPS_LEFT):
            return hint
        if not self._is_main(element):
            if names and _BOX.search(names):
                return PERHAPS_LEFT
            if tag in _SITE_TAGS or (names and _SITE.search(names)):
                return LEFT
        if tag == "h1" or element.get("itemprop") in ("headline",):
            return "title"
        for pattern, what in _HINTS:
            if names and pattern.search(names):
                return what
        if tag == "figcaption" or (names and _CAPTION.search(names)):
            return "caption"
        if tag in ("h2", "h3", "h4") and not hint:
            return "heading"
        return hint

    def _is_main(self, element: Any) -> bool:
        """Holds the title, or a good part of the text: no class can make that the site's."""
        if element.find(".//h1") is not None:
            return True
        return len(element.text_content()) > _MAIN * self.size


def _stands_alone(element: Any, tag: str) -> bool:
    """A date of the page, not one in a sentence."""
    parent = element.getparent()
    return tag == "time" and parent is not None and parent.tag in _BOXES


def one_title(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Only the last line marked as a title before the text stays one: the site's name is none."""
    titles = [index for index, line in enumerate(lines) if line.hint == "title"]
    return tuple(
        replace(line, hint=LEFT) if index in titles[:-1] else line
        for index, line in enumerate(lines)
    )
