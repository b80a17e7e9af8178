"""Folders as Helsinki-NLP publishes them on the hub, here with random weights.

What stands in them follows the converter of transformers that made them: ``opus-mt-en-ru`` of 2020
(one vocabulary, pickled weights of old torch, the search in ``config.json``) and the ``tc-big``
models of 2022 (a vocabulary a side, language tags, ``generation_config.json``).
"""

import json
from pathlib import Path
from typing import Final

import pytest

from trilogue.corpora.errors import ModelError
from trilogue.models import marian, registry
from trilogue.models.decoding import Decoding

LINES: Final = ["The road is closed.", "The ministers will meet on Monday.", "Thank you."]


def outputs(folder: Path, engine: str) -> list[tuple[str, ...]]:
    numbers = "float32" if engine == "ctranslate2" else None
    model = marian.load(folder, to="ru", engine=engine, quantisation=numbers, workers=1)
    batch = [model.framed(line) for line in LINES]
    return [found[0].tokens for found in model.engine.decode([batch], [Decoding(1, 24)])[0]]


def test_a_folder_of_2020_decodes_as_transformers_does(of_2020: Path) -> None:
    found = registry.find(of_2020)
    assert (found.tags, found.tag_for("ru"), found.search.beam) == ((), None, 6)
    assert outputs(of_2020, "ctranslate2") == outputs(of_2020, "transformers")
    with pytest.raises(ModelError, match=r"translates into 'ru', expected 'hy' \(Armenian\)"):
        found.tag_for("hy")


def test_a_folder_of_2022_decodes_as_transformers_does(of_2022: Path) -> None:
    found = registry.find(of_2022)
    assert (found.tag_for("ru"), found.search.beam) == (">>rus<<", 4)
    assert found.source_tokens != found.target_tokens
    assert outputs(of_2022, "ctranslate2") == outputs(of_2022, "transformers")


def test_a_start_that_the_target_vocabulary_lacks_is_refused(of_2022: Path) -> None:
    config = json.loads((of_2022 / "config.json").read_text(encoding="utf-8"))
    target = json.loads((of_2022 / "target_vocab.json").read_text(encoding="utf-8"))
    config["decoder_vocab_size"] = len(target) - 1
    (of_2022 / "config.json").write_text(json.dumps(config), encoding="utf-8")
    fewer = {token: at for token, at in target.items() if at < len(target) - 1}
    (of_2022 / "target_vocab.json").write_text(json.dumps(fewer), encoding="utf-8")
    start = len(target) - 1
    with pytest.raises(
        ModelError, match=rf"decoding starts from {start}, of {start} target tokens"
    ):
        registry.find(of_2022)
