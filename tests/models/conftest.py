"""A copy of the small checkpoint, to be damaged."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def copied(tiny: Path, tmp_path: Path) -> Path:
    """A copy of the small checkpoint."""
    return Path(shutil.copytree(tiny, tmp_path / "copied"))
