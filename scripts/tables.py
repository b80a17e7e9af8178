"""The report of a corpus as plain text for a terminal."""

import textwrap
from collections.abc import Iterator
from typing import Final

from trilogue.corpora.corpus import ScoredUnit
from trilogue.corpora.languages import language
from trilogue.corpora.report import Report, Share
from trilogue.corpora.types import Origin, Verdict

WIDTH: Final = 100
COLUMNS: Final = ("language", "origin", "units", *Verdict, "quality", "false accepts")
NOT_MEASURED: Final = "–"


def report_text(report: Report, *, title: str) -> str:
    """All figures, then the worst units of each language with the reasons for their verdicts."""
    parts = [_counts(report, title), _shares(report.shares)]
    parts.extend(f"warning: {warning}" for warning in report.warnings)
    others = (f"second drafts {code}: {told}" for code, told in seconds(report).items())
    notes = [*_models(report), *others, *_gaps(report)]
    if notes:
        parts.append("\n".join(notes))
    for code, units in report.worst.items():
        parts.append("\n".join((f"Worst units, {language(code).name}", *_units(units))))
    return "\n\n".join(parts)


def _counts(report: Report, title: str) -> str:
    rows = {
        "documents": report.documents,
        "turns": report.turns,
        "speakers": report.speakers,
        "paragraphs of speech": report.speech_blocks,
        "segments": report.segments,
        "input lines left out": report.left_out,
    }
    lines = [f"{name:<22}{number:>9,}" for name, number in rows.items()]
    return "\n".join((title, *lines))


def _shares(shares: tuple[Share, ...]) -> str:
    rows = [COLUMNS, *(share_row(share) for share in shares)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def share_row(share: Share) -> tuple[str, ...]:
    """The cells of :data:`COLUMNS`."""
    return (
        share.language,
        share.origin,
        f"{share.units:,}",
        *(f"{share.verdicts[verdict]:,}" for verdict in Verdict),
        NOT_MEASURED if share.quality is None else f"{share.quality:.1f}",
        NOT_MEASURED if share.false_accepts is None else f"{share.false_accepts:.1%}",
    )


def _models(report: Report) -> Iterator[str]:
    for code, models in report.models.items():
        yield f"drafts {code}: {', '.join(models) or 'none'}"


def seconds(report: Report) -> dict[str, str]:
    """For each language with second drafts, whose they are and how far the first ones agree."""
    drafts = {one.language: one for one in report.shares if one.origin is Origin.MACHINE}
    return {
        code: f"{', '.join(models)}; the drafts agree with them, or with the official version, "
        f"to chrF {figure(drafts[code].agreement, 1)}"
        for code, models in report.seconds.items()
        if models and code in drafts
    }


def _gaps(report: Report) -> Iterator[str]:
    for code, facts in report.gaps.items():
        if facts.get("beads"):
            yield (
                f"official versions {code}: {facts['beads']} beads; without a counterpart: "
                f"{facts['source_gaps']} source and {facts['target_gaps']} target segments"
            )


def _units(units: tuple[ScoredUnit, ...]) -> Iterator[str]:
    for number, scored in enumerate(units, start=1):
        unit, found = scored.unit, scored.assessment
        figures = f"faithful {figure(found.faithful, 2)} · quality {figure(found.quality, 1)}"
        yield f"{number}. {found.verdict} · {figures} · {unit.origin} · {unit.id}"
        yield _wrapped(f"{unit.source_lang}  ", unit.source)
        yield _wrapped(f"{unit.target_lang}  ", unit.target)
        for reason in found.reasons:
            yield _wrapped("→ ", reason)


def figure(value: float | None, digits: int) -> str:
    """A number, or the sign of what was not measured."""
    return NOT_MEASURED if value is None else f"{value:.{digits}f}"


def _wrapped(label: str, text: str) -> str:
    indent = f"   {label}"
    return (
        textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
        or indent.rstrip()
    )
