"""Second opinions: another model's draft, or the draft translated back."""

import json
from pathlib import Path

import pytest

from trilogue.corpora.types import Opinion
from trilogue.models import marian, registry
from trilogue.models.second import Seconded


@pytest.fixture
def reverse(copied: Path) -> Path:
    """The small checkpoint, said to translate Russian into English."""
    path = copied / "vocab.json"
    ids = json.loads(path.read_text(encoding="utf-8"))
    plain = {token.strip("<>") if ">>" in token else token: at for token, at in ids.items()}
    path.write_text(json.dumps(plain), encoding="utf-8")
    settings = {"source_lang": "rus", "target_lang": "eng"}
    (copied / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return copied


def test_a_model_into_english_is_the_reverse_of_its_source_language(
    tiny: Path, reverse: Path
) -> None:
    assert registry.find(reverse).is_reverse_of("ru")
    assert not registry.find(reverse).is_reverse_of("hy")
    assert not registry.find(tiny).is_reverse_of("ru")
    settings = {"source_lang": "zle", "target_lang": "eng"}
    (reverse / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    assert registry.find(reverse).is_reverse_of("ru")
    assert not registry.find(reverse).is_reverse_of("az")


def test_the_draft_is_what_is_translated_back(tiny: Path, reverse: Path) -> None:
    first = marian.load(tiny, to="ru", quantisation="float32")
    back = marian.load(reverse, to="en", quantisation="float32")
    both = Seconded(first, back, "ru", back=True)
    thanks, nothing = both.translate(["Thank you.", " "])
    assert thanks.text == "Спасибо."
    assert thanks.second == Opinion(back.translate(["Спасибо."])[0].text, back.name, "en")
    assert nothing.second is None
    assert both.signature == f"{first.signature} back-1 {back.signature}"


def test_another_model_drafts_the_same_source(tiny: Path) -> None:
    first = marian.load(tiny, to="ru", quantisation="float32")
    both = Seconded(first, marian.load(tiny, to="hy", quantisation="float32"), "hy")
    streamed = list(both.stream(["Thank you."] * 3, count=2, window=2))
    assert [len(drafts) for drafts in streamed] == [2, 2, 2]
    assert streamed[0][0].second == Opinion("Շնորհակալություն։", first.name, "hy")
    assert streamed[0][1].second is None
