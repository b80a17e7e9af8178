"""Documents as JSON objects and back, without loss: what ``trilogue read`` prints, line by line."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from trilogue.corpora.errors import FormatError
from trilogue.corpora.types import Block, BlockKind, Document, LeftOut, Turn

_LISTS: Final = ("topics", "geography", "persons", "turn_languages", "warnings")


def document_to_json(document: Document) -> dict[str, object]:
    """A JSON object with the fields of the document under their own names.

    Each block carries its ``text`` beside its offsets, so that no reader of the lines has to count
    code points.
    """
    found: dict[str, object] = asdict(document)
    for name in _LISTS:
        found[name] = list(getattr(document, name))
    found["blocks"] = [
        {**asdict(block), "kind": str(block.kind), "text": document.text[block.start : block.end]}
        for block in document.blocks
    ]
    found["turns"] = [asdict(turn) for turn in document.turns]
    found["left_out"] = [asdict(line) for line in document.left_out]
    return found


def document_from_json(found: Mapping[str, Any]) -> Document:
    """Inverse of :func:`document_to_json`.

    :raises FormatError: if a field is missing or unknown, or a block's text is not at its offsets.
    """
    name = found.get("id", "document")
    try:
        blocks = tuple(_block(block, found["text"], name) for block in found["blocks"])
        parts = {
            **found,
            **{field: tuple(found[field]) for field in _LISTS},
            "blocks": blocks,
            "turns": tuple(Turn(**turn) for turn in found["turns"]),
            "left_out": tuple(LeftOut(**line) for line in found["left_out"]),
        }
        document = Document(**parts)
    except (KeyError, TypeError, ValueError) as error:
        known = ", ".join(field.name for field in fields(Document))
        raise FormatError(f"{name}: {error}, expected the fields {known}.") from None
    return document


def _block(found: Mapping[str, Any], text: str, name: object) -> Block:
    block = Block(
        found["start"], found["end"], BlockKind(found["kind"]), found["line"], found["turn"]
    )
    if found["text"] != text[block.start : block.end]:
        got = f"got {text[block.start : block.end]!r}, expected {found['text']!r}"
        raise FormatError(f"{name}: block at {block.start}: {got}. Read the transcript again.")
    return block
