"""The folder that is published: what is in it, what is refused, what the card says."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml  # type: ignore[import-untyped]
from datasets import Features
from datasets.info import DatasetInfosDict
from datasets.utils.metadata import MetadataConfigs
from huggingface_hub import DatasetCard
from lxml import etree

from trilogue.corpora.choice import Choice, records
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import ConfigError, FormatError, PublishError
from trilogue.corpora.publishing import files
from trilogue.corpora.publishing.figures import LanguageFigures
from trilogue.corpora.publishing.files import new_config
from trilogue.corpora.publishing.layout import lay_out
from trilogue.corpora.publishing.metadata import check
from trilogue.corpora.publishing.metadata import yaml as block
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.publish import publish
from trilogue.corpora.publishing.terms import Permit, on_the_hub
from trilogue.corpora.splits import Split
from trilogue.corpora.types import Origin

REPO = "nino/forum"
NONE = Permit()
NOTHING = Provenance()


def laid_out(
    corpus: Corpus, folder: Path, permit: Permit = NONE, provenance: Provenance = NOTHING
) -> Path:
    lay_out(corpus, folder, repo=REPO, permit=permit, provenance=provenance)
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


CREATORS = {"crowdsourced", "found", "expert-generated", "machine-generated", "other"}


def test_the_hub_client_and_datasets_read_the_head_as_it_is_meant(
    forum: Corpus, tmp_path: Path
) -> None:
    folder = laid_out(forum, tmp_path / "out")
    data = DatasetCard.load(folder / "README.md").data
    assert data.to_dict() == head(folder)
    names = ["multi", "en-az", "en-hy", "en-ru"]
    configs = MetadataConfigs.from_dataset_card_data(data)
    assert list(configs) == names
    assert configs.get_default_config_name() == "multi"
    infos = DatasetInfosDict.from_dataset_card_data(data)
    assert list(infos) == names
    for name, info in infos.items():
        assert [split.num_examples for split in info.splits.values()] == [
            pq.read_table(folder / "data" / name).num_rows
        ]
    # The lists of the hub's own form for cards.
    assert set(data.language_creators) <= CREATORS
    assert set(data.annotations_creators) <= {*CREATORS, "no-annotation"}
    assert (data.multilinguality, data.source_datasets) == (["translation"], ["original"])
    assert data.size_categories == ["n<1K"]


def test_every_picture_and_file_that_the_card_names_is_there(forum: Corpus, tmp_path: Path) -> None:
    folder = laid_out(forum, tmp_path / "out")
    named = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (folder / "README.md").read_text())
    assert named == ["plots/verdicts.svg", "plots/quality.svg"]
    for name in named:
        text = (folder / name).read_text()
        assert etree.fromstring(text.encode()).tag == "{http://www.w3.org/2000/svg}svg"
        assert "Armenian" in text
    assert ">4 / 2 / 0</text>" in (folder / "plots" / "verdicts.svg").read_text()


def test_pages_are_cut_by_content_so_that_a_row_in_front_changes_few_of_them(
    tmp_path: Path,
) -> None:
    texts = [sha256(b"%d" % number).hexdigest() for number in range(40_000)]
    pages = []
    for name, rows in (("old", texts), ("new", ["one more", *texts])):
        with new_config(tmp_path / name, "c", pa.schema([("target", pa.string())])) as writer:
            for row in rows:
                writer.add(Split.TRAIN, {"target": row})
        (file,) = (tmp_path / name / "data" / "c").iterdir()
        pages.append(pages_of(file))
    assert len(pages[0]) > 10
    assert len(pages[0] & pages[1]) > 0.8 * len(pages[0])


ZSTD = b"\x28\xb5\x2f\xfd"


def pages_of(file: Path) -> set[bytes]:
    """The compressed pages of a file: each begins with the magic number of a Zstandard frame, and
    ends with the header of the next."""
    return {page[:-100] for page in file.read_bytes().split(ZSTD)[1:-1]}


def test_files_are_numbered_and_none_has_more_rows_than_it_should(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("BATCH", 2), ("ROW_GROUP", 4), ("ROWS_A_FILE", 8)):
        monkeypatch.setattr(files, name, value)
    with new_config(tmp_path, "c", pa.schema([("target", pa.string())])) as writer:
        for number in range(19):
            writer.add(Split.TEST if number == 7 else Split.TRAIN, {"target": str(number)})
    written = {path.name: pq.read_table(path) for path in (tmp_path / "data" / "c").iterdir()}
    assert {name: table.num_rows for name, table in written.items()} == {
        "train-00000-of-00003.parquet": 8,
        "train-00001-of-00003.parquet": 8,
        "train-00002-of-00003.parquet": 2,
        "test-00000-of-00001.parquet": 1,
    }
    assert written["train-00001-of-00003.parquet"]["target"][0].as_py() == "9"
    size = writer.config().splits[Split.TRAIN]
    assert (size.rows, size.disk) == (18, sum(p.stat().st_size for p in tmp_path.rglob("train*")))


def test_data_files_have_a_page_index(forum: Corpus, tmp_path: Path) -> None:
    folder = laid_out(forum, tmp_path / "out")
    for path in folder.rglob("*.parquet"):
        column = pq.read_metadata(path).row_group(0).column(0)
        assert column.has_offset_index and column.has_column_index


def test_the_card_tells_models_licences_signatures_and_what_no_person_has_seen(
    forum: Corpus, tmp_path: Path
) -> None:
    known = Provenance(licences={"builtin-ru": "Apache-2.0"})
    text = (laid_out(forum, tmp_path / "out", provenance=known) / "README.md").read_text()
    assert "| Russian | builtin-ru@1 | Apache-2.0 | 6 |" in text
    assert "| Armenian | builtin-hy@1 | not recorded | 6 |" in text
    assert "| Russian | faithful@1 | 8 |" in text
    assert "| Russian | 0.0% | 0.0% | 75.0% | 25.0% |" in text
    assert "Russian: 75.0% of the units are machine translation no person has corrected" in text
    assert "10.0% of the accepted units are expected to be unfaithful" in text
    assert "| CC-BY-4.0 | Regional Forum | 2 |" in text
    assert "| NTREX-128 (970 of its 1,997 sentences) | 0 | 0 |" in text


def test_the_card_tells_how_each_score_was_made_as_far_as_it_is_on_record(
    forum: Corpus, tmp_path: Path
) -> None:
    known = Provenance(records={"faithful@1": {"fitted on": "four sets\nof pairs"}, "other@2": {}})
    text = (laid_out(forum, tmp_path / "out", provenance=known) / "README.md").read_text()
    assert "`faithful@1`:\n\n- fitted on: four sets of pairs\n" in text
    assert "other@2" not in text
    assert "| `length` | letters of the target against what such a source leads to" in text


def test_overlap_is_counted_by_segment_also_where_an_official_version_joins_them(
    forum: Corpus, tmp_path: Path
) -> None:
    text = (laid_out(forum, tmp_path / "out") / "README.md").read_text()
    assert "Of 6 English segments, compared" in text
    (forum.root / "tombstones.jsonl").write_text(
        '{"id": "council", "date": "2026-11-24", "reason": "asked for"}\n'
    )
    text = (laid_out(forum, tmp_path / "out") / "README.md").read_text()
    assert "Of 3 English segments, compared" in text


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
    assert "| b | B | 2024-05-05 | Own-Terms-1.0 |" in (folder / "LICENSE.md").read_text()


def test_official_versions_are_held_to_their_own_terms(
    forum: Corpus, small: Any, tmp_path: Path
) -> None:
    small.add_version(forum, "ru", "forum", licence=None)
    with pytest.raises(PublishError, match=r"no licence is known for forum-ru\.txt \(Forum-Ru\)"):
        laid_out(forum, tmp_path / "out")
    told = Permit(licence="CC-BY-NC-4.0", mixed=True)
    folder = laid_out(forum, tmp_path / "out", told)
    rows = pq.read_table(folder / "data" / "en-ru").to_pylist()
    both = {"reference": "CC-BY-4.0 AND CC-BY-NC-4.0", "machine": "CC-BY-4.0"}
    assert all(row["licence"] == both[row["origin"]] for row in rows)
    rows = pq.read_table(folder / "data" / "multi").to_pylist()
    assert all(row["licence"] == both[row["ru_origin"]] for row in rows)
    assert head(folder)["license"] == ["cc-by-4.0", "cc-by-nc-4.0"]
    card = (folder / "README.md").read_text()
    assert "| CC-BY-NC-4.0 | Regional Forum | 0 | 1 |" in card
    assert "| CC-BY-NC-4.0 | Regional Forum | https" in (folder / "LICENSE.md").read_text()


def test_an_official_version_is_taken_down_by_its_own_name(
    forum: Corpus, small: Any, tmp_path: Path
) -> None:
    small.add_version(forum, "ru", "forum", licence="Own-Terms-1.0")
    stone = {"id": "forum-ru", "date": "2026-11-24", "reason": "withdrawn"}
    (forum.root / "tombstones.jsonl").write_text(json.dumps(stone) + "\n")
    folder = laid_out(forum, tmp_path / "out")
    rows = pq.read_table(folder / "data" / "en-ru").to_pylist()
    assert {row["origin"] for row in rows} == {"machine"}
    assert "Own-Terms" not in (folder / "LICENSE.md").read_text()


def test_a_segment_is_taken_down_in_all_languages_and_a_name_of_nothing_is_told(
    forum: Corpus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stones = [{"id": i, "date": "2026-11-24", "reason": "-"} for i in ("forum:1", "forum:9")]
    lines = "".join(json.dumps(stone) + "\n" for stone in stones)
    (forum.root / "tombstones.jsonl").write_text(lines)
    folder = laid_out(forum, tmp_path / "out")
    for config in ("multi", "en-ru", "en-hy", "en-az"):
        rows = pq.read_table(folder / "data" / config).to_pylist()
        assert not any("forum:1" in row["segment_ids"] for row in rows)
    assert "Of 5 English segments, compared" in (folder / "README.md").read_text()
    (said,) = caplog.messages
    assert said.endswith(
        "'forum:9' names no unit, segment or document of the corpus (any more): nothing went for it"
    )


def test_a_licence_that_the_hub_does_not_know_is_named_beside_other(
    make_corpus: Any, tmp_path: Path
) -> None:
    corpus = make_corpus(tmp_path / "c", [("a", "LicenseRef-Own_Terms+1.0")])
    folder = laid_out(corpus, tmp_path / "out")
    found = head(folder)
    assert (found["license"], found["license_name"]) == ("other", "licenseref-own-terms-1.0")
    # The hub takes "LICENSE", "LICENSE.md" or an address.
    assert found["license_link"] == "LICENSE.md"
    assert "- LicenseRef-Own_Terms+1.0, as its source says" in (folder / "LICENSE.md").read_text()


def test_licences_go_by_their_name_on_the_hub_and_lead_to_their_text(
    forum: Corpus, tmp_path: Path
) -> None:
    assert on_the_hub("CC-BY-SA-4.0") == "cc-by-sa-4.0"
    assert (on_the_hub("cc0-1.0"), on_the_hub("PDDL-1.0")) == ("cc0-1.0", "pddl")
    text = (laid_out(forum, tmp_path / "out") / "LICENSE.md").read_text()
    assert "- CC-BY-4.0: <https://spdx.org/licenses/CC-BY-4.0.html>" in text
    assert "| forum | Forum | 2024-05-05 | CC-BY-4.0 | Regional Forum | https://example" in text


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
    assert "council" not in (folder / "LICENSE.md").read_text()
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


@pytest.mark.parametrize("name", ["forum", "a/b/c", "a/", "a/b--c", "a/..", "a b/c", "a/-c"])
def test_a_name_that_is_none_is_a_usage_error(name: str, forum: Corpus) -> None:
    with pytest.raises(ConfigError, match=rf"--repo: got '{name}', expected USER/NAME"):
        publish(forum, name, permit=Permit(), provenance=Provenance(), dry_run=True)


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


def test_what_people_decided_is_counted_apart_from_what_nobody_saw(forum: Corpus) -> None:
    figures = LanguageFigures()
    drafts = list(records(forum, Choice(languages=("hy",))))
    assert drafts[0].assessment is not None
    rejected = replace(drafts[0].assessment, reasons=("review: reject: wrong meaning",))
    version = replace(drafts[1].unit, origin=Origin.POST_EDIT)
    for record in (
        replace(drafts[0], assessment=rejected),
        replace(drafts[1], unit=version),
        drafts[2],
    ):
        figures.add(record)
    assert (figures.told, figures.origins[Origin.POST_EDIT], figures.untouched) == (1, 1, 1)
