"""A document goes through JSON without loss."""

import json
from pathlib import Path

import pytest

from trilogue.corpora.documents import document_from_json, document_to_json
from trilogue.corpora.errors import FormatError
from trilogue.corpora.transcripts import read

EXAMPLES = Path(__file__).parent / "transcripts/examples"


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_document_comes_back_from_json_as_it_was(path: Path) -> None:
    for document in read(path):
        line = json.dumps(document_to_json(document), ensure_ascii=False)
        assert document_from_json(json.loads(line)) == document


def test_a_field_that_is_missing_or_unknown_is_named() -> None:
    (document,) = read(EXAMPLES / "plain.txt")
    found = document_to_json(document)
    with pytest.raises(FormatError, match=f"{document.id}: 'blocks', expected the fields id"):
        document_from_json({k: v for k, v in found.items() if k != "blocks"})
    with pytest.raises(FormatError, match="unexpected keyword argument 'mood'"):
        document_from_json({**found, "mood": "good"})


def test_a_block_that_is_not_at_its_offsets_is_refused() -> None:
    (document,) = read(EXAMPLES / "plain.txt")
    found = document_to_json(document)
    with pytest.raises(FormatError, match="block at 0: got 'x"):
        document_from_json({**found, "text": "x" + document.text[1:]})
