"""What tests of several rooms share: doubles, the small trained checkpoint, a cache."""

import hashlib
import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MAKER = HERE / "models" / "checkpoints.py"
ModuleAt = Callable[[Path], Any]


@pytest.fixture(scope="session")
def module_at() -> ModuleAt:
    """Loads a module by its file: what only tests and people call stands in no package."""

    def load(path: Path) -> Any:
        name = "_".join(path.relative_to(HERE.parent).with_suffix("").parts)
        if name not in sys.modules:
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
        return sys.modules[name]

    return load


@pytest.fixture(scope="session")
def checkpoints(module_at: ModuleAt) -> Any:
    """The module that makes the small checkpoint: its sentences, tags and shape."""
    return module_at(MAKER)


@pytest.fixture(scope="session")
def fakes(module_at: ModuleAt) -> Any:
    """Quick tools for builds, and an executor that runs them in this process."""
    return module_at(HERE / "scripts" / "fake_trilogue.py")


@pytest.fixture
def here(fakes: Any) -> Any:
    """That executor."""
    return fakes.Here()


@pytest.fixture(scope="session")
def small(module_at: ModuleAt) -> Any:
    """The module that writes small finished corpora."""
    return module_at(HERE / "corpora" / "small_corpora.py")


@pytest.fixture
def make_corpus(small: Any) -> Any:
    """Writes a corpus of one-line documents, named and licensed, with one Russian draft each."""
    return small.one_liners


@pytest.fixture
def forum(small: Any, tmp_path: Path) -> Any:
    """Two documents of three segments; the Russian of the first one is official as well, and joins
    its last two."""
    return small.forum(tmp_path / "forum-corpus")


@pytest.fixture(scope="session")
def tiny(
    request: pytest.FixtureRequest,
    checkpoints: Any,
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
