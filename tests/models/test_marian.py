"""Both engines on a trained checkpoint: what they answer, and that they answer alike."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import marian
from trilogue.models.decoding import Decoding, Hypothesis, grouped
from trilogue.models.marian import MarianTranslator
from trilogue.models.marian_ctranslate2 import CTranslate2Engine

LINES = (
    "The ministers opened the road in 2021.",
    "I would like to discuss the border on Monday.",
    "Colleagues, the water agreement grew.",
    "Thank you, President.",
)


@pytest.fixture(scope="module")
def quick(tiny: Path) -> MarianTranslator:
    return marian.load(tiny, to="ru", quantisation="float32", workers=2)


@pytest.fixture(scope="module")
def reference(tiny: Path) -> MarianTranslator:
    return marian.load(tiny, to="ru", engine="transformers")


@pytest.mark.parametrize(("to", "column"), [("ru", 1), ("hy", 2), ("az", 3)])
def test_a_multilingual_checkpoint_drafts_in_the_language_it_is_asked_for(
    tiny: Path, checkpoints: ModuleType, to: str, column: int
) -> None:
    rows = [row for row in checkpoints.SENTENCES if row[0].startswith("The ")]
    drafts = marian.load(tiny, to=to).translate([row[0] for row in rows])
    right = sum(draft.text == row[column] for draft, row in zip(drafts, rows, strict=True))
    assert right >= len(rows) - 2  # 8-bit weights may cost so small a model a letter


def test_greedy_output_of_both_engines_is_the_same_token_by_token(
    quick: MarianTranslator, reference: MarianTranslator, checkpoints: ModuleType
) -> None:
    sources = [*LINES, *(row[0] for row in checkpoints.SENTENCES)]
    for how in (Decoding(1, 60), Decoding(1, 60, shortest=12, no_repeat=3), Decoding(1, 7)):
        ours, theirs = decode(quick, sources, how), decode(reference, sources, how)
        assert [one.tokens for one in ours] == [one.tokens for one in theirs]
        for one, other in zip(ours, theirs, strict=True):
            assert one.confidence == pytest.approx(other.confidence, abs=1e-4)


def test_confidence_means_the_same_in_both_engines_and_any_search(
    quick: MarianTranslator, reference: MarianTranslator
) -> None:
    sources = ["The road is closed.", "Thank you."]
    for how in (Decoding(1, 60), Decoding(2, 60), Decoding(4, 60, penalty=2.0)):
        for model in (quick, reference):
            for source, found in zip(sources, decode(model, sources, how), strict=True):
                assert isinstance(quick.engine, CTranslate2Engine)
                (scored,) = quick.engine.scored(quick.framed(source), [found.tokens])
                assert found.confidence == pytest.approx(scored, abs=1e-4)


def decode(model: MarianTranslator, sources: list[str], how: Decoding) -> list[Hypothesis]:
    framed = [model.framed(source) for source in sources]
    return [found[0] for found in model.engine.decode([framed], [how])[0]]


def test_drafts_come_in_the_order_of_the_texts_whatever_their_length(
    quick: MarianTranslator, checkpoints: ModuleType
) -> None:
    sources = [row[0] for row in checkpoints.SENTENCES]
    alone = {source: quick.translate([source])[0].text for source in sources}
    for order in (sources, sources[::-1], sorted(sources, key=len)):
        assert [draft.text for draft in quick.translate(order)] == [alone[s] for s in order]


def test_the_same_batch_gives_the_same_drafts_and_scores(tiny: Path) -> None:
    first, second = (marian.load(tiny, to="hy").translate(LINES) for _ in range(2))
    assert first == second


def test_an_empty_line_has_an_empty_draft_and_no_score(quick: MarianTranslator) -> None:
    drafts = quick.translate(["", "   ", "\t", "\u200b", "Thank you."])
    assert [draft.text for draft in drafts] == ["", "", "", "", "Спасибо."]
    assert [draft.confidence is None for draft in drafts] == [True, True, True, True, False]


def test_no_texts_have_no_drafts(quick: MarianTranslator) -> None:
    assert quick.translate([]) == []


def test_the_signature_names_revision_engine_numbers_and_beam(tiny: Path) -> None:
    one = marian.load(tiny, to="ru", beam=2)
    how = "ctranslate2-int8_float32 beam-2 penalty-1 guards-"
    assert one.signature.startswith(f"{one.name} ru {how}")
    assert one.name.startswith(f"{tiny.name}@")
    assert one.translate(["Thank you."])[0].model == one.name


def test_a_changed_weight_changes_the_revision(tiny: Path, copied: Path) -> None:
    weights = copied / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    revisions = {marian.load(p, to="ru").name.partition("@")[2] for p in (tiny, copied)}
    assert len(revisions) == 2


def test_the_best_of_n_comes_first_and_is_the_draft(quick: MarianTranslator) -> None:
    (drafts,) = quick.nbest(["The road is closed."], 3)
    assert drafts[0] == quick.translate(["The road is closed."])[0]
    assert len(drafts) == 3
    scores = [draft.confidence or 0.0 for draft in drafts]
    assert scores == sorted(scores, reverse=True)


def test_more_hypotheses_than_the_beam_are_refused(quick: MarianTranslator) -> None:
    with pytest.raises(ConfigError, match="hypotheses: got 5, expected 1 to 4"):
        quick.nbest(["Thank you."], 5)


def test_a_stream_is_drafted_a_window_at_a_time(quick: MarianTranslator) -> None:
    taken = 0

    def lines() -> object:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield "Thank you."

    drafts = quick.stream(lines(), window=10)  # type: ignore[arg-type]
    assert next(drafts)[0].text == "Спасибо."
    assert taken == 10
    assert len(list(drafts)) == 49


class Cramped:
    """An engine that has no memory for batches of more than so many tokens."""

    def __init__(self, inner: MarianTranslator, tokens: int) -> None:
        self.inner, self.tokens = inner.engine, tokens
        self.signature = inner.engine.signature

    def decode(self, batches, decodings):  # type: ignore[no-untyped-def]
        for batch in batches:
            if len(batch) * len(batch[0]) > self.tokens:
                raise MemoryError("out of memory")
        return self.inner.decode(batches, decodings)


def test_a_batch_too_large_for_the_memory_is_halved_and_said(
    quick: MarianTranslator,
    cramped: Callable[[int], MarianTranslator],
    caplog: pytest.LogCaptureFixture,
) -> None:
    drafts = cramped(40).translate(LINES)
    assert [draft.text for draft in drafts] == [draft.text for draft in quick.translate(LINES)]
    assert "out of memory: going on with batches of 32 tokens" in caplog.text


def test_a_text_that_alone_is_too_large_for_the_memory_is_an_error(
    cramped: Callable[[int], MarianTranslator],
) -> None:
    with pytest.raises(ModelError, match=r"a text of \d+ tokens needs more memory than there is"):
        cramped(2).translate(["The road is closed."])


@pytest.fixture
def cramped(tiny: Path, quick: MarianTranslator) -> Callable[[int], MarianTranslator]:
    from trilogue.models import registry
    from trilogue.models.pieces import Pieces

    model = registry.find(tiny)
    return lambda tokens: MarianTranslator(
        model, Pieces(model, to="ru"), Cramped(quick, tokens), to="ru"
    )


def test_batches_hold_like_lengths_and_stay_within_their_tokens() -> None:
    lengths = [3, 50, 4, 48, 5, 200, 3]
    batches = grouped(lengths, tokens=100)
    assert batches == [[5], [1, 3], [4, 2, 0, 6]]


def test_a_checkpoint_is_decoded_as_it_asks_for(copied: Path) -> None:
    asked = {"num_beams": 2, "length_penalty": 1.5}
    (copied / "generation_config.json").write_text(json.dumps(asked), encoding="utf-8")
    assert " beam-2 penalty-1.5 " in marian.load(copied, to="ru").signature
    assert " beam-3 penalty-1.5 " in marian.load(copied, to="ru", beam=3).signature
    (copied / "generation_config.json").write_text('{"num_beams": "many"}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"generation_config\.json: num_beams 'many'"):
        marian.load(copied, to="ru")


class Shout:
    """A check that finds fault with capitals that are missing."""

    signature = "shout-1"

    def flags(self, source: str, draft: str) -> tuple[str, ...]:
        return () if draft.isupper() else (f"quiet: {source}",)


def test_what_a_check_says_is_on_the_draft_and_in_the_signature(tiny: Path) -> None:
    model = marian.load(tiny, to="ru", quantisation="float32", checks=[Shout()])
    assert model.signature.endswith(" shout-1")
    assert model.translate(["Thank you.", ""])[0].flags == ("quiet: Thank you.",)
    assert model.translate([""])[0].flags == ()


def test_an_unknown_engine_is_refused(tiny: Path) -> None:
    with pytest.raises(ConfigError, match="engine: got 'marian', expected one of ctranslate2"):
        marian.load(tiny, to="ru", engine="marian")


def test_an_unknown_number_type_is_refused(tiny: Path) -> None:
    with pytest.raises(ConfigError, match="quantisation: got 'int4', expected one of"):
        marian.load(tiny, to="ru", quantisation="int4")


@pytest.mark.parametrize(
    ("missing", "engine", "way"),
    [
        ("ctranslate2", "ctranslate2", r"Install trilogue\[marian\]"),
        ("transformers", "transformers", r"Install trilogue\[torch\]"),
    ],
)
def test_a_missing_engine_names_its_extra(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, missing: str, engine: str, way: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ConfigError, match=way):
        marian.load(tiny, to="ru", engine=engine)


def test_a_gpu_without_its_libraries_is_told_what_to_do(tiny: Path) -> None:
    model = marian.load(tiny, to="ru")

    class Bare:
        def translate_batch(self, *_: object, **__: object) -> None:
            raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")

    model.engine._translator = Bare()  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="cannot be loaded. A GPU needs it on LD_LIBRARY_PATH"):
        model.translate(["Thank you."])


def test_ctranslate2_converts_and_drafts_without_torch(tiny: Path, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "sys.modules['torch'] = sys.modules['transformers'] = None\n"
        "from trilogue.models import marian\n"
        f"print(marian.load({str(tiny)!r}, to='ru').translate(['Thank you.'])[0].text)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"TRILOGUE_CACHE": str(tmp_path), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "Спасибо.\n"
