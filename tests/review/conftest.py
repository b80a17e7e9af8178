"""Databases and a small corpus for the review: every test of the log runs on both databases."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.types import Assessment, Origin, TranslationUnit, Verdict
from trilogue.review import accounts
from trilogue.review.database import open_database, writing
from trilogue.review.sync import sync
from trilogue.review.tables import ACCOUNTS, METADATA
from trilogue.review.types import Account, Role

SPEECHES = {
    "forum": (
        "Good afternoon, colleagues.\nWe have signed 64 agreements.\nThank you all.\n"
        "The next meeting is in Yerevan.\nTrade grew by 12 percent.\nWe did not discuss tariffs."
    ),
    "council": (
        "The line is open.\nIt has 12 stations.\nThank you all.\nThe bridge is not finished.\n"
        "Work goes on.\nMinister Karali will report."
    ),
}
TARGETS = {
    "ru": ("Добрый день.", "Мы подписали 46 соглашений.", "Спасибо всем."),
    "hy": ("Բարի օր։", "Մենք ստորագրել ենք 64 համաձայնագիր։", "Շնորհակալություն բոլորին։"),
    "az": ("Günortanız xeyir.", "Biz 64 saziş imzalamışıq.", "Hamınıza təşəkkür edirəm."),
}
FAITHFUL = (0.95, 0.2, 0.9, 0.5, 0.7, None)


def judged(index: int, unit: TranslationUnit) -> tuple[TranslationUnit, Assessment]:
    """The unit of one segment, less faithful or not measured by its place."""
    faithful = FAITHFUL[index]
    accepted = faithful is not None and faithful > 0.6
    verdict = Verdict.ACCEPT if accepted else Verdict.REVIEW
    reasons = () if accepted else ("number: source has 64, target has 46",)
    return unit, Assessment(faithful, 50.0, verdict, reasons, {"length": 0.2}, "faithful@1")


MakeSpeeches = Callable[..., Corpus]


@pytest.fixture
def speeches(tmp_path: Path, small: Any) -> MakeSpeeches:
    """Writes a corpus of two documents of six segments in three languages; ``model`` changes the
    drafts, ``words`` (old and new) the documents."""

    def make(
        name: str = "corpus",
        *,
        model: str = "",
        words: tuple[str, str] = ("", ""),
        langs: Sequence[str] = ("az", "hy", "ru"),
    ) -> Corpus:
        documents = [
            small.document(one, text.replace(*words) if words[0] else text)
            for one, text in SPEECHES.items()
        ]
        units: dict[str, list[Any]] = {lang: [] for lang in langs}
        for lang, found in product(langs, documents):
            for index in range(len(found.blocks)):
                text = f"{TARGETS[lang][index % 3]}{model}"
                unit, _ = small.judged(found, [index], lang, text, Origin.MACHINE)
                units[lang].append(judged(index, unit))
        corpus: Corpus = small.write_corpus(tmp_path / name, documents, units, of=f"{model}{words}")
        return corpus

    return make


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of this test run, on a socket of its own: the head of its URLs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg")
    folder = Path("/tmp") / f"trilogue-postgres-{os.getpid()}"  # a socket's path must be short
    folder.mkdir()
    control = [str(Path(initdb).with_name("pg_ctl")), "-D", str(folder / "data"), "-w", "-s"]
    try:
        if os.getuid() == 0:  # which PostgreSQL refuses to run as
            shutil.chown(folder, "postgres")
        _as_postgres(str(initdb), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust")
        options = f"-c listen_addresses= -k {folder} -c fsync=off -c max_connections=200"
        _as_postgres(*control, "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql://postgres@/NAME?host={folder}"
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            _as_postgres(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _as_postgres(*command: str) -> None:
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*user, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/"
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def tables(cluster: str) -> sa.Engine:
    """A PostgreSQL database with our tables; each test finds them empty."""
    return open_database(cluster.replace("NAME", "postgres"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a row, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'decisions.sqlite'}"
    kept: sa.Engine = request.getfixturevalue("tables")
    names = ", ".join(table.name for table in METADATA.sorted_tables)
    with kept.begin() as connection:
        connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY"))
    head: str = request.getfixturevalue("cluster")
    return head.replace("NAME", "postgres")


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """The database with its tables."""
    made = open_database(url)
    yield made
    made.dispose()


ROLES = {
    "Anahit": Role.TRANSLATOR,
    "Rəşad": Role.TRANSLATOR,
    "Мария": Role.REVIEWER,
    "Sona": Role.REVIEWER,
    "chief": Role.ADMIN,
}


@pytest.fixture
def people(engine: sa.Engine) -> dict[str, Account]:
    """Two translators, two reviewers and an admin, by name; none of them has a token."""
    secret = {"salt": "", "token_hash": "", "disabled": False}
    rows = [{"name": name, "role": role, **secret} for name, role in ROLES.items()]
    with writing(engine) as connection:
        connection.execute(ACCOUNTS.insert(), rows)
        return {account.name: account for account in accounts.everybody(connection)}


@pytest.fixture
def filled(engine: sa.Engine, speeches: MakeSpeeches) -> sa.Engine:
    """The database with the units of the small corpus."""
    with writing(engine) as connection:
        sync(connection, speeches())
    return engine
