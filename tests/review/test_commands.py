"""``trilogue review`` as a user runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from trilogue.corpora.corpus import Corpus
from trilogue.review import accounts
from trilogue.review.database import default_url, open_database, reading
from trilogue.review.tables import ACCOUNTS, UNITS
from trilogue.scripts import cli


@pytest.fixture
def corpus(speeches: Callable[..., Corpus]) -> Path:
    return speeches().root


def run(*arguments: object) -> int:
    return cli.run(["review", *map(str, arguments)])


def test_an_account_gets_a_token_that_is_kept_nowhere(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("account", corpus, "Anahit", "--role", "reviewer") == 0
    token = capsys.readouterr().out.strip()
    engine = open_database(default_url(corpus))
    with reading(engine) as connection:
        stored = [str(dict(row)) for row in connection.execute(sa.select(ACCOUNTS)).mappings()]
    assert len(token) == 43 and all(token not in row for row in stored)
    assert token.encode() not in (corpus / "review" / "decisions.sqlite").read_bytes()
    assert run("account", corpus, "Anahit", "--disable") == 0
    with reading(engine) as connection:
        assert accounts.everybody(connection) == []
    engine.dispose()


def test_an_address_that_others_reach_is_refused_without_accounts(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("serve", corpus, "--host", "0.0.0.0", "--port", 0) == 2
    said = capsys.readouterr().err
    assert "0.0.0.0 is open to others and has no accounts" in said
    assert said.count("\n") == 1


def test_what_is_no_corpus_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (("serve",), ("export",), ("account", "Anahit")):
        assert run(command[0], tmp_path / "none", *command[1:]) == 2
        assert "not a corpus; make one with 'trilogue build'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_goes_out_and_comes_back(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "ru.csv"
    assert run("account", corpus, "Anahit") == 0
    assert run("export", corpus, "--format", "csv", "--out", sheet, "--lang", "ru") == 0
    text = sheet.read_text(encoding="utf-8").replace("46 соглашений", "64 соглашения", 1)
    sheet.write_text(text.replace("Thank you all.", "Thanks.", 1), encoding="utf-8")
    capsys.readouterr()
    assert run("import", corpus, sheet, "--by", "Anahit") == 0
    shown = capsys.readouterr()
    assert shown.out.count("\n") == 1 and "its source was changed in the sheet" in shown.out
    assert shown.err.endswith("ru.csv: 1 edited, 1 skipped, 10 unchanged\n")
    assert run("export", corpus) == 0
    assert "1 units answered" in capsys.readouterr().err
    [snapshot] = (corpus / "review" / "snapshots").iterdir()
    assert "Мы подписали 64 соглашения." in snapshot.read_text(encoding="utf-8")


def test_a_sheet_without_a_file_and_an_unknown_account_are_usage_errors(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", corpus, "--format", "xlsx") == 2
    assert "a sheet takes --out FILE" in capsys.readouterr().err
    (tmp_path / "s.csv").write_text("source,target\n", encoding="utf-8")
    assert run("import", corpus, tmp_path / "s.csv", "--by", "Nobody") == 2
    assert "got 'Nobody', expected one that there is" in capsys.readouterr().err
    with reading(open_database(default_url(corpus))) as connection:
        assert connection.execute(sa.select(UNITS.c.version).distinct()).scalars().all() == [0]
