"""The target pieces that a language is written in: the decoder looks at these alone.

A multilingual model knows the pieces of all its languages. With those of one, decoding is quicker
and cannot stray into another language. Counted from texts and kept beside the weights as
``shortlist.json``: language → target ids. They are fixed for a language: CTranslate2 4.8.5 says
wrong words when lists differ from batch to batch.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import ModelError
from trilogue.models.checkpoint import END, UNKNOWN, Checkpoint
from trilogue.models.pieces import Pieces

FILE: Final = "shortlist.json"


def common(piece: str, times: int, *, at_least: int) -> bool:
    """Whether a piece stands in texts often enough to be listed; one character need stand once."""
    return times >= at_least or (times > 0 and len(piece.strip("▁")) <= 1)


def counted(
    model: Checkpoint, texts: Iterable[str], *, to: str, at_least: int = 1
) -> tuple[int, ...]:
    """The ids of the pieces that texts in a language are made of.

    :param at_least: how often a piece must stand in them; single characters need stand once.
    """
    read = Pieces(model, to=to)
    times = Counter(piece for text in texts for piece in read.said(text))
    return tuple(
        at
        for at, piece in enumerate(model.target_tokens)
        if common(piece, times[piece], at_least=at_least)
    )


def save(folder: Path, lists: Mapping[str, Sequence[int]]) -> Path:
    """Write the lists of some languages beside the weights."""
    rows = (f'"{to}": {json.dumps(list(ids))}' for to, ids in sorted(lists.items()))
    path = folder / FILE
    path.write_text("{" + ",\n ".join(rows) + "}\n", encoding="utf-8")
    return path


def of(model: Checkpoint, *, to: str) -> tuple[int, ...]:
    """The target ids that a checkpoint needs for a language; none if it does not say.

    :raises ModelError: if the file is broken or does not fit the vocabulary.
    """
    path = model.folder / FILE
    if not path.is_file():
        return ()
    try:
        ids = json.loads(path.read_text(encoding="utf-8")).get(to, [])
        fit = all(isinstance(at, int) and 0 <= at < len(model.target_tokens) for at in ids)
    except (ValueError, AttributeError, TypeError) as error:
        raise ModelError(
            f"{path}: not a shortlist ({error}). Remove it, or make it again."
        ) from error
    if not fit:
        what = f"got ids that are none, expected 0 to {len(model.target_tokens) - 1}"
        raise ModelError(f"{path}: {what}. Remove it, or make it again.")
    always = (model.target_tokens.index(token) for token in (END, UNKNOWN))
    return tuple(sorted({*ids, *always})) if ids else ()


def as_map(model: Checkpoint, ids: Sequence[int]) -> str:
    """A list as CTranslate2 reads it: what the end, which is in each source, may lead to."""
    pieces = [model.target_tokens[at] for at in ids]
    return f"{END}\t{' '.join(piece for piece in pieces if not set(piece) & {' ', chr(9)})}\n"
