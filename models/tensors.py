"""Weights as they lie in a file, read in float32 with neither torch nor safetensors.

safetensors itself has no bfloat16 without torch. Of OPUS-MT most is published as pickles alone, in
the two layouts of ``torch.save``: a ZIP archive, or (before torch 1.6) a row of pickles and then
the numbers. Only what a table of tensors is made of is unpickled: no code of the file runs.
"""

import json
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from trilogue.corpora.errors import ModelError

Array = npt.NDArray[Any]

_TYPES: Final = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8"}
_STORAGES: Final = {
    "DoubleStorage": "F64",
    "FloatStorage": "F32",
    "HalfStorage": "F16",
    "BFloat16Storage": "BF16",
    "LongStorage": "I64",
}
_MAGIC: Final = 0x1950A86A20F9469CFC6C
"""What the first pickle of the older layout holds."""
_BROKEN: Final = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    pickle.UnpicklingError,
    zipfile.BadZipFile,
)
"""What reading a damaged file raises, by what is damaged."""


def read(path: Path) -> dict[str, Array]:
    """The tensors of a file by name, in float32.

    :param path: safetensors by its suffix, else pickled by torch.
    :raises ModelError: if the file is broken, or would run code.
    """
    try:
        return dict(_safe(path) if path.suffix == ".safetensors" else _pickled(path))
    except _BROKEN as error:
        raise ModelError(f"{path}: broken weights ({error}). Fetch it again.") from error


def _safe(path: Path) -> Iterator[tuple[str, Array]]:
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        if size > path.stat().st_size:
            raise ValueError("the header is longer than the file")
        header = json.loads(stream.read(size))
        header.pop("__metadata__", None)
        for name, entry in header.items():
            start, end = entry["data_offsets"]
            stream.seek(8 + size + start)
            data = _numbers(stream.read(end - start), entry["dtype"])
            yield name, data.reshape(entry["shape"])


def _numbers(data: bytes, kind: str) -> Array:
    numbers = np.frombuffer(data, dtype=_TYPES[kind])
    if kind == "BF16":  # the upper half of a float32
        return (numbers.astype(np.uint32) << 16).view(np.float32)
    return numbers.astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Where the numbers of some tensors are: ``key`` of the file, ``count`` numbers of a kind."""

    key: str
    kind: str
    count: int

    @property
    def size(self) -> int:
        """In bytes."""
        return self.count * np.dtype(_TYPES[self.kind]).itemsize


@dataclass(frozen=True, slots=True)
class _View:
    """A tensor in what is stored; ``offset`` and ``strides`` in numbers."""

    stored: _Stored
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def of(self, numbers: Array) -> Array:
        steps = zip(self.shape, self.strides, strict=True)
        last = self.offset + sum((length - 1) * step for length, step in steps)
        if min(self.offset, *self.strides, *self.shape, 0) < 0 or last >= max(1, len(numbers)):
            raise ValueError("a tensor reaches beyond its numbers")
        steps_in_bytes = [step * numbers.itemsize for step in self.strides]
        found = np.lib.stride_tricks.as_strided(numbers[self.offset :], self.shape, steps_in_bytes)
        return found if found.flags.c_contiguous else found.copy()


def _view(stored: _Stored, offset: int, shape: Any, strides: Any, *_: object) -> _View:
    return _View(stored, offset, tuple(shape), tuple(strides))


def _parameter(view: _View, *_: object) -> _View:
    return view


class _Unpickler(pickle.Unpickler):
    """Knows tables and tensors alone."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch._utils" and name in ("_rebuild_tensor_v2", "_rebuild_parameter"):
            return _view if name == "_rebuild_tensor_v2" else _parameter
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is not for a table of tensors")

    def persistent_load(self, pid: Any) -> _Stored:
        _, kind, key, _, count = pid[:5]
        return _Stored(key, kind, count)


def _pickled(path: Path) -> Iterator[tuple[str, Array]]:
    with path.open("rb") as stream:
        table, found = _archive(stream) if zipfile.is_zipfile(stream) else _row(stream)
        # Tied weights are one array, as they are in safetensors.
        arrays = {view: view.of(found[view.stored.key]) for view in set(table.values())}
        yield from ((name, arrays[view]) for name, view in table.items())


Read = tuple[Mapping[str, _View], Mapping[str, Array]]
"""The tensors of a file, and the numbers that they are views of, by key."""


def _archive(stream: IO[bytes]) -> Read:
    with zipfile.ZipFile(stream) as archive:
        listing = next((name for name in archive.namelist() if name.endswith("/data.pkl")), "")
        folder = listing.removesuffix("/data.pkl")
        with archive.open(listing) as pickled:
            table = _Unpickler(pickled).load()
        found = {
            stored.key: _numbers(archive.read(f"{folder}/data/{stored.key}"), stored.kind)
            for stored in {view.stored for view in table.values()}
        }
    return table, found


def _row(stream: IO[bytes]) -> Read:
    stream.seek(0)
    magic, _, _, table, keys = (_Unpickler(stream).load() for _ in range(5))
    if magic != _MAGIC:
        raise ValueError("not a file of torch")
    stored = {view.stored.key: view.stored for view in table.values()}
    found = {}
    for key in keys:
        stream.seek(8, 1)  # how many numbers follow, which the table has said already
        found[key] = _numbers(stream.read(stored[key].size), stored[key].kind)
    return table, found
