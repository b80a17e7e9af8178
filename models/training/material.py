"""From a recipe's files to encoded pools and development sets, kept in the run's folder."""

import hashlib
import json
import logging
import pickle
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from trilogue.corpora.languages import language
from trilogue.models import shortlist
from trilogue.models.training.batches import Pool, Side
from trilogue.models.training.cleaning import (
    Held,
    Pair,
    Tally,
    clean,
    clean_mono,
    key,
    read_held,
    read_table,
)
from trilogue.models.training.feeding import damage
from trilogue.models.training.recipe import Data, Recipe
from trilogue.models.training.shortlists import shortlists
from trilogue.models.training.sources import MONO, SOURCES, Source
from trilogue.models.training.vocabulary import SYNTHETIC, UNKNOWN, Vocabulary, train_pieces

log = logging.getLogger(__name__)
PIECES, COUNTS = "pieces.spm", "counts.json"


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a run reads: pools to train on, texts to develop on, counts for the card."""

    vocabulary: Vocabulary
    pools: list[Pool]
    development: dict[str, list[Pair]]
    counts: dict[str, dict[str, int]]


def draw_development(
    pairs: list[Pair], count: int, sources: dict[str, Source]
) -> tuple[list[Pair], list[Pair]]:
    """Split off prose pairs by a hash of the English, over all sources; their English leaves."""
    by_origin: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        known = sources[pair.origin]
        if known.prose and 6 <= len(pair.source.split()) <= 40:
            by_origin[pair.origin].append(pair)
    share = -(-count // max(1, len(by_origin)))
    drawn: list[Pair] = []
    for _, group in sorted(by_origin.items()):
        ranked = sorted(group, key=lambda pair: hashlib.sha256(pair.source.encode()).digest())
        drawn += ranked[: min(share, len(group) // 10)]
    taken = {key(pair.source) for pair in drawn}
    return [pair for pair in pairs if key(pair.source) not in taken], drawn


def encode_pool(
    data: Data, pairs: list[Pair], vocabulary: Vocabulary, longest: int, seed: int
) -> Pool:
    """The pool of one task: tags before sources, ends after both sides, too long pairs left out."""
    ours = vocabulary.encode([pair.source for pair in pairs])
    theirs = vocabulary.encode([pair.target for pair in pairs])
    if data.task == "reverse":
        ours, theirs = theirs, ours
    if data.task == "denoise":
        noise, unknown = np.random.default_rng(seed), vocabulary.ids[UNKNOWN]
        ours = [damage(ids, unknown, noise) for ids in ours]
    tag = language("en" if data.task == "reverse" else data.lang).tag
    head = [vocabulary.ids[tag]] + ([vocabulary.ids[SYNTHETIC]] if data.task == "synthetic" else [])
    fit = [
        at
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True))
        if 0 < len(one) <= longest and 0 < len(other) <= longest
    ]
    return Pool(
        f"{data.lang}.{data.task}",
        Side.of([[*head, *ours[at], 0] for at in fit]),
        Side.of([[*theirs[at], 0] for at in fit]),
        np.array([pairs[at].weight for at in fit]),
        data.share,
    )


def sample(pairs: list[Pair], characters: int, seed: int, *, target: bool) -> list[str]:
    """Segments drawn by weight until ``characters`` are reached, none twice."""
    noise = random.Random(seed)
    ranked = sorted(pairs, key=lambda pair: noise.random() ** (1 / pair.weight), reverse=True)
    texts: list[str] = []
    for pair in ranked:
        if characters <= 0:
            break
        text = pair.target if target else pair.source
        texts.append(text)
        characters -= len(text)
    return texts


def read_pairs(
    recipe: Recipe, root: Path
) -> tuple[dict[Data, list[Pair]], dict[str, list[Pair]], dict[str, dict[str, int]]]:
    """Clean every file of a recipe once, and split off the development pairs."""
    held: Held = read_held(root / path for path in recipe.held)
    bitext: dict[tuple[str, str], list[Pair]] = {}
    development: dict[str, list[Pair]] = {}
    counts: dict[str, dict[str, int]] = {}
    found: dict[Data, list[Pair]] = {}
    for extra in recipe.development:
        rows = (row for row in read_table(root / extra.path, 3) if row[0] in extra.sources)
        loose = {name: Source("development only", 1.0, prose=True) for name in extra.sources}
        pairs = [
            pair
            for pair in clean(rows, extra.lang, held, Tally(), loose)
            if len(pair.source.split()) >= 5
        ]
        pairs.sort(key=lambda pair: hashlib.sha256(pair.source.encode()).digest())
        development.setdefault(extra.lang, []).extend(pairs[: recipe.development_pairs // 2])
    for data in recipe.data:
        place, tally = (data.path, data.lang), Tally()
        if data.task in ("denoise", "synthetic"):
            columns = 2 if data.task == "denoise" else 3
            table = read_table(root / data.path, columns)
            found[data] = list(
                clean_mono(table, data.lang, held, tally, MONO)
                if columns == 2
                else clean(table, data.lang, held, tally, MONO)
            )
        else:
            if place not in bitext:
                pairs = list(clean(read_table(root / data.path, 3), data.lang, held, tally))
                bitext[place], drawn = draw_development(pairs, recipe.development_pairs, SOURCES)
                development.setdefault(data.lang, []).extend(drawn)
            found[data] = bitext[place]
        if tally.kept:
            counts[f"{data.lang} {Path(data.path).name}"] = dict(tally.kept.most_common())
            log.info(
                "%s %s: kept %d, dropped %s",
                data.path,
                data.task,
                tally.kept.total(),
                dict(tally.dropped),
            )
    return found, development, counts


def learn_pieces(recipe: Recipe, found: dict[Data, list[Pair]], out: Path) -> None:
    """Train the vocabulary on a sample of each language, weighted as the pairs are."""
    texts: list[str] = []
    english: list[Pair] = []
    seen: set[tuple[str, str]] = set()
    for data, pairs in found.items():
        if (data.path, data.lang) in seen or data.task == "synthetic":
            continue
        seen.add((data.path, data.lang))
        texts += sample(pairs, recipe.pieces.characters, recipe.seed, target=True)
        if data.task != "denoise":
            english += pairs
    texts += sample(english, recipe.pieces.characters, recipe.seed, target=False)
    train_pieces(texts, out, rows=recipe.pieces.rows)


def vocabulary_of(
    recipe: Recipe, root: Path, found: dict[Data, list[Pair]], folder: Path
) -> Vocabulary:
    """The recipe's vocabulary: the one it names, or one learnt once and kept in ``folder``."""
    pieces = folder / PIECES
    if recipe.pieces.model is not None:
        pieces.write_bytes((root / recipe.pieces.model).read_bytes())
    if not pieces.exists():
        learn_pieces(recipe, found, pieces)
    return Vocabulary(pieces)


