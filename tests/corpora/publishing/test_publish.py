"""A corpus goes to a stub of the hub through the real client, and ``datasets`` loads it again."""

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from trilogue.corpora.choice import Choice, records
from trilogue.corpora.corpus import Corpus

PUBLISH = """
import logging, sys
from pathlib import Path
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import TrilogueError
from trilogue.corpora.publishing.publish import publish
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.terms import Permit

logging.basicConfig(level=logging.DEBUG)
try:
    done = publish(Corpus(Path(sys.argv[1])), "nino/forum", permit=Permit(),
                   provenance=Provenance(), dry_run="--dry-run" in sys.argv)
except TrilogueError as error:
    sys.exit(f"refused: {error}")
for change in done.changes:
    print(change.action, change.path)
print("committed" if done.published and done.changes else "not committed")
"""
COMMAND = """
import sys
from trilogue.scripts.cli import main

main(sys.argv[1:])
"""
LOAD = """
import json
from datasets import load_dataset

found = {"en-ru": load_dataset("nino/forum", "en-ru"), "default": load_dataset("nino/forum")}
print(json.dumps({name: [dict(row) for row in data["train"]] for name, data in found.items()}))
"""


def run(hub: Any, corpus: Corpus, *options: str) -> CompletedProcess[str]:
    home = corpus.root.parent / "hub-home"
    done: CompletedProcess[str] = hub.python(PUBLISH, str(corpus.root), *options, home=home)
    assert "hf_testSecretOfNobody" not in done.stdout + done.stderr
    return done


def published(hub: Any, corpus: Corpus) -> str:
    done = run(hub, corpus)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(done: CompletedProcess[str]) -> str:
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
    return line.removeprefix("refused: ")


