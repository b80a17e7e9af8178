"""What a card says of scores: what each measures, and how they were made."""

from collections.abc import Iterator, Mapping
from typing import Final

from trilogue.corpora.languages import language
from trilogue.corpora.publishing.figures import Figures
from trilogue.corpora.publishing.markdown import table

MEANINGS: Final[Mapping[str, str]] = {
    "length": "letters of the target against what such a source leads to expect, in standard"
    " deviations; 0 is usual",
    "coverage_source": "how much better than by chance the source's words are explained by the"
    " target, mean of a word in nats; high is good",
    "coverage_target": "the same of the target's words",
    "belonging": "evidence of all words that the two sides belong together, in nats; high is good",
    "gap_source": "the longest run of source words that the target lacks, in nats; 0 is good",
    "gap_target": "the same of target words that the source lacks",
    "script": "share of the target's letters that are of its alphabet; 1 is good",
    "language": "evidence in nats for a neighbouring language; below 0 is good, above 3 is sure",
    "copy": "share of the target that is the source, untranslated; 0 is good",
    "repetition": "words that the target repeats beyond what the source does; 0 is good",
    "punctuation": "how well the marks of both sides agree; 1 is good",
    "markup": "tags, links and placeholders that one side lacks; 0 is good",
    "numbers_missing": "numbers of the source that the target lacks; 0 is good",
    "numbers_extra": "numbers that only the target has; 0 is good",
    "names_missing": "names of the source that the target lacks; 0 is good",
    "names_extra": "names that only the target has; 0 is good",
    "negation": "negations of the source less those of the target; 0 is good",
    "terms_missing": "terms of the glossary that the target calls otherwise; 0 is good",
    "terms_forbidden": "terms of it that the target calls what they must not be called; 0 is good",
    "agreement": "chrF with a second, independent draft, 0 to 100; high is good",
    "confidence": "mean log-probability a token that the model gave its draft; 0 is sure",
    "right": "share of drafts of this model, as sure and as long, that are right (0–1)",
    "cosine": "cosine of the two sides' sentence vectors; 1 is good",
    "bead": "probability that an official version was aligned here rightly",
    "neighbours": "coverage less that of the best of the neighbouring targets; below 0 the"
    " neighbour fits better",
}
"""Score → what it measures and which way is good."""


def scores(figures: Figures, records: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The section on scores.

    :param records: part of a signature → what is on record of its making.
    """
    yield "## Scores"
    yield ""
    yield "`faithful`, 0 to 1, is the calibrated probability that the target says what the source"
    yield "says: all of it, nothing else, in the right language, with the same numbers, names and"
    yield "negations. `quality`, 0 to 100, is the expected chrF against a human translation."
    yield "`verdict` is what a policy makes of both and of the checks, `reasons` say why; null"
    yield "means that something was not measured. What made the scores, models, calibration and"
    yield "policy, is named by its `signature`:"
    yield ""
    rows = [
        (language(lang).name, signature, count)
        for lang, found in figures.languages.items()
        for signature, count in found.signatures.most_common()
    ]
    yield from table(("language", "signature", "units"), rows)
    yield from _records(figures, records)
    names = set().union(*(found.scores for found in figures.languages.values()))
    if names:
        yield ""
        yield "What went into them stands in `scores`:"
        yield ""
        known = [name for name in MEANINGS if name in names]
        rest = sorted(names.difference(known))
        told = [(f"`{name}`", MEANINGS.get(name)) for name in (*known, *rest)]
        yield from table(("score", "what it measures"), told)


def _records(figures: Figures, records: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """How the parts of the signatures were made, as far as it is on record."""
    signatures = [one for found in figures.languages.values() for one in found.signatures]
    parts = dict.fromkeys(part for signature in signatures for part in signature.split("+"))
    for part in parts:
        for number, (name, text) in enumerate(records.get(part, {}).items()):
            if number == 0:
                yield ""
                yield f"`{part}`:"
                yield ""
            yield f"- {name}: {' '.join(text.split())}"