def write_notes(
    found: dict[Data, list[Pair]],
    counts: dict[str, dict[str, int]],
    vocabulary: Vocabulary,
    folder: Path,
) -> None:
    """What the export tells besides the weights: counts for the card, and shortlists."""
    text = json.dumps(counts, indent=1)
    (folder / COUNTS).write_text(text + "\n", encoding="utf-8")
    shortlist.save(folder, shortlists(found, vocabulary))


def fingerprint(recipe: Recipe, *, shares: bool = True) -> str:
    """A hash of what decides the order of the data, or without shares the data alone."""
    data = (
        recipe.data if shares else [msgspec.structs.replace(one, share=1.0) for one in recipe.data]
    )
    parts = (
        recipe.seed,
        data,
        recipe.pieces,
        recipe.held,
        recipe.development,
        recipe.development_pairs,
        recipe.training.longest,
    )
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def shared_out(pools: list[Pool], recipe: Recipe) -> list[Pool]:
    """The pools with the recipe's shares, those without a share left out."""
    given = zip(pools, recipe.data, strict=True)
    return [replace(pool, share=data.share) for pool, data in given if data.share > 0]


def prepare(recipe: Recipe, root: Path, folder: Path) -> Material:
    """The material of a recipe: read from ``folder`` if it is there, else made.

    :param root: the folder that the recipe's paths start from.
    :param folder: the run's folder; pieces, pools and counts are kept in it.
    """
    kept = folder / f"material-{fingerprint(recipe, shares=False)}.pickle"
    if kept.exists():
        with kept.open("rb") as stream:
            pools, development, counts = pickle.load(stream)
        return Material(Vocabulary(folder / PIECES), shared_out(pools, recipe), development, counts)
    found, development, counts = read_pairs(recipe, root)
    vocabulary = vocabulary_of(recipe, root, found, folder)
    pools = [
        encode_pool(data, pairs, vocabulary, recipe.training.longest, recipe.seed)
        for data, pairs in found.items()
    ]
    write_notes(found, counts, vocabulary, folder)
    part = kept.with_suffix(".part")
    with part.open("wb") as stream:
        pickle.dump((pools, development, counts), stream)
    part.rename(kept)
    return Material(vocabulary, shared_out(pools, recipe), development, counts)
