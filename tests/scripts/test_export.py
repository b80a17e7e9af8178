"""``trilogue export`` as a user calls it."""

from pathlib import Path

import pytest

from trilogue.scripts import cli


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "docx"], "'docx' is not one of 'tmx'"),
        (["--format", "tmx", "--only", "good"], "'good' is not one of 'accept'"),
        (["--format", "tmx", "--min-faithful", "2"], "2.0 is not in the range"),
        (["--format", "tmx", "--pivot", "ru-ru"], "got 'ru-ru', expected two of ru, hy, az"),
        (["--format", "tmx", "--pivot", "ru"], "got 'ru', expected two of ru, hy, az"),
        ([], "Missing option '--format'"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "c.tmx"
    assert cli.run(["export", str(tmp_path), "--out", str(out), *options]) == 2
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(("name", "said"), [("none", "no such folder"), (".", "not a corpus")])
def test_what_is_no_corpus_exports_nothing(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "exports" / "c.tmx"
    root = str(tmp_path / name)
    assert cli.run(["export", root, "--format", "tmx", "--out", str(out)]) == 2
    assert said in capsys.readouterr().err
    assert not out.parent.exists()
