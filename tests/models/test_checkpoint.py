"""What is refused as a checkpoint, and how."""

import json
from pathlib import Path

import pytest

from trilogue.corpora.errors import ModelError
from trilogue.models import checkpoint, registry


def change(path: Path, **values: object) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**found, **values}), encoding="utf-8")


@pytest.mark.parametrize("name", ["config.json", "vocab.json", "source.spm", "target.spm"])
def test_a_file_that_is_missing_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=f"no {name}: expected a Marian checkpoint"):
        registry.find(copied)


def test_missing_weights_are_named(copied: Path) -> None:
    (copied / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no weights: expected model.safetensors"):
        registry.find(copied)


def test_another_kind_of_model_is_refused(copied: Path) -> None:
    change(copied / "config.json", model_type="m2m_100")
    with pytest.raises(ModelError, match=r"model_type is 'm2m_100', expected 'marian'"):
        registry.find(copied)


def test_a_vocabulary_without_an_end_is_refused_because_it_would_loop(copied: Path) -> None:
    path = copied / "vocab.json"
    ids = json.loads(path.read_text(encoding="utf-8"))
    ids["<end>"] = ids.pop("</s>")
    path.write_text(json.dumps(ids), encoding="utf-8")
    with pytest.raises(ModelError, match="no </s> in the vocabulary"):
        registry.find(copied)


def test_a_vocabulary_with_a_hole_is_refused(copied: Path) -> None:
    path = copied / "vocab.json"
    ids = json.loads(path.read_text(encoding="utf-8"))
    del ids[">>hye<<"]
    path.write_text(json.dumps(ids), encoding="utf-8")
    with pytest.raises(ModelError, match="ids are not 0 to"):
        registry.find(copied)


def test_a_vocabulary_of_another_size_than_the_configuration_says_is_refused(copied: Path) -> None:
    change(copied / "config.json", vocab_size=7)
    with pytest.raises(ModelError, match=r"vocab_size 7.*: expected them to agree"):
        registry.find(copied)


def test_a_configuration_that_lacks_a_number_is_refused(copied: Path) -> None:
    change(copied / "config.json", d_model="wide")
    with pytest.raises(ModelError, match=r"config\.json: .*'wide'.* is missing or no number"):
        registry.find(copied)


def test_broken_json_is_refused(copied: Path) -> None:
    (copied / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"config\.json: not JSON"):
        registry.find(copied)


def test_broken_weights_are_refused(copied: Path) -> None:
    (copied / "model.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="broken weights"):
        checkpoint.tensors(copied)


def test_a_language_that_a_multilingual_model_lacks_is_refused(copied: Path) -> None:
    path = copied / "vocab.json"
    ids = json.loads(path.read_text(encoding="utf-8"))
    ids[">>kat<<"] = ids.pop(">>hye<<")
    path.write_text(json.dumps(ids), encoding="utf-8")
    model = registry.find(copied)
    assert model.tag_for("ru") == ">>rus<<"
    with pytest.raises(ModelError, match=r"no target Armenian: got .*, expected >>hye<<"):
        model.tag_for("hy")


def test_a_model_of_one_language_is_asked_for_no_other(copied: Path) -> None:
    path = copied / "vocab.json"
    ids = json.loads(path.read_text(encoding="utf-8"))
    renamed = {
        token.strip("<>") or token if ">>" in token else token: at for token, at in ids.items()
    }
    path.write_text(json.dumps(renamed), encoding="utf-8")
    change(copied / "tokenizer_config.json", target_lang="ru")
    model = registry.find(copied)
    assert model.tag_for("ru") is None
    with pytest.raises(ModelError, match="translates into 'ru', expected 'az'"):
        model.tag_for("az")


def test_a_name_that_is_nothing_says_what_names_there_are() -> None:
    expected = r"expected a folder, owner/model\[@revision\] of the hub, or builtin"
    with pytest.raises(ModelError, match=f"model: got 'no-such-folder', {expected}"):
        registry.find("no-such-folder")
