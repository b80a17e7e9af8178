"""Both engines on a GPU, in half precision, beside float32 on the processor."""

from pathlib import Path
from types import ModuleType

import pytest

from trilogue.corpora.errors import ModelError
from trilogue.models import marian
from trilogue.models.marian import MarianTranslator

pytestmark = pytest.mark.gpu


@pytest.fixture(scope="module")
def expected(tiny: Path, checkpoints: ModuleType) -> list[str]:
    """What the checkpoint says without a GPU: what it was trained to say."""
    return [row[1] for row in checkpoints.SENTENCES]


def drafts(model: MarianTranslator, checkpoints: ModuleType) -> list[str]:
    return [draft.text for draft in model.translate([row[0] for row in checkpoints.SENTENCES])]


def alike(ours: list[str], theirs: list[str]) -> float:
    return sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours)


def test_transformers_drafts_on_a_gpu(
    tiny: Path, checkpoints: ModuleType, expected: list[str]
) -> None:
    torch = pytest.importorskip("torch")
    if not torch.cuda.is_available():
        pytest.skip("there is no GPU")
    model = marian.load(tiny, to="ru", engine="transformers")
    assert "transformers-bfloat16" in model.signature
    assert alike(drafts(model, checkpoints), expected) > 0.9


def test_ctranslate2_drafts_on_a_gpu(
    tiny: Path, checkpoints: ModuleType, expected: list[str]
) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2")
    if not ctranslate2.get_cuda_device_count():
        pytest.skip("there is no GPU")
    model = marian.load(tiny, to="ru")
    assert "ctranslate2-int8_float16" in model.signature
    try:
        found = drafts(model, checkpoints)
    except ModelError as error:
        assert "hide the GPU" in str(error)
        pytest.skip(f"the libraries of CUDA are not those of CTranslate2: {error}")
    assert alike(found, expected) > 0.9
