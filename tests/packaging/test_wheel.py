"""The wheel is built, installed outside of the checkout and run there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout, built without the network."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # -P and PYTHONPATH: the unpacked wheel comes before the editable install of the checkout.
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "100"}
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_the_wheel_holds_every_room_once_under_one_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"trilogue"}
    assert "trilogue/py.typed" in names
    for room in ("align", "corpora", "models", "review", "scripts"):
        assert f"trilogue/{room}/__init__.py" in names
    for file in ("html/unit.html", "static/review.js", "static/htmx-LICENSE.txt"):
        assert f"trilogue/review/web/{file}" in names


def test_the_installed_wheel_runs_outside_the_checkout(elsewhere: Path) -> None:
    where = run(elsewhere, "-c", "import trilogue.corpora.types as t; print(t.__file__)")
    assert where.stdout.startswith(str(elsewhere)), where.stderr
    shown = run(elsewhere, "-m", "trilogue", "--help")
    assert shown.returncode == 0, shown.stderr
    assert "build" in shown.stdout