def test_a_corpus_is_published_in_one_commit_and_tagged_and_loads_with_its_units(
    hub: Any, forum: Corpus, tmp_path: Path
) -> None:
    said = published(hub, forum)
    repo = hub.repos["nino/forum"]
    assert repo.private
    assert len(repo.commits) == 2  # the hub's own first one, and ours
    assert repo.tags == {"v1": repo.head}
    assert said.endswith("\ncommitted\n")
    done = hub.python(LOAD, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    units = [record.unit for record in records(forum, Choice(languages=("ru",)))]
    assert [(row["id"], row["source"], row["target"]) for row in loaded["en-ru"]] == [
        (unit.id, unit.source, unit.target) for unit in units
    ]
    assert loaded["en-ru"][0]["translation"] == {"en": units[0].source, "ru": units[0].target}
    assert {row["licence"] for row in loaded["en-ru"]} == {"CC-BY-4.0"}
    # The default configuration has all languages of a stretch in a row.
    assert [(row["en"], row["ru"], row["az"]) for row in loaded["default"][:2]] == [
        ("Good afternoon.", "Добрый день.", "az Good afternoon."),
        (
            "We have 64 pages. Thank you all.",
            "64 страницы, спасибо.",
            "az We have 64 pages. az Thank you all.",
        ),
    ]


def test_an_unchanged_corpus_makes_no_second_commit(hub: Any, forum: Corpus) -> None:
    published(hub, forum)
    hub.asked.clear()
    said = published(hub, forum)
    assert said == "not committed\n"
    assert len(hub.repos["nino/forum"].commits) == 2
    assert hub.repos["nino/forum"].tags == {"v1": hub.repos["nino/forum"].head}
    assert not any("/commit/" in asked or "PUT" in asked for asked in hub.asked)


def test_a_head_that_moved_in_between_is_refused_and_nothing_is_changed(
    hub: Any, forum: Corpus
) -> None:
    def meanwhile() -> None:
        repo = hub.repos["nino/forum"]
        repo.commit({**repo.commits[-1][1], "notes.md": b"by somebody else"})
        hub.before_commit = lambda: None

    hub.before_commit = meanwhile
    done = run(hub, forum)
    assert done.returncode == 1
    said = "nino/forum: somebody published meanwhile: its head moved, nothing was changed"
    assert refusal(done).startswith(said)
    repo = hub.repos["nino/forum"]
    assert sorted(repo.commits[-1][1]) == [".gitattributes", "notes.md"]
    assert repo.tags == {}
    hub.asked.clear()
    published(hub, forum)
    assert "notes.md" in repo.commits[-1][1]
    assert not any(asked.startswith("PUT") for asked in hub.asked)  # what arrived is not sent again


def test_a_commit_that_got_no_tag_gets_it_the_next_time(hub: Any, forum: Corpus) -> None:
    hub.broken["/tag/"] = 500
    done = run(hub, forum)
    assert done.returncode == 1
    assert "is published, its tag v1 is not: the hub answered 500" in done.stderr
    hub.broken.clear()
    assert published(hub, forum) == "not committed\n"
    assert hub.repos["nino/forum"].tags == {"v1": hub.repos["nino/forum"].head}


def test_a_dry_run_writes_the_folder_and_asks_the_hub_for_nothing_but_a_look(
    hub: Any, forum: Corpus
) -> None:
    done = run(hub, forum, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "add data/en-ru/train-00000-of-00001.parquet" in done.stdout
    assert hub.repos == {}
    assert all(asked.startswith(("GET", "HEAD")) for asked in hub.asked)
    folder = forum.root / "publish" / "nino--forum"
    assert (folder / "README.md").read_text().startswith("---\npretty_name: forum\n")


def test_a_publication_that_was_cut_off_sends_the_rest_the_next_time(
    hub: Any, forum: Corpus
) -> None:
    published(hub, forum)  # so that the folder is there and its files are known
    repo, arrived = hub.repos["nino/forum"], dict(hub.large)
    hub.repos.clear()
    hub.large.clear()
    for late in list(arrived)[1:]:
        hub.broken[f"/lfs/{late}"] = 403
    done = run(hub, forum)
    assert done.returncode == 1
    assert "; nothing was published: run it again, what arrived is not sent twice" in refusal(done)
    assert len(hub.repos["nino/forum"].commits) == 1  # nothing but the hub's own first one
    assert hub.repos["nino/forum"].tags == {}
    (sent,) = hub.large
    hub.broken.clear()
    hub.asked.clear()
    published(hub, forum)
    again = [asked for asked in hub.asked if asked.startswith("PUT /lfs/")]
    assert sorted(again) == sorted(f"PUT /lfs/{name}" for name in arrived if name != sent)
    assert hub.repos["nino/forum"].commits[-1][1] == repo.commits[-1][1]


def test_the_command_publishes_and_says_what_it_did(hub: Any, forum: Corpus) -> None:
    home, asked = forum.root.parent / "hub-home", ["publish", str(forum.root)]
    said = []
    for more in (["--dry-run"], [], []):
        done = hub.python(COMMAND, *asked, "--repo", "nino/forum", *more, home=home)
        assert done.returncode == 0, done.stderr
        said.append((done.stdout, done.stderr.splitlines()[-1]))
    folder = forum.root / "publish" / "nino--forum"
    listed = said[0][0].splitlines()
    assert [line.split()[2] for line in listed] == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    assert said[0][1] == f"{folder}: {len(listed)} files differ; dry run"
    head = hub.repos["nino/forum"].head
    assert said[1] == (said[0][0], f"nino/forum: committed, v1 at {head}")
    assert said[2] == ("", f"nino/forum: unchanged, no commit, v1 at {head}")


def test_a_repository_that_is_public_stays_public(hub: Any, forum: Corpus) -> None:
    published(hub, forum)
    hub.repos["nino/forum"].private = False
    before = len(hub.asked)
    published(hub, forum)
    assert not hub.repos["nino/forum"].private
    assert not any("settings" in asked for asked in hub.asked[before:])


def test_what_was_taken_down_disappears_from_the_hub_and_leaves_a_tombstone(
    hub: Any, forum: Corpus
) -> None:
    published(hub, forum)
    gone = {"id": "council", "date": "2026-11-24", "reason": "withdrawn by its publisher"}
    (forum.root / "tombstones.jsonl").write_text(json.dumps(gone) + "\n")
    said = run(hub, forum, "--dry-run").stdout
    assert "add tombstones.jsonl" in said
    assert "change data/multi/train-00000-of-00001.parquet" in said
    assert published(hub, forum)
    repo = hub.repos["nino/forum"]
    assert repo.tags["v2"] == repo.head
    assert b"council" not in repo.commits[-1][1]["LICENSE.md"]
    assert json.loads(repo.commits[-1][1]["tombstones.jsonl"]) == gone


def test_files_of_ours_that_are_gone_are_deleted_and_those_of_others_stay(
    hub: Any, forum: Corpus
) -> None:
    published(hub, forum)
    repo = hub.repos["nino/forum"]
    more = {"data/en-ru/train-00001-of-00002.parquet": b"old", "figures/own.png": b"own"}
    repo.commit({**repo.commits[-1][1], **more})
    said = published(hub, forum)
    assert "delete data/en-ru/train-00001-of-00002.parquet" in said
    assert "figures/own.png" in repo.commits[-1][1]
    assert "data/en-ru/train-00001-of-00002.parquet" not in repo.commits[-1][1]


@pytest.mark.parametrize(
    ("status", "said"), [(403, "the hub refused (403); log in"), (500, "the hub answered 500")]
)
def test_a_refusal_is_one_line_with_a_way_out(
    hub: Any, forum: Corpus, status: int, said: str
) -> None:
    hub.broken["/api/"] = status
    done = run(hub, forum)
    assert done.returncode == 1
    assert said in refusal(done)


def test_the_folder_of_a_published_corpus_does_not_disturb_the_corpus(
    hub: Any, forum: Corpus
) -> None:
    before = list(records(forum, Choice()))
    published(hub, forum)
    assert list(records(Corpus(forum.root), Choice())) == before
    shutil.rmtree(forum.root / "publish")
