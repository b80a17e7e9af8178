"""The dataset card: every sentence of it follows from the corpus, or from how Trilogue works."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import trilogue
from trilogue.corpora.languages import language
from trilogue.corpora.overlap import SENTENCES, Overlap, known_sets
from trilogue.corpora.publishing.figures import Figures, LanguageFigures, Source
from trilogue.corpora.publishing.files import Config
from trilogue.corpora.publishing.markdown import counted, figure, joined, share, table
from trilogue.corpora.publishing.metadata import MULTI, total, yaml
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.scores import scores
from trilogue.corpora.publishing.terms import LICENCES, address
from trilogue.corpora.splits import Split
from trilogue.corpora.types import Origin, Verdict


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a card is made of."""

    repo: str
    head: Mapping[str, Any]
    figures: Figures
    configs: Sequence[Config]
    overlap: Overlap
    provenance: Provenance


def card(facts: Facts) -> str:
    """The whole README: metadata, then sections."""
    sections = (
        _summary(facts),
        _use(facts),
        _splits(facts),
        _sources(facts.figures),
        _translations(facts),
        scores(facts.figures, facts.provenance.records),
        _review(facts.figures),
        _overlap(facts.overlap),
        _limits(facts.figures),
        _takedowns(facts.figures),
        _citation(facts),
    )
    text = "\n\n".join("\n".join(section) for section in sections)
    return f"---\n{yaml(dict(facts.head))}---\n\n{text}\n"


def sources(figures: Figures) -> str:
    """The list of all documents with their terms, which goes beside the card."""
    lines = ["# Sources and licences", "", "The texts stand under these terms:", ""]
    for licence in sorted({source.terms.licence or "" for source in figures.texts}):
        where = address(licence)
        lines.append(f"- {licence}: <{where}>" if where else f"- {licence}, as its source says")
    lines.append("")
    names = ("document", "title", "date", "licence", "attribution", "url", "split", "language")
    rows = [
        (
            source.id,
            source.terms.title,
            source.terms.date,
            source.terms.licence,
            source.terms.attribution,
            source.terms.url,
            source.split,
            source.lang,
        )
        for source in figures.texts
    ]
    return "\n".join((*lines, *table(names, rows))) + "\n"


def _summary(facts: Facts) -> Iterator[str]:
    figures = facts.figures
    names = [language(lang).name for lang in figures.languages]
    yield f"# {facts.repo.partition('/')[2]}"
    yield ""
    yield f"English transcripts of political speech with translations into {joined(names)}:"
    yield f"{counted(len(figures.sources), 'document')}, aligned by segment, each pair with the"
    yield "probability that it says the same, an expected quality, and a verdict with its reasons."
    yield f"Made with Trilogue {trilogue.__version__}; this card is generated from the corpus."
    yield ""
    head = ("language", "units", "accept", "review", "reject", *Origin, "quality", "characters")
    rows = [
        (
            language(lang).name,
            found.units,
            *(found.verdicts[verdict] for verdict in Verdict),
            *(found.origins[origin] for origin in Origin),
            figure(found.mean_quality, 1),
            found.characters,
        )
        for lang, found in figures.languages.items()
    ]
    yield from table(head, rows)
    yield ""
    yield "![Units by verdict](plots/verdicts.svg)"
    yield ""
    yield "![Expected quality by language](plots/quality.svg)"


def _use(facts: Facts) -> Iterator[str]:
    pairs = [config.name for config in facts.configs if config.name != MULTI]
    yield "## Use"
    yield ""
    yield "```python"
    yield "from datasets import load_dataset"
    yield ""
    yield f'pairs = load_dataset("{facts.repo}", "{pairs[0]}", split="{_first(facts)}")'
    yield 'good = pairs.filter(lambda unit: unit["verdict"] == "accept")'
    yield "```"
    yield ""
    yield f"Each of {joined([f'`{pair}`' for pair in pairs])} has one unit a row: flat columns, and"
    yield "`translation` as training scripts take it. Where an official version exists, it stands"
    yield "beside the draft as a unit of its own (`origin`). `multi`, the default, has one stretch"
    yield "of text a row with all its languages, null where a language has no unit of just that"
    yield f"stretch: {facts.figures.complete_rows:,} of {facts.figures.rows:,} rows have all."


def _first(facts: Facts) -> str:
    return next(iter(facts.configs[-1].splits), Split.TRAIN).value


def _splits(facts: Facts) -> Iterator[str]:
    figures = facts.figures
    yield "## Splits"
    yield ""
    head = ("config", *Split)
    yield from table(
        head,
        [(config.name, *(total(config, split) for split in Split)) for config in facts.configs],
    )
    yield ""
    yield f"Split by group, never by unit: {counted(figures.groups, 'group')}. A group is the"
    yield "documents of one day, and documents that repeat each other. Its split is a hash of its"
    yield "name, so that later versions of the dataset never move a document."
    if figures.crossing:
        yield f"{figures.crossing:,} documents repeat one of another group that was there before."


