"""From a checkpoint to CTranslate2 through the cache, on the ways that go wrong elsewhere."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from trilogue.corpora.errors import ConfigError, ModelError
from trilogue.models import cache, checkpoint, conversion, marian, registry
from trilogue.models.decoding import Decoding

LINES = ["The road is closed.", "The ministers will meet on Monday.", "Monday is closed."]


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRILOGUE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_padding_in_the_middle_of_the_vocabulary_decodes_as_the_reference_does(
    copied: Path,
) -> None:
    """CTranslate2's own converter drops the last row and starts from zeros: here both would err."""
    ids = json.loads((copied / "vocab.json").read_text(encoding="utf-8"))
    tokens = sorted(ids, key=ids.__getitem__)
    order = np.arange(len(tokens))
    order[[7, -1]] = order[[-1, 7]]
    moved = {tokens[old]: new for new, old in enumerate(order.tolist())}
    (copied / "vocab.json").write_text(json.dumps(moved), encoding="utf-8")
    weights = load_file(copied / "model.safetensors")
    weights["model.shared.weight"] = weights["model.shared.weight"][order]
    weights["final_logits_bias"] = weights["final_logits_bias"][:, order]
    save_file(weights, copied / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((copied / "config.json").read_text(encoding="utf-8"))
    config |= {"pad_token_id": 7, "decoder_start_token_id": 7}
    (copied / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert abs(weights["model.shared.weight"][7]).max() > 0.01

    quick = marian.load(copied, to="ru", quantisation="float32")
    reference = marian.load(copied, to="ru", engine="transformers")
    batch = [quick.framed(line) for line in LINES]
    ours, theirs = (
        [one[0].tokens for one in model.engine.decode([batch], [Decoding(1, 60)])[0]]
        for model in (quick, reference)
    )
    assert ours == theirs


def test_a_conversion_is_made_once(
    tiny: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = registry.find(tiny)
    first = conversion.converted(model, "int8")
    monkeypatch.setattr(checkpoint, "tensors", lambda folder: pytest.fail("read again"))
    assert conversion.converted(model, "int8") == first
    assert first.is_relative_to(own_cache)


def test_each_number_type_has_a_conversion_of_its_own(tiny: Path, own_cache: Path) -> None:
    model = registry.find(tiny)
    assert conversion.converted(model, "int8") != conversion.converted(model, "float32")


def test_several_processes_may_convert_at_once(tiny: Path, own_cache: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from trilogue.models import conversion, registry\n"
        "sys.stdin.read()\n"  # all start together, when their input is closed
        "print(conversion.converted(registry.find(pathlib.Path(sys.argv[1])), 'int8'))\n"
    )
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tiny)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdin
        worker.stdin.close()
        worker.stdin = None
    made = {worker.communicate()[0] for worker in workers}
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(made) == 1
    assert len(list((own_cache / "ctranslate2").iterdir())) == 1  # no scratch is left


@pytest.mark.parametrize("damage", ["cut", "gone", "unsealed"])
def test_a_damaged_cache_is_made_again(tiny: Path, own_cache: Path, damage: str) -> None:
    folder = conversion.converted(registry.find(tiny), "int8_float32")
    binary = folder / "model.bin"
    if damage == "cut":
        binary.write_bytes(binary.read_bytes()[:1000])
    elif damage == "gone":
        binary.unlink()
    else:
        (folder / cache.SEAL).unlink()
    assert marian.load(tiny, to="ru").translate(["Thank you."])[0].text == "Спасибо."
    assert sorted(path.name for path in folder.parent.iterdir()) == [folder.name]


@pytest.mark.parametrize("rotten", [slice(0, None), slice(20_000, 24_000)])
def test_a_cache_whose_content_rotted_is_made_again(
    tiny: Path, own_cache: Path, rotten: slice
) -> None:
    binary = conversion.converted(registry.find(tiny), "int8_float32") / "model.bin"
    data = bytearray(binary.read_bytes())
    data[rotten] = bytes(len(data[rotten]))  # some weights: it would load, and draft nonsense
    binary.write_bytes(data)
    assert marian.load(tiny, to="ru").translate(["Thank you."])[0].text == "Спасибо."


def test_a_cache_that_cannot_be_written_says_where_and_what_to_do(
    tiny: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(conversion, "_convert", full)
    with pytest.raises(ConfigError, match=r"cannot cache .* no space left\. .*TRILOGUE_CACHE"):
        conversion.converted(registry.find(tiny), "int8")
    assert list((own_cache / "ctranslate2").iterdir()) == []


def test_a_weight_that_is_missing_is_named(copied: Path, own_cache: Path) -> None:
    weights = load_file(copied / "model.safetensors")
    del weights["model.decoder.layers.0.fc2.bias"]
    save_file(weights, copied / "model.safetensors")
    with pytest.raises(ModelError, match=r"no weight 'model\.decoder\.layers\.0\.fc2\.bias'"):
        conversion.converted(registry.find(copied), "int8")
    assert list((own_cache / "ctranslate2").iterdir()) == []
