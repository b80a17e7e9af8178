"""Weights read from their file without the libraries that wrote them."""

import json
import os
import struct
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from trilogue.corpora.errors import ModelError
from trilogue.models import marian, tensors

LAYOUTS = pytest.mark.parametrize("zipped", [True, False], ids=["torch 1.6 and later", "before"])


@LAYOUTS
def test_pickled_tensors_are_read_as_torch_reads_them(tmp_path: Path, zipped: bool) -> None:
    table = torch.randn(5, 4)
    saved = OrderedDict(
        table=table,
        tied=table,
        turned=table.T,
        part=table[1:, 2:],
        half=table.half(),
        brain=table.bfloat16(),
        places=torch.arange(3),
        one=torch.tensor(2.5),
        none=torch.zeros(0, 3),
        parameter=torch.nn.Parameter(table),
    )
    path = tmp_path / "pytorch_model.bin"
    torch.save(saved, path, _use_new_zipfile_serialization=zipped)
    found = tensors.read(path)
    assert found.keys() == saved.keys()
    for name, tensor in torch.load(path).items():
        assert found[name].dtype == np.float32
        np.testing.assert_array_equal(found[name], tensor.detach().float().numpy())


@LAYOUTS
def test_a_pickled_checkpoint_drafts_without_torch(
    copied: Path, monkeypatch: pytest.MonkeyPatch, zipped: bool
) -> None:
    weights = load_file(copied / "model.safetensors")
    (copied / "model.safetensors").unlink()
    torch.save(
        {name: torch.from_numpy(array) for name, array in weights.items()},
        copied / "pytorch_model.bin",
        _use_new_zipfile_serialization=zipped,
    )
    monkeypatch.setitem(sys.modules, "torch", None)
    assert marian.load(copied, to="ru").translate(["Thank you."])[0].text == "Спасибо."


class Harmful:
    """What would make a folder if it were unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


@LAYOUTS
def test_code_in_a_pickle_is_refused_and_does_not_run(tmp_path: Path, zipped: bool) -> None:
    path = tmp_path / "pytorch_model.bin"
    harm = Harmful(tmp_path / "made")
    torch.save({"a": harm}, path, _use_new_zipfile_serialization=zipped)
    with pytest.raises(ModelError, match=r"mkdir is not for a table of tensors\)\. Fetch it again"):
        tensors.read(path)
    assert not harm.folder.exists()


@LAYOUTS
def test_half_a_file_is_broken(tmp_path: Path, zipped: bool) -> None:
    path = tmp_path / "pytorch_model.bin"
    torch.save({"a": torch.zeros(1000)}, path, _use_new_zipfile_serialization=zipped)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ModelError, match=r"pytorch_model\.bin: broken weights"):
        tensors.read(path)


def test_weights_in_bfloat16_are_read(tmp_path: Path) -> None:
    wanted = np.array([[0.1, -2.5], [3e-5, 7.0]], dtype=np.float32)
    halves = (wanted.view(np.uint32) >> 16).astype("<u2")
    entry = {"dtype": "BF16", "shape": [2, 2], "data_offsets": [0, halves.nbytes]}
    header = json.dumps({"a": entry}).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + halves.tobytes())
    np.testing.assert_allclose(tensors.read(path)["a"], wanted, rtol=2**-7)