def _sources(figures: Figures) -> Iterator[str]:
    yield "## Sources and licences"
    yield ""
    terms = Counter((s.terms.licence, s.terms.attribution) for s in figures.texts)
    official = Counter((s.terms.licence, s.terms.attribution) for s in figures.versions)
    rows = [(*key, count - official[key], official[key]) for key, count in terms.most_common()]
    yield from table(("licence", "attribution", "transcripts", "official versions"), rows)
    yield ""
    dates = sorted(source.terms.date for source in figures.sources if source.terms.date)
    if dates:
        yield f"Dated {dates[0]} to {dates[-1]}." if dates[0] != dates[-1] else f"Of {dates[0]}."
    unnamed = sum(_asks_for_a_name(source) for source in figures.texts)
    if unnamed:
        yield f"The licence of {counted(unnamed, 'document')} asks for attribution, but the"
        yield "transcript does not say to whom; name its source."
    yield "Each row carries its licence, attribution and source, of both texts where one is an"
    yield f"official version (`AND`); `{LICENCES}` lists all documents."


def _asks_for_a_name(source: Source) -> bool:
    licence = (source.terms.licence or "").upper()
    return licence.startswith("CC-BY") and not source.terms.attribution


def _translations(facts: Facts) -> Iterator[str]:
    yield "## Translations"
    yield ""
    rows = [
        (
            language(lang).name,
            model,
            facts.provenance.licences.get(_base(model), "not recorded"),
            count,
        )
        for lang, found in facts.figures.languages.items()
        for model, count in found.models.most_common()
    ]
    if not rows:
        yield "No unit was translated by a machine."
        return
    yield "Drafts were made by these models, named with their revisions:"
    yield ""
    yield from table(("language", "model", "licence", "units"), rows)
    yield ""
    for lang, found in facts.figures.languages.items():
        for signature in found.decoding:
            yield f"- {language(lang).name}, as the drafts are signed: `{signature}`"


def _base(model: str) -> str:
    return model.split(" ")[0].partition("@")[0]


def _review(figures: Figures) -> Iterator[str]:
    yield "## Reviewed by people"
    yield ""
    rows = [
        (
            language(lang).name,
            share(found.origins[Origin.POST_EDIT], found.units),
            share(found.told, found.units),
            share(found.untouched, found.units),
            share(found.origins[Origin.REFERENCE], found.units),
        )
        for lang, found in figures.languages.items()
    ]
    of_people = ("a reviewer's version", "rejected or replaced by a reviewer")
    of_machines = ("drafts that nobody reviewed", "official versions, aligned by machine")
    yield from table(("language", *of_people, *of_machines), rows)


def _overlap(overlap: Overlap) -> Iterator[str]:
    yield "## Overlap with test sets"
    yield ""
    yield f"Of {counted(overlap.segments, 'English segment')}, compared without case and marks:"
    yield ""
    rows = [
        (_part_of(name, known.size), overlap.sentences[name], overlap.grams[name])
        for name, known in known_sets().items()
    ]
    yield from table(("test set", "the same sentence", "eight words in a row"), rows)


def _part_of(name: str, size: int) -> str:
    whole = SENTENCES.get(name, size)
    return f"{name} ({size:,}{'' if size == whole else f' of its {whole:,}'} sentences)"


def _limits(figures: Figures) -> Iterator[str]:
    yield "## Known limits"
    yield ""
    for lang, found in figures.languages.items():
        yield from _limits_of(language(lang).name, found)


def _limits_of(name: str, found: LanguageFigures) -> Iterator[str]:
    machine = share(found.untouched, found.units)
    said = [f"- {name}: {machine} of the units are machine translation no person has corrected"]
    if found.false_accepts is not None:
        said.append(
            f"{found.false_accepts:.1%} of the accepted units are expected to be unfaithful"
        )
    if found.unjudged:
        said.append(f"{share(found.unjudged, found.units)} have no `faithful` score")
    if found.indirect:
        said.append(f"of {share(found.indirect, found.units)} the English is a translation itself")
    if found.unknown:
        said.append(f"of {share(found.unknown, found.units)} it is not noted what was spoken")
    yield "; ".join(said) + "."


def _takedowns(figures: Figures) -> Iterator[str]:
    yield "## Take-downs"
    yield ""
    if not figures.tombstones:
        yield "Nothing was withdrawn so far. What will be is named in `tombstones.jsonl`."
        return
    yield f"`tombstones.jsonl` names what was withdrawn ({figures.tombstones:,}): unit or document,"
    yield "date and reason. Please drop these from copies that you keep."


def _citation(facts: Facts) -> Iterator[str]:
    found = facts.figures.texts
    held = sorted({source.terms.attribution for source in found if source.terms.attribution})
    yield "## Citation"
    yield ""
    yield "```bibtex"
    yield f"@misc{{{facts.repo.replace('/', '-')},"
    yield f"  title = {{{facts.repo.partition('/')[2]}}},"
    yield f"  author = {{{facts.repo.partition('/')[0]}}},"
    yield f"  howpublished = {{\\url{{https://huggingface.co/datasets/{facts.repo}}}}},"
    note = f"Made with Trilogue {trilogue.__version__}"
    yield f"  note = {{{note}{'; texts: ' + ', '.join(held) if held else ''}}}"
    yield "}"
    yield "```"
