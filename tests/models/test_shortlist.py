"""Decoding with the pieces of one language alone."""

import json
from pathlib import Path
from types import ModuleType

import pytest

from trilogue.corpora.errors import ModelError
from trilogue.models import marian, registry, shortlist
from trilogue.models.decoding import Decoding

ODD = ["Xyz xyz.", "Zzz", "We we we grew grew.", "border border", "Kolmogorov and his brother"]


@pytest.fixture
def listed(copied: Path, checkpoints: ModuleType) -> Path:
    """The small checkpoint with the shortlists of Russian and Azerbaijani."""
    model = registry.find(copied)
    texts = {"ru": 1, "az": 3}
    shortlist.save(
        copied,
        {
            to: shortlist.counted(model, (row[at] for row in checkpoints.SENTENCES), to=to)
            for to, at in texts.items()
        },
    )
    return copied


def test_it_holds_what_the_texts_are_made_of_and_little_else(
    listed: Path, checkpoints: ModuleType
) -> None:
    model = registry.find(listed)
    tokens = {model.target_tokens[at] for at in shortlist.of(model, to="ru")}
    assert {"</s>", "<unk>"} < tokens
    assert not tokens & {">>rus<<", "<pad>"}
    assert not any("ա" <= letter <= "ֆ" for token in tokens for letter in token)
    assert shortlist.of(model, to="hy") == ()


@pytest.mark.parametrize("to", ["ru", "az"])
def test_both_engines_say_the_same_within_it(
    listed: Path, checkpoints: ModuleType, to: str
) -> None:
    quick = marian.load(listed, to=to, quantisation="float32")
    reference = marian.load(listed, to=to, engine="transformers")
    assert "-shortlist " in quick.signature
    assert "-shortlist " in reference.signature
    sources = [*(row[0] for row in checkpoints.SENTENCES), *ODD]
    batch = [quick.framed(source) for source in sources]
    ours, theirs = (
        [one[0].tokens for one in model.engine.decode([batch], [Decoding(1, 40)])[0]]
        for model in (quick, reference)
    )
    assert ours == theirs


def test_it_keeps_the_model_in_its_language(listed: Path) -> None:
    free = marian.load(listed, to="ru", quantisation="float32", shortlist=False)
    kept = marian.load(listed, to="ru", quantisation="float32")
    assert "-shortlist" not in free.signature
    strays = [
        sum("script" in flag for one in model.translate(ODD) for flag in one.flags)
        for model in (free, kept)
    ]
    assert strays[0] > 0
    assert strays[1] == 0


def test_batches_one_after_the_other_do_not_mix(listed: Path, checkpoints: ModuleType) -> None:
    model = marian.load(listed, to="ru", quantisation="float32", workers=2)
    sources = [row[0] for row in checkpoints.SENTENCES]
    framed = [[model.framed(source)] for source in sources]
    plans = [Decoding(2, 40)] * len(framed)
    together = [batch[0][0].tokens for batch in model.engine.decode(framed, plans)]
    alone = [model.engine.decode([batch], plans[:1])[0][0][0].tokens for batch in reversed(framed)]
    assert together == alone[::-1]


def test_a_list_changes_the_revision(tiny: Path, listed: Path) -> None:
    assert registry.find(tiny).revision != registry.find(listed).revision


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", r"shortlist\.json: not a shortlist"),
        ("[1]", r"shortlist\.json: not a shortlist"),
        ('{"ru": 7}', r"shortlist\.json: not a shortlist"),
        ('{"ru": [1000000]}', r"got ids that are none, expected 0 to"),
        ('{"ru": ["a"]}', r"got ids that are none, expected 0 to"),
    ],
)
def test_a_file_that_is_none_is_refused(copied: Path, text: str, said: str) -> None:
    (copied / shortlist.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        marian.load(copied, to="ru")


def test_the_file_is_plain_json(listed: Path) -> None:
    stored = json.loads((listed / shortlist.FILE).read_text(encoding="utf-8"))
    assert sorted(stored) == ["az", "ru"]
    assert stored["ru"] == sorted(stored["ru"])
