"""What tests of several rooms share: the small trained checkpoint, and a cache of their own."""

import hashlib
import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

MAKER = Path(__file__).parent / "models" / "checkpoints.py"


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("checkpoints", MAKER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def checkpoints() -> ModuleType:
    """The module that makes the small checkpoint: its sentences, tags and shape."""
    return _maker()


@pytest.fixture(scope="session")
def tiny(
    request: pytest.FixtureRequest,
    checkpoints: ModuleType,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A small trained Marian checkpoint; kept in pytest's cache, made again when its maker changes.

    Tests that damage it copy it first.
    """
    digest = hashlib.sha256(MAKER.read_bytes()).hexdigest()[:12]
    kept = request.config.cache.mkdir("checkpoints") / digest
    if not kept.is_dir():
        made = tmp_path_factory.mktemp("tiny")
        checkpoints.make(made)
        shutil.move(made, kept)
    return Path(kept)


@pytest.fixture(scope="session", autouse=True)
def _own_model_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Converted models and the hub's files go to a folder of the test run, not to the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRILOGUE_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("HF_HOME", str(tmp_path_factory.mktemp("hub")))
        yield
