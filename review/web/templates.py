"""The pages' templates: everything that is put into one is escaped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from trilogue.corpora.languages import LANGUAGES


def render(template: str, **values: Any) -> str:
    """A template with its values."""
    return _TEMPLATES.get_template(template).render(**values)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def _language(code: str) -> str:
    known = LANGUAGES.get(code)
    return known.name if known else code


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0%}"


def _number(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _joined(items: Sequence[str]) -> str:
    return ", ".join(items)


_TEMPLATES: Final = Environment(
    loader=PackageLoader("trilogue.review.web", "html"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(
    moment=_moment, language=_language, percent=_percent, number=_number, joined=_joined
)
