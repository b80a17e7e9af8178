"""The pages' templates: everything that is put into one is escaped."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from trilogue.corpora.languages import LANGUAGES

STATIC: Final = Path(__file__).with_name("static")


def render(template: str, **values: Any) -> str:
    """A template with its values."""
    return _TEMPLATES.get_template(template).render(**values)


@cache
def _static(name: str) -> str:
    """Where a style or script is: another address for other content, so that browsers keep it."""
    content = STATIC.joinpath(name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def _language(code: str) -> str:
    known = LANGUAGES.get(code)
    return known.name if known else code


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0%}"


def _number(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _origin(origin: str) -> str:
    """What a translator calls it."""
    return {"machine": "draft", "reference": "official translation"}.get(origin, origin)


_CONTROL: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that are seen by what they do alone: some turn a whole line around."""


def _visible(text: str) -> Markup:
    """The text, escaped, with the numbers of such characters in their place."""
    shown = '<span class="control">U+{:04X}</span>'
    return Markup(_CONTROL.sub(lambda found: shown.format(ord(found[0])), str(escape(text))))


def _beginning(text: str, length: int = 300) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"


def _ending(text: str, length: int = 300) -> str:
    return text if len(text) <= length else f"…{text[-length:].lstrip()}"


_GUARDS: Final = {
    "empty": "the model said nothing",
    "cut off": "the model broke off",
    "loop": "the model repeated itself",
    "too short": "short for its source",
    "too long": "long for its source",
    "copy": "the model copied the source",
    "script": "letters of another language",
}


_DEVIATIONS: Final = re.compile(r"length ([+-])(\d+\.\d) standard deviations")


def _worded(reason: str) -> str:
    """A reason without the words of those who measure."""
    name, _, said = reason.partition(": ")
    if name == "guard" and said.startswith("split: "):
        return f"while drafting: it was drafted in {said.removeprefix('split: ')} pieces"
    if name == "guard":
        return f"while drafting: {_GUARDS.get(said, said)}"
    return _DEVIATIONS.sub(_deviation, reason)


def _deviation(found: re.Match[str]) -> str:
    how = "shorter" if found[1] == "-" else "longer"
    return f"{'much ' if float(found[2]) >= 2 else ''}{how} than usual for its source"


def _joined(items: Sequence[str]) -> str:
    return ", ".join(items)


_TEMPLATES: Final = Environment(
    loader=PackageLoader("trilogue.review.web", "html"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(
    moment=_moment,
    language=_language,
    percent=_percent,
    number=_number,
    joined=_joined,
    origin=_origin,
    worded=_worded,
    visible=_visible,
)
_TEMPLATES.globals.update(static=_static, beginning=_beginning, ending=_ending)
