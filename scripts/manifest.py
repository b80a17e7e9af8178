"""``manifest.json``: what a corpus holds and what made it, told from its footers alone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import trilogue
from trilogue.corpora import corpus, schema, shards
from trilogue.corpora.errors import FormatError
from trilogue.corpora.shards import write_lines
from trilogue.models.registry import Choice


def write(root: Path, *, complete: bool, choices: Mapping[str, Choice]) -> dict[str, Any]:
    """Write the manifest; what was written.

    It holds no time and no place: the same corpus has the same manifest.

    :param complete: whether every shard of the corpus stands as it was asked for.
    :param choices: which model this run took for each language, and why.
    """
    said = {
        "trilogue": trilogue.__version__,
        "schema": schema.VERSION,
        "complete": complete,
        "models": {to: asdict(choice) for to, choice in sorted(choices.items())},
        "stages": dict(_stages(root)),
    }
    write_lines(root / corpus.MANIFEST, json.dumps(said, ensure_ascii=False, indent=2).splitlines())
    return said


def _stages(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each stage folder with its counts and the options its shards were made by."""
    for folder in sorted(path for path in root.rglob("*") if path.is_dir()):
        found = shards.parts(folder)
        if found:
            yield folder.relative_to(root).as_posix(), _stage(found)


def _stage(found: Sequence[Path]) -> dict[str, Any]:
    """A stage; a shard that cannot be read is no reason to have no manifest, but is named."""
    rows = 0
    facts: dict[str, int] = {}
    options: dict[str, set[str]] = {}
    damaged: list[str] = []
    for path in found:
        try:
            footer = shards.footer_of(path)
        except FormatError:
            damaged.append(path.name)
            continue
        rows += footer.rows
        for name, value in footer.facts.items():
            facts[name] = facts.get(name, 0) + value
        for name, choice in footer.recipe.options.items():
            if name != "documents":  # differs from shard to shard: no choice
                options.setdefault(name, set()).add(choice)
    chosen = {name: sorted(choices) for name, choices in sorted(options.items())}
    said = {"shards": len(found), "rows": rows, "made_by": chosen, "facts": facts}
    return {**said, "damaged": damaged} if damaged else said
