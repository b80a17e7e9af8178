"""Encoders of the hub: named by their commit, or refused with the way out."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from trilogue.align.vectors import load_encoder
from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import encoders


class Counting:
    """Stands for sentence-transformers: the length of a text and 1."""

    def __init__(self, name: str) -> None:
        if "LaBSE" in name:
            raise OSError("no route to the hub")
        config = SimpleNamespace(_commit_hash="9c1f")
        self.parts = [SimpleNamespace(auto_model=SimpleNamespace(config=config))]

    def __getitem__(self, index: int) -> SimpleNamespace:
        return self.parts[index]

    def encode(self, texts: list[str], **options: object) -> list[list[float]]:
        return [[float(len(text)), 1.0] for text in texts]


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = Counting  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def test_an_encoder_is_named_by_its_commit_and_gives_its_prompt(installed: None) -> None:
    found = load_encoder("trilogue.models.encoders:multilingual_e5_small")
    assert found.signature == "intfloat/multilingual-e5-small@9c1f"
    np.testing.assert_array_equal(found.encode(["Yes."]), [[len("query: Yes."), 1.0]])


def test_a_model_that_cannot_be_had_is_said(installed: None) -> None:
    with pytest.raises(ModelError, match="LaBSE: no route to the hub; connect to the hub once"):
        encoders.labse()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ConfigError, match=r"pip install 'trilogue\[encoders\]'"):
        encoders.multilingual_e5_small()
