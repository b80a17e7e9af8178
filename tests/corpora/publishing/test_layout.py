"""The folder that is published: what is in it, what is refused, what the card says."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml  # type: ignore[import-untyped]
from datasets import Features

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError, FormatError, PublishError
from trilogue.corpora.publishing.layout import lay_out
from trilogue.corpora.publishing.metadata import check
from trilogue.corpora.publishing.metadata import yaml as block
from trilogue.corpora.publishing.publish import publish
from trilogue.corpora.publishing.terms import Permit, on_the_hub
from trilogue.corpora.types import Origin

REPO = "nino/forum"
NONE = Permit()


def laid_out(
    corpus: Corpus, folder: Path, permit: Permit = NONE, models: dict[str, str] | None = None
) -> Path:
    lay_out(corpus, folder, repo=REPO, permit=permit, model_licences=models or {})
    return folder


def head(folder: Path) -> dict[str, Any]:
    found = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    assert isinstance(found, dict)
    return found


def test_the_same_corpus_makes_the_same_bytes(forum: Corpus, tmp_path: Path) -> None:
    made = []
    for name in ("first", "second"):
        folder = laid_out(forum, tmp_path / name)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        made.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert made[0] == made[1]


def test_the_head_tells_the_features_that_datasets_would_infer(
    forum: Corpus, tmp_path: Path
) -> None:
    folder = laid_out(forum, tmp_path / "out")
    for info in head(folder)["dataset_info"]:
        (file,) = (folder / "data" / info["config_name"]).iterdir()
        told = Features._from_yaml_list(info["features"])
        inferred = Features.from_arrow_schema(pq.read_schema(file))
        assert told.arrow_schema.equals(inferred.arrow_schema, check_metadata=False)
        assert info["splits"][0]["num_examples"] == pq.read_metadata(file).num_rows
        assert info["download_size"] == file.stat().st_size


def test_data_files_have_a_page_index(forum: Corpus, tmp_path: Path) -> None:
    folder = laid_out(forum, tmp_path / "out")
    for path in folder.rglob("*.parquet"):
        column = pq.read_metadata(path).row_group(0).column(0)
        assert column.has_offset_index and column.has_column_index


def test_the_card_tells_models_licences_signatures_and_what_no_person_has_seen(
    forum: Corpus, tmp_path: Path
) -> None:
    models = {"builtin-ru": "Apache-2.0"}
    text = (laid_out(forum, tmp_path / "out", models=models) / "README.md").read_text()
    assert "| Russian | builtin-ru@1 | Apache-2.0 | 6 |" in text
    assert "| Armenian | builtin-hy@1 | not recorded | 6 |" in text
    assert "| Russian | faithful@1 | 8 |" in text
    assert "| Russian | 0.0% | 25.0% |" in text
    assert "Russian: 75.0% of the units are machine translation no person has corrected" in text
    assert "10.0% of the accepted units are expected to be unfaithful" in text
    assert "| CC-BY-4.0 | Regional Forum | 2 |" in text
    assert "| NTREX-128 (970 sentences) | 0 | 0 |" in text


def test_documents_without_a_licence_are_refused_until_one_is_told(
    make_corpus: Any, tmp_path: Path
) -> None:
    corpus = make_corpus(tmp_path / "c", [("a", None)])
    with pytest.raises(PublishError, match=r"no licence is known for a\.txt \(A\); tell it with"):
        laid_out(corpus, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    folder = laid_out(corpus, tmp_path / "out", Permit(licence="CC0-1.0"))
    assert head(folder)["license"] == "cc0-1.0"
    (row,) = pq.read_table(folder / "data/en-ru").to_pylist()
    assert row["licence"] == "CC0-1.0"


def test_documents_of_different_licences_are_refused_until_it_is_allowed(
    make_corpus: Any, tmp_path: Path
) -> None:
    corpus = make_corpus(tmp_path / "c", [("a", "CC-BY-4.0"), ("b", "Own-Terms-1.0")])
    with pytest.raises(PublishError, match=r"different licences: CC-BY-4\.0 \(a\.txt\), Own-Terms"):
        laid_out(corpus, tmp_path / "out")
    folder = laid_out(corpus, tmp_path / "out", Permit(mixed=True))
    assert head(folder)["license"] == ["cc-by-4.0", "other"]
    assert "| b | B | 2024-05-05 | Own-Terms-1.0 |" in (folder / "LICENSES.md").read_text()


def test_a_licence_that_the_hub_does_not_know_is_named_beside_other(
    make_corpus: Any, tmp_path: Path
) -> None:
    corpus = make_corpus(tmp_path / "c", [("a", "Own-Terms-1.0")])
    found = head(laid_out(corpus, tmp_path / "out"))
    assert (found["license"], found["license_name"]) == ("other", "own-terms-1.0")
    assert on_the_hub("CC-BY-SA-4.0") == "cc-by-sa-4.0"


def test_what_was_taken_down_is_in_no_file_but_the_tombstones(
    forum: Corpus, tmp_path: Path
) -> None:
    stone = {"id": "council", "date": "2026-11-24", "reason": "asked for"}
    (forum.root / "tombstones.jsonl").write_text(json.dumps(stone) + "\n")
    folder = laid_out(forum, tmp_path / "out")
    for config in ("multi", "en-ru", "en-hy", "en-az"):
        rows = pq.read_table(folder / "data" / config).to_pylist()
        assert {row["document_id"] for row in rows} == {"forum"}
    assert "council" not in (folder / "README.md").read_text()
    assert "council" not in (folder / "LICENSES.md").read_text()
    assert (folder / "tombstones.jsonl").read_text() == json.dumps(
        stone, separators=(",", ":")
    ) + "\n"


def test_a_unit_that_was_taken_down_is_null_among_its_languages(
    forum: Corpus, tmp_path: Path
) -> None:
    official = next(one for one in forum.units("ru") if one.origin is Origin.REFERENCE)
    stone = {"id": official.id, "date": "2026-11-24", "reason": "misquoted"}
    (forum.root / "tombstones.jsonl").write_text(json.dumps(stone) + "\n")
    rows = pq.read_table(laid_out(forum, tmp_path / "out") / "data" / "multi").to_pylist()
    assert (rows[0]["ru"], rows[0]["hy"]) == (None, "հայ Good afternoon.")


def test_a_line_that_is_no_tombstone_stops_the_publication(forum: Corpus, tmp_path: Path) -> None:
    (forum.root / "tombstones.jsonl").write_text('{"id": "council"}\n')
    with pytest.raises(FormatError, match=r"tombstones\.jsonl:1: .*missing required field `date`"):
        laid_out(forum, tmp_path / "out")


def test_a_corpus_of_which_nothing_is_left_is_not_published(forum: Corpus, tmp_path: Path) -> None:
    stones = [{"id": name, "date": "2026-11-24", "reason": "-"} for name in ("forum", "council")]
    lines = "".join(json.dumps(stone) + "\n" for stone in stones)
    (forum.root / "tombstones.jsonl").write_text(lines)
    with pytest.raises(PublishError, match="nothing to publish: all units were taken down"):
        laid_out(forum, tmp_path / "out")
    assert not any(tmp_path.glob("*out*"))


def test_a_name_that_is_none_is_a_usage_error(forum: Corpus) -> None:
    with pytest.raises(ConfigError, match=r"--repo: got 'forum', expected USER/NAME"):
        publish(forum, "forum", permit=Permit(), model_licences={}, dry_run=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"language": ["en", "Russian"]}, "language 'Russian', expected an ISO 639 code"),
        ({"configs": []}, "expected different names, one at least"),
        ({"dataset_info": []}, "dataset_info and configs name different configs"),
    ],
)
def test_a_head_that_the_hub_would_not_take_is_refused(
    forum: Corpus, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    folder = laid_out(forum, tmp_path / "out")
    with pytest.raises(PublishError, match=said):
        check(head(folder) | change, folder)


@pytest.mark.parametrize(
    "value",
    [
        {"a": "plain", "b": "no", "c": "1.0", "d": "a: b", "e": "", "f": ["x", "- y", "#z"]},
        {"n": 3, "t": True, "deep": [{"x": 1, "y": {"z": ["ру", "'q'"]}}], "empty": []},
    ],
)
def test_block_yaml_says_what_it_was_given(value: dict[str, Any]) -> None:
    assert yaml.safe_load(block(value)) == value
