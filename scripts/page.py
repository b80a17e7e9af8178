"""The report of a corpus as one page: no script, no font, no picture, nothing fetched."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from trilogue.corpora.corpus import ScoredUnit
from trilogue.corpora.languages import language
from trilogue.corpora.report import BINS, Report, Share
from trilogue.scripts.tables import COLUMNS, figure, seconds, share_row

STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --accept: #2a7; --review: #c90; --reject: #c44 }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 66rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: right }
th:first-child, td:first-child, th:nth-child(2), td:nth-child(2),
.found td { text-align: left }
.bar { display: flex; height: .9rem; min-width: 8rem } .bar i { display: block }
.accept { background: var(--accept) } .review { background: var(--review) }
.reject { background: var(--reject) }
.steps { align-items: flex-end; display: flex; gap: 2px; height: 3rem; min-width: 7rem }
.steps i { background: currentColor; flex: 1; min-height: 1px; opacity: .6 }
article { border-left: .3rem solid; margin: 1.5rem 0; padding-left: 1rem }
article.accept { background: none; border-color: var(--accept) }
article.review { background: none; border-color: var(--review) }
article.reject { background: none; border-color: var(--reject) }
article p { margin: .2rem 0 } small, code { opacity: .8; overflow-wrap: anywhere }
dt { font-weight: 600 } dd { margin: 0 0 .6rem }
"""
MADE: Final = (
    (
        "faithful",
        "0 to 1: the calibrated probability that the target says what the source says: all of it, "
        "nothing else, in the right language, with the same numbers, names and negations.",
    ),
    ("quality", "0 to 100: the chrF that is expected against a human translation."),
    (
        "verdict",
        "What the policy says: reject where a check is all but sure, review where one is likely or "
        "faithful is low, else accept. The reasons are the checks' own.",
    ),
    (
        "false accepts",
        "The share of accepted units that their own probabilities expect to be wrong.",
    ),
)


def report_page(report: Report, *, title: str) -> str:
    """A whole HTML page of the figures; ``title`` is the corpus's name."""
    name = escape(title)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><head>{head}<title>{name} · Trilogue</title>',
            f"<style>{STYLE}</style></head><body><main><h1>{name}</h1>",
            *_counts(report),
            *_shares(report.shares),
            *(f"<p>Warning: {escape(warning)}</p>" for warning in report.warnings),
            *_worst(report),
            *_made(report),
            "</main></body></html>\n",
        )
    )


def _counts(report: Report) -> Iterator[str]:
    rows = {
        "documents": report.documents,
        "turns": report.turns,
        "speakers": report.speakers,
        "segments": report.segments,
        "input lines left out": report.left_out,
    }
    yield "<p>" + " · ".join(f"{number:,} {what}" for what, number in rows.items()) + "</p>"


def _shares(shares: Iterable[Share]) -> Iterator[str]:
    yield "<h2>Units</h2><table><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in (*COLUMNS, "verdicts", "faithful"))
    yield "</tr></thead><tbody>"
    for share in shares:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in share_row(share))
        yield f"<tr>{cells}<td>{_bar(share)}</td><td>{_steps(share)}</td></tr>"
    yield "</tbody></table><h2>What the checks found</h2><table class='found'><tbody>"
    for share in shares:
        found = " · ".join(f"{escape(check)} {n:,}" for check, n in share.findings.items())
        yield f"<tr><td>{share.language}</td><td>{share.origin}</td><td>{found or 'nothing'}</td>"
        yield "</tr>"
    yield "</tbody></table>"


def _bar(share: Share) -> str:
    parts = (
        f'<i class="{verdict}" style="width:{100 * count / max(share.units, 1):.2f}%"></i>'
        for verdict, count in share.verdicts.items()
    )
    told = ", ".join(f"{count} {verdict}" for verdict, count in share.verdicts.items())
    return f'<div class="bar" role="img" aria-label="{told}">{"".join(parts)}</div>'


def _steps(share: Share) -> str:
    most = max(*share.faithful, 1)
    parts = (f'<i style="height:{100 * count / most:.0f}%"></i>' for count in share.faithful)
    told = ", ".join(f"{n} from {i / BINS:g}" for i, n in enumerate(share.faithful))
    label = f"units by faithful: {told}"
    return f'<div class="steps" role="img" aria-label="{label}">{"".join(parts)}</div>'


def _worst(report: Report) -> Iterator[str]:
    for code, units in report.worst.items():
        yield f"<h2>Worst units, {language(code).name}</h2>"
        yield from map(_unit, units)


def _unit(scored: ScoredUnit) -> str:
    unit, found = scored.unit, scored.assessment
    head = (
        f"{found.verdict} · faithful {figure(found.faithful, 2)} · "
        f"quality {figure(found.quality, 1)} · {unit.origin} · <code>{escape(unit.id)}</code>"
    )
    sides = ((unit.source_lang, unit.source), (unit.target_lang, unit.target))
    texts = "".join(f'<p lang="{lang}">{escape(text)}</p>' for lang, text in sides)
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in found.reasons)
    return (
        f'<article class="{found.verdict}"><small>{head}</small>{texts}<ul>{reasons}</ul></article>'
    )


def _made(report: Report) -> Iterator[str]:
    yield "<h2>How the scores were made</h2><dl>"
    yield from (f"<dt>{name}</dt><dd>{meaning}</dd>" for name, meaning in MADE)
    others = seconds(report)
    for code in report.models:
        made = {
            "drafts": report.models[code],
            "second drafts": tuple(filter(None, [others.get(code)])),
            "scores": report.assessors[code],
            "official versions": _official(report.gaps[code]),
        }
        for what, by in made.items():
            if by:
                told = "; ".join(f"<code>{escape(one)}</code>" for one in by)
                yield f"<dt>{language(code).name}, {what}</dt><dd>{told}</dd>"
    yield "</dl>"


def _official(facts: dict[str, int]) -> tuple[str, ...]:
    if not facts.get("beads"):
        return ()
    return (
        f"{facts['beads']:,} beads",
        f"{facts['source_gaps']:,} source and {facts['target_gaps']:,} target segments without a "
        "counterpart",
    )
