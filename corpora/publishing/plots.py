"""The two plots of a dataset card, as SVG: verdicts, and quality by language."""

from collections.abc import Iterator, Mapping
from typing import Final

from trilogue.corpora.formats.markup import plain
from trilogue.corpora.languages import language
from trilogue.corpora.publishing.figures import BINS, LanguageFigures
from trilogue.corpora.types import Verdict

_COLOURS: Final = {Verdict.ACCEPT: "#2c7a4b", Verdict.REVIEW: "#d9a441", Verdict.REJECT: "#a8323e"}
_WIDTH: Final = 640
_LEFT: Final = 110
_BAR: Final = 400
_TEXT: Final = 'font-family="sans-serif" font-size="13" fill="#222"'


def verdicts_svg(languages: Mapping[str, LanguageFigures]) -> str:
    """One bar a language, its units by verdict."""
    parts = []
    for row, (lang, figures) in enumerate(languages.items()):
        top = 40 + 34 * row
        parts.append(_label(_LEFT - 8, top + 16, language(lang).name, anchor="end"))
        at = float(_LEFT)
        total = max(1, figures.verdicts.total())
        for verdict in Verdict:
            width = _BAR * figures.verdicts[verdict] / total
            parts.append(_box(at, top, width, 22, _COLOURS[verdict]))
            at += width
        said = " / ".join(f"{figures.verdicts[verdict]:,}" for verdict in Verdict)
        parts.append(_label(_LEFT + _BAR + 8, top + 16, said))
    for column, verdict in enumerate(Verdict):
        parts.append(_box(_LEFT + 90 * column, 12, 12, 12, _COLOURS[verdict]))
        parts.append(_label(_LEFT + 18 + 90 * column, 23, verdict.value))
    return _svg(60 + 34 * len(languages), parts)


def quality_svg(languages: Mapping[str, LanguageFigures]) -> str:
    """One histogram a language of the expected chrF, 0 to 100."""
    parts = []
    for row, (lang, figures) in enumerate(languages.items()):
        top = 20 + 110 * row
        parts.append(_label(_LEFT - 8, top + 50, language(lang).name, anchor="end"))
        parts.extend(_histogram(figures.quality, top))
        mean = figures.mean_quality
        said = "not measured" if mean is None else f"mean {mean:.1f}"
        parts.append(_label(_LEFT + _BAR + 8, top + 50, said))
    return _svg(30 + 110 * len(languages), parts)


def _histogram(counts: list[int], top: float) -> Iterator[str]:
    highest = max(1, *counts)
    width = _BAR / BINS
    for column, count in enumerate(counts):
        height = 70 * count / highest
        yield _box(_LEFT + column * width, top + 70 - height, width - 3, height, "#33658a")
        yield _label(_LEFT + column * width, top + 86, str(column * 100 // BINS))


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    size = f'width="{width:.1f}" height="{height:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{colour}"/>'


def _label(x: float, y: float, text: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" {_TEXT}>{plain(text)}</text>'


def _svg(height: int, parts: list[str]) -> str:
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    body = "\n".join((f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>', *parts))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{body}\n</svg>\n'
