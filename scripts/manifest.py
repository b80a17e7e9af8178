"""``manifest.json``: what a corpus holds and what made it, told from its footers alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trilogue
from trilogue.corpora import corpus, schema, shards
from trilogue.corpora.shards import write_lines


def write(root: Path, *, complete: bool) -> dict[str, Any]:
    """Write the manifest; what was written.

    It holds no time and no place: the same corpus has the same manifest.

    :param complete: whether every shard of the corpus stands as it was asked for.
    """
    said = {
        "trilogue": trilogue.__version__,
        "schema": schema.VERSION,
        "complete": complete,
        "stages": dict(_stages(root)),
    }
    write_lines(root / corpus.MANIFEST, json.dumps(said, ensure_ascii=False, indent=2).splitlines())
    return said


def _stages(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each stage folder with its counts and the options its shards were made by."""
    for folder in sorted(path for path in root.rglob("*") if path.is_dir()):
        found = shards.parts(folder)
        if not found:
            continue
        rows, facts, options = 0, dict[str, int](), dict[str, set[str]]()
        for path in found:
            footer = shards.footer_of(path)
            rows += footer.rows
            for name, value in footer.facts.items():
                facts[name] = facts.get(name, 0) + value
            for name, choice in footer.recipe.options.items():
                if name != "documents":  # differs from shard to shard: no choice
                    options.setdefault(name, set()).add(choice)
        chosen = {name: sorted(choices) for name, choices in sorted(options.items())}
        stage = folder.relative_to(root).as_posix()
        yield stage, {"shards": len(found), "rows": rows, "made_by": chosen, "facts": facts}
