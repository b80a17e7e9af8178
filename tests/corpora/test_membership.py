from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora import membership
from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.membership import Member, Shard

text = st.text(st.characters(codec="utf-8"), max_size=8)
members = st.builds(Member, text, text, text, text)
versions = st.builds(Member, text, text, text, text, text)


@st.composite
def groups(draw: st.DrawFn) -> list[Shard]:
    found: list[Shard] = []
    for number in range(draw(st.integers(0, 3))):
        found.append(Shard(number, tuple(draw(st.lists(members, max_size=4)))))
        for lang in draw(st.sets(st.sampled_from(["az", "ru"]))):
            found.append(Shard(number, tuple(draw(st.lists(versions, max_size=4))), lang))
    return found


@given(groups())
def test_what_was_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, all_shards: list[Shard]
) -> None:
    root = tmp_path_factory.mktemp("corpus")
    membership.write(root, all_shards)
    assert list(membership.shards(root)) == all_shards


def test_official_versions_stay_with_their_shard() -> None:
    one, ru, two = Shard(0, ()), Shard(0, (), "ru"), Shard(1, ())
    assert list(membership.groups([one, ru, two])) == [(one, {"ru": ru}), (two, {})]


def test_a_spool_gives_back_what_went_in() -> None:
    spool = membership.Spool()
    shards = [Shard(n, (Member(f"d{n}", "visit.txt", "ab"),)) for n in range(3)]
    for shard in shards:
        spool.append(shard)
    assert list(spool) == shards == list(spool)


def test_inputs_are_found_again_when_corpus_and_inputs_move_together(tmp_path: Path) -> None:
    root = tmp_path / "here" / "corpus"
    file = membership.relative(tmp_path / "here" / "visit.txt", root)
    assert file == "../visit.txt"
    moved = tmp_path / "there" / "corpus"
    found = membership.resolved(Member("d", file, "ab"), moved)
    assert found == tmp_path / "there" / "visit.txt"


def test_a_folder_of_other_things_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(ConfigError, match="holds files but is not a corpus of ours; name a new"):
        membership.check_root(tmp_path)
    with pytest.raises(ConfigError, match="a file, expected a folder"):
        membership.check_root(tmp_path / "thesis.docx")


@pytest.mark.parametrize("name", [".DS_Store", ".lock"])
def test_a_folder_of_dotfiles_may_become_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    membership.check_root(tmp_path)
    membership.check_root(tmp_path / "new")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"trilogue": "corpus", "schema": 9}\n', r"a corpus of schema 9, expected 1; use the"),
        ('{"trilogue": "corpus", "schema": 1}\n{"shard": 0', r"membership\.jsonl:2: damaged"),
        ("hello\n", r"membership\.jsonl:1: damaged"),
    ],
)
def test_a_damaged_or_newer_membership_is_named(tmp_path: Path, content: str, what: str) -> None:
    (tmp_path / membership.MARKER).write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=what):
        list(membership.shards(tmp_path))
