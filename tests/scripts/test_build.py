"""What a build makes, makes again, and refuses: run in this process, with quick tools."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import datasets
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import trilogue
from trilogue.corpora import schema
from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import AlignmentError, ConfigError, FormatError, TrilogueError
from trilogue.corpora.lock import locked
from trilogue.corpora.types import Document, Origin
from trilogue.scripts.build import Request, make, would_make
from trilogue.scripts.executors import Executor, Outcome, Task
from trilogue.scripts.page import report_page
from trilogue.scripts.recipe import Recipe
from trilogue.scripts.references import Asked
from trilogue.scripts.tables import report_text

Built = Callable[[Request], list[str]]


def transcript(path: Path, *documents: str) -> Path:
    """One document is turns "Name: text", a line each."""
    path.write_text("\n\n".join(documents) + "\n", encoding="utf-8")
    return path


def visit(number: int) -> str:
    return (
        f"Levon: Trade grew by {number} percent. Thank you.\nNarine: The {number + 1} wagons left."
    )


@pytest.fixture
def request_(tmp_path: Path, fakes: Any) -> Request:
    """Five documents in two files, two a shard: shards 0, 1 and 2."""
    files = (
        transcript(tmp_path / "a.txt", visit(10), visit(20), visit(30)),
        transcript(tmp_path / "b.txt", visit(40), visit(50)),
    )
    recipe = Recipe(to=("ru", "az"), documents_per_shard=2)
    return Request(files, tmp_path / "corpus", recipe, fakes.TOOLS)


@pytest.fixture
def built(fakes: Any) -> Built:
    """Builds; the stages and shards that were made, shortened: "drafts/ru 0 1 2"."""

    def build(request: Request) -> list[str]:
        return short(fakes.built(request))

    return build


def short(names: Iterable[str]) -> list[str]:
    stages: dict[str, list[str]] = {}
    for name in names:
        stage, _, number = name.partition("/part-")
        stages.setdefault(stage.replace("scores/assess", "scores"), []).append(str(int(number)))
    return [f"{stage} {' '.join(numbers)}" for stage, numbers in stages.items()]


def content(root: Path) -> dict[str, object]:
    """Every file of a corpus: the rows and the footer of shards, the text of others."""
    found: dict[str, object] = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            found[name] = (table.to_pylist(), pq.read_metadata(path).metadata[b"trilogue"])
        else:
            found[name] = path.read_text(encoding="utf-8")
    return found


ALL = "0 1 2"
EVERYTHING = [
    f"{stage} {ALL}"
    for stage in (
        *("documents", "segments", "drafts/ru", "drafts/az"),
        *("units/ru", "units/az", "scores/ru", "scores/az"),
    )
]


def test_a_build_makes_every_stage_once(request_: Request, built: Built) -> None:
    assert built(request_) == EVERYTHING
    assert built(request_) == []
    assert sorted(p.name for p in request_.root.iterdir()) == [
        *("documents", "drafts", "manifest.json", "membership.jsonl", "scores", "segments", "units")
    ]


def with_recipe(request: Request, **changes: Any) -> Request:
    return replace(request, recipe=msgspec.structs.replace(request.recipe, **changes))


def changed_file(request: Request, *, replacing: bool) -> Request:
    transcript(request.transcripts[1], visit(40), visit(51))
    return replace(request, replacing=replacing)


def added_file(request: Request) -> Request:
    path = transcript(request.root.parent / "c.txt", visit(60))
    return replace(request, transcripts=(*request.transcripts, path))


def with_reference(request: Request) -> Request:
    path = request.root.parent / "b.ru.txt"
    transcript(path, "# ru\n" + visit(40).replace("wagons", "вагонов"))
    return replace(request, asked=(Asked("ru", path),))


def with_files(request: Request, **files: str) -> Request:
    """With a recipe that names files: ``policy``, ``glossary`` or ``calibrations`` for Russian."""
    named: dict[str, Any] = {}
    for key, text in files.items():
        path = request.root.with_name(f"{key}.txt")
        path.write_text(text, encoding="utf-8")
        named[key] = {"ru": str(path)} if key == "calibrations" else str(path)
    return with_recipe(request, **named)


BELOW_SEGMENTS = [one for one in EVERYTHING if not one.startswith("documents")]
RU = [f"drafts/ru {ALL}", f"units/ru {ALL}", f"scores/ru {ALL}"]
REDONE: dict[str, tuple[Callable[[Request], Request], list[str]]] = {
    "nothing": (lambda r: r, []),
    "input added": (
        added_file,
        [one.replace(ALL, "3") for one in EVERYTHING],
    ),
    "input left out": (lambda r: replace(r, transcripts=r.transcripts[:1]), []),
    "no input named": (lambda r: replace(r, transcripts=()), []),
    "input renamed": (
        lambda r: replace(r, transcripts=(r.transcripts[0].rename(r.root.parent / "z.txt"),)),
        [],
    ),
    "input changed, to be replaced": (
        lambda r: changed_file(r, replacing=True),
        [one.replace(ALL, "2") for one in EVERYTHING],
    ),
    "segmenter": (lambda r: with_recipe(r, segmenters={"en": "mine:make"}), BELOW_SEGMENTS),
    "segmenter of a target": (lambda r: with_recipe(r, segmenters={"ru": "mine:make"}), []),
    "model of one language": (lambda r: with_recipe(r, models={"ru": "opus@1"}), RU),
    "beam": (
        lambda r: with_recipe(r, beam=1),
        [one for one in BELOW_SEGMENTS if not one.startswith("segments")],
    ),
    "second opinion": (
        lambda r: with_recipe(r, seconds={"ru": "opus@1"}),
        [f"seconds/ru {ALL}", f"scores/ru {ALL}"],
    ),
    "glossary of one language": (
        lambda r: with_files(r, glossary="border,sərhəd,az"),
        [f"scores/az {ALL}"],
    ),
    "glossary that drafts must use": (
        lambda r: with_recipe(with_files(r, glossary="border,sərhəd,az"), glossary_decode=True),
        [one for one in BELOW_SEGMENTS if not one.startswith("segments")],
    ),
    "calibration of one language": (
        lambda r: with_files(r, calibrations="{}"),
        [f"scores/ru {ALL}"],
    ),
    "policy": (
        lambda r: with_files(r, policy="faithful = 0.9"),
        [f"scores/ru {ALL}", f"scores/az {ALL}"],
    ),
    "language added": (
        lambda r: with_recipe(r, to=("ru", "az", "hy")),
        [one.replace("ru", "hy") for one in RU],
    ),
    "language left out": (lambda r: with_recipe(r, to=("ru",)), []),
    "reference": (
        with_reference,
        ["references/ru 1", "reference_segments/ru 1", "units/ru 1", "scores/ru 1"],
    ),
    "documents a shard": (lambda r: with_recipe(r, documents_per_shard=1), []),
    "some shards only, all of them there": (lambda r: replace(r, numbers=range(1, 2)), []),
}


@pytest.mark.parametrize("change", REDONE)
def test_a_change_redoes_what_depends_on_it_and_nothing_else(
    request_: Request, change: str, here: Executor, built: Built
) -> None:
    make(request_, here)
    before = content(request_.root)
    apply, expected = REDONE[change]
    after = apply(request_)
    dry = short(name for name, _ in would_make(after, here))
    assert content(request_.root) == before
    assert sorted(dry) == sorted(expected)
    assert sorted(built(after)) == sorted(expected)
    assert built(replace(after, replacing=False)) == []


def test_a_second_opinion_is_scored_and_reported_until_it_is_no_longer_asked_for(
    request_: Request, here: Executor, built: Built
) -> None:
    asked = with_recipe(with_reference(request_), seconds={"ru": "opus@1"})
    make(asked, here)
    corpus = Corpus(request_.root)
    agreed = {
        (one.unit.origin, one.unit.source): one.assessment.scores["agreement"]
        for one in corpus.scored("ru")
    }
    assert agreed[Origin.MACHINE, "Trade grew by 50 percent."] == 25.0
    # A person's version goes before another model's, and the draft is what it is compared with.
    assert agreed[Origin.MACHINE, "The 41 wagons left."] == len("The 41 вагонов left.")
    assert agreed[Origin.REFERENCE, "The 41 wagons left."] == len("THE 41 WAGONS LEFT.")
    assert {one.assessment.scores["agreement"] for one in corpus.scored("az")} == {None}
    report = trilogue.report(request_.root)
    assert report.seconds == {"ru": ("opus@1-ru@1 beam None",), "az": ()}
    told = "the drafts agree with them, or with the official version, to chrF 18.1"
    assert f"second drafts ru: opus@1-ru@1 beam None; {told}\n" in report_text(report, title="c")
    assert f"opus@1-ru@1 beam None; {told}</code>" in report_page(report, title="corpus")
    assert built(with_recipe(asked, seconds={})) == [f"scores/ru {ALL}"]
    assert trilogue.report(request_.root).seconds == {"ru": (), "az": ()}
    assert "second drafts" not in report_text(trilogue.report(request_.root), title="corpus")


@pytest.mark.parametrize("key", ["aligners", "encoder"])
def test_official_versions_alone_are_aligned_anew_by_another_aligner(
    request_: Request, here: Executor, built: Built, key: str
) -> None:
    asked = with_reference(request_)
    make(asked, here)
    name = "mine:make"
    other = with_recipe(asked, **{key: {"ru": name} if key == "aligners" else name})
    assert dict(would_make(other, here))["units/ru/part-00001"] == (
        "aligner changed: diagonal@1 → mine:make@1"
    )
    assert built(other) == ["units/ru 1", "scores/ru 1"]


def test_a_model_is_not_its_own_second_opinion(request_: Request, here: Executor) -> None:
    for recipe in ({}, {"models": {"ru": "opus@1"}}):
        name = recipe.get("models", {}).get("ru", "builtin")
        asked = with_recipe(request_, seconds={"ru": name}, **recipe)
        with pytest.raises(ConfigError, match=f"seconds: ru: {name} drafts already, and would"):
            make(asked, here)
    assert not request_.root.exists()


def test_the_manifest_says_which_model_was_taken_and_why(request_: Request, here: Executor) -> None:
    said = make(with_recipe(request_, models={"ru": "opus@1"}), here)
    assert said["models"]["ru"] == {"model": "opus@1", "reason": "it was named"}
    assert said["models"]["az"] == {"model": "builtin", "reason": "it comes with Trilogue"}


def test_why_shards_are_made_again_is_said_once(
    request_: Request, caplog: pytest.LogCaptureFixture, here: Executor
) -> None:
    with caplog.at_level("INFO"):
        make(request_, here)
        assert "made again" not in caplog.text
        make(with_recipe(request_, models={"ru": "opus@1"}), here)
    said = [record.message for record in caplog.records if "made again" in record.message]
    assert said == [
        "drafts: made again: model changed: builtin-ru@1 beam None → opus@1-ru@1 beam None",
        "units: made again: drafts were made again",
        "scores: made again: units were made again",
    ]


def test_another_package_version_redoes_nothing(
    request_: Request, monkeypatch: pytest.MonkeyPatch, here: Executor, built: Built
) -> None:
    make(request_, here)
    monkeypatch.setattr(trilogue, "__version__", "9.9.9")
    assert built(request_) == []


def test_a_raised_stage_version_redoes_the_stage_and_what_follows(
    request_: Request, monkeypatch: pytest.MonkeyPatch, here: Executor, built: Built
) -> None:
    make(request_, here)
    monkeypatch.setattr("trilogue.corpora.segmenting.VERSION", 2)
    assert dict(would_make(request_, here))["scores/assess/az/part-00001"] == (
        "stage changed: version 1 → 2"
    )
    assert built(request_) == BELOW_SEGMENTS


def test_the_way_of_a_corpus_does_not_show_in_it(
    request_: Request, tmp_path: Path, here: Executor
) -> None:
    make(request_, here)
    other = replace(request_, root=tmp_path / "other")
    make(with_recipe(replace(other, numbers=range(0, 1)), models={"ru": "old@1"}), here)
    make(replace(other, numbers=range(1, 3)), here)
    make(other, here)
    assert content(other.root) == content(request_.root)


def test_the_reason_names_what_changed(request_: Request, here: Executor) -> None:
    make(request_, here)
    changed = with_recipe(request_, segmenters={"en": "mine:make"})
    reasons = dict(would_make(changed, here))
    assert reasons["drafts/ru/part-00001"] == ("segmenter changed: sentences-en@1 → mine:make-en@1")
    assert "documents/part-00001" not in reasons
    assert dict(would_make(added_file(request_), here))["documents/part-00003"] == "new"
    referenced = dict(would_make(with_reference(request_), here))
    assert referenced["units/ru/part-00001"] == "reference is new"


def test_a_dry_run_of_a_new_corpus_writes_nothing(request_: Request, here: Executor) -> None:
    assert short(name for name, _ in would_make(request_, here)) == EVERYTHING
    assert not request_.root.exists()


def test_official_versions_make_units_beside_the_drafts(request_: Request, here: Executor) -> None:
    request = with_reference(request_)
    make(request, here)
    corpus = Corpus(request.root)
    scored = list(corpus.scored("ru"))
    official = [one.unit for one in scored if one.unit.origin is Origin.REFERENCE]
    assert [unit.target for unit in official] == [
        "Trade grew by 40 percent.",
        "Thank you.",
        "The 41 вагонов left.",
    ]
    assert len(scored) == 15 + 3
    assert corpus.facts("units/ru") == {"beads": 3, "source_gaps": 0, "target_gaps": 0}
    assert corpus.languages() == ["az", "ru"]
    assert [one.unit for one in scored] == list(corpus.units("ru"))


def test_an_official_version_that_may_be_of_two_transcripts_is_refused(
    request_: Request, here: Executor
) -> None:
    path = transcript(request_.root.parent / "ru.txt", "# ru\nЛевон: Спасибо.")
    with pytest.raises(AlignmentError, match=r"ru\.txt \(Спасибо\.\): (translates none|may trans)"):
        make(replace(request_, asked=(Asked("ru", path),)), here)
    assert not request_.root.exists()


def test_an_official_version_in_another_language_is_refused(
    request_: Request, here: Executor
) -> None:
    path = transcript(request_.root.parent / "az.txt", "# az\n" + visit(40))
    with pytest.raises(ConfigError, match=r"az\.txt: --reference ru: got a document in 'az'"):
        make(replace(request_, asked=(Asked("ru", path),)), here)


def test_a_second_official_version_needs_to_be_told_to_replace_the_first(
    request_: Request, here: Executor, built: Built
) -> None:
    request = with_reference(request_)
    make(request, here)
    path = request.asked[0].path
    other = transcript(path.with_name("other.txt"), path.read_text("utf-8").replace("left", "ушли"))
    request = replace(request, asked=(Asked("ru", other),))
    with pytest.raises(ConfigError, match="has another official version in ru, from ../b.ru.txt"):
        make(request, here)
    assert len(built(replace(request, replacing=True))) == 4
    assert "ушли" in [u.target for u in Corpus(request.root).units("ru")][-4]


BAD = {
    "empty": ("", FormatError, r"bad\.txt: no transcript in it"),
    "no transcript": ("Hello there.\n", FormatError, r"bad\.txt: no transcript in it"),
    "a document twice": (
        f"{visit(1)}\n\n{visit(1)}\n",
        FormatError,
        r"bad\.txt: holds document \w+ twice",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_refused_before_anything_is_written(
    request_: Request, name: str, here: Executor
) -> None:
    text, kind, what = BAD[name]
    path = request_.root.parent / "bad.txt"
    path.write_text(text, encoding="utf-8")
    request = replace(request_, transcripts=(*request_.transcripts, path))
    with pytest.raises(kind, match=what):
        make(request, here)
    assert not request.root.exists()


def test_a_missing_input_is_refused_before_anything_is_written(
    request_: Request, here: Executor
) -> None:
    gone = replace(request_, transcripts=(request_.root / "gone.txt",))
    with pytest.raises(ConfigError, match=r"gone\.txt: no such file; check the name"):
        make(gone, here)
    folder = replace(request_, transcripts=(request_.root.parent,))
    with pytest.raises(ConfigError, match="a folder, expected a transcript"):
        make(folder, here)
    with pytest.raises(ConfigError, match="no transcript to build from; name at least one"):
        make(replace(request_, transcripts=()), here)
    assert not request_.root.exists()


def test_an_input_that_vanished_is_told_from_one_that_never_was(
    request_: Request, here: Executor
) -> None:
    make(request_, here)
    before = content(request_.root)
    request_.transcripts[1].unlink()
    with pytest.raises(ConfigError, match=r"b\.txt: vanished since it was imported; put it back"):
        make(request_, here)
    assert content(request_.root) == before


def test_an_input_that_changed_is_not_taken_for_the_old_one(
    request_: Request, here: Executor
) -> None:
    make(request_, here)
    before = content(request_.root)
    changed = changed_file(request_, replacing=False)
    with pytest.raises(FormatError, match=r"b\.txt: changed since it was imported: .* --replace"):
        make(changed, here)
    assert content(request_.root) == before


def test_a_reader_that_learnt_more_is_let_in_by_replacing(
    request_: Request,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    here: Executor,
    built: Built,
    fakes: Any,
) -> None:
    make(request_, here)
    monkeypatch.setattr("trilogue.corpora.reading.VERSION", 99)

    def better(path: Path, options: str) -> list[Document]:
        return [replace(one, id=f"{one.id}-2") for one in fakes.TOOLS.read(path, options)]

    request = replace(request_, tools=replace(fakes.TOOLS, read=better))
    with pytest.raises(TrilogueError, match="3 shards failed"):
        make(request, here)
    assert "is no longer in it; restore it, or pass --replace" in caplog.text
    assert built(replace(request, replacing=True)) == EVERYTHING
    assert all(one.id.endswith("-2") for one in Corpus(request.root).documents())
    assert built(request) == []


def test_a_transcript_that_grew_brings_its_new_documents(
    request_: Request, here: Executor, built: Built
) -> None:
    make(request_, here)
    transcript(request_.transcripts[1], visit(40), visit(50), visit(60))
    assert built(request_) == [one.replace(ALL, "3") for one in EVERYTHING]


def test_a_document_that_comes_twice_stands_once(request_: Request, here: Executor) -> None:
    transcript(request_.transcripts[1], visit(10), visit(40))
    make(request_, here)
    assert len(list(Corpus(request_.root).documents())) == 4


def test_a_lost_documents_shard_is_read_again_from_its_files(
    request_: Request, here: Executor, built: Built
) -> None:
    make(request_, here)
    before = content(request_.root)
    (request_.root / "documents" / "part-00001.parquet").unlink()
    assert built(replace(request_, transcripts=())) == ["documents 1"]
    assert content(request_.root) == before
    (request_.root / "documents" / "part-00002.parquet").unlink()
    request_.transcripts[1].unlink()
    with pytest.raises(TrilogueError, match=r"1 shards failed \(documents/part-00002\)"):
        make(replace(request_, transcripts=()), here)


def damage(root: Path, kind: str) -> Path:
    path = root / "segments" / "part-00001.parquet"
    if kind == "foreign":
        pq.write_table(pa.table({"x": [1]}), path)
    elif kind == "cut short":
        path.write_bytes(path.read_bytes()[:200])
    return path


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("foreign", "a Parquet file that Trilogue did not make; move it out of the corpus"),
        ("cut short", "a shard that was cut short or damaged; delete it and build again"),
    ],
)
def test_a_strange_shard_fails_alone_and_is_kept(
    request_: Request,
    kind: str,
    what: str,
    caplog: pytest.LogCaptureFixture,
    here: Executor,
    built: Built,
) -> None:
    make(request_, here)
    path = damage(request_.root, kind)
    had = path.read_bytes()
    shutil.rmtree(request_.root / "scores" / "assess" / "az")
    with pytest.raises(TrilogueError, match=r"segments/part-00001.*mend the cause above and run"):
        make(request_, here)
    assert what in caplog.text
    assert path.read_bytes() == had
    assert sorted(p.stem for p in (request_.root / "scores" / "assess" / "az").iterdir()) == [
        "part-00000",
        "part-00001",
        "part-00002",
    ]
    path.unlink()
    assert built(request_) == ["segments 1"]


def test_a_newer_shard_is_not_overwritten(
    request_: Request,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    here: Executor,
) -> None:
    newer = replace(request_, root=request_.root.with_name("newer"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", schema.VERSION + 1)
        make(newer, here)
    make(request_, here)
    path = request_.root / "drafts" / "ru" / "part-00000.parquet"
    path.write_bytes((newer.root / "drafts" / "ru" / path.name).read_bytes())
    had = path.read_bytes()
    with pytest.raises(TrilogueError, match=r"1 shards failed \(drafts/ru/part-00000\)"):
        make(request_, here)
    assert "schema 2, expected 1: made by a newer Trilogue; use that one" in caplog.text
    assert path.read_bytes() == had
    with pytest.raises(FormatError, match="a corpus of schema 2, expected 1"):
        make(newer, here)


def test_a_shard_that_fails_lets_the_others_finish(
    request_: Request,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    here: Executor,
    built: Built,
) -> None:
    monkeypatch.setenv("FAKE_FAIL", "Trade grew by 30")
    with pytest.raises(TrilogueError, match=r"2 shards failed .*, 4 wait for them; finished"):
        make(request_, here)
    assert "drafts/ru/part-00001: shout: choked on 'Trade grew by 30 percent.'" in caplog.text
    assert {p.stem for p in (request_.root / "scores/assess/ru").iterdir()} == {
        "part-00000",
        "part-00002",
    }
    monkeypatch.delenv("FAKE_FAIL")
    assert built(request_) == [
        *("drafts/ru 1", "drafts/az 1", "units/ru 1", "units/az 1", "scores/ru 1", "scores/az 1")
    ]


def test_a_disk_that_takes_no_manifest_is_said_unless_it_kept_shards_too(
    request_: Request, monkeypatch: pytest.MonkeyPatch, here: Executor
) -> None:
    def full(descriptor: int) -> None:
        if "manifest" in os.readlink(f"/proc/self/fd/{descriptor}"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left on device: .*/corpus/manifest.json"):
        make(request_, here)
    assert not list(request_.root.rglob(".*"))
    monkeypatch.setenv("FAKE_FAIL", "Trade grew by 30")
    changed = with_recipe(request_, models={"ru": "opus@1"})
    with pytest.raises(TrilogueError, match="1 shards failed"):
        make(changed, here)


def test_a_folder_of_other_things_is_left_as_it_is(request_: Request, here: Executor) -> None:
    request_.root.mkdir()
    (request_.root / "thesis.docx").touch()
    with pytest.raises(ConfigError, match="holds files but is not a corpus of ours"):
        make(request_, here)
    assert os.listdir(request_.root) == ["thesis.docx"]


def test_every_stage_folder_loads_as_a_dataset(
    request_: Request, tmp_path: Path, here: Executor
) -> None:
    make(with_reference(request_), here)
    folders = {path.parent for path in request_.root.rglob("*.parquet")}
    assert len(folders) == 10
    for folder in folders:
        loaded = datasets.load_dataset(
            "parquet", data_dir=str(folder), cache_dir=str(tmp_path / "cache")
        )
        rows = sum(pq.read_metadata(path).num_rows for path in folder.iterdir())
        assert loaded["train"].num_rows == rows


def test_readers_say_when_a_build_is_not_finished(request_: Request, here: Executor) -> None:
    make(replace(request_, numbers=range(0, 1)), here)
    with pytest.raises(FormatError, match="part-00001.parquet: missing: the build is not finished"):
        list(Corpus(request_.root).scored("ru"))
    with pytest.raises(ConfigError, match="no such folder, not a corpus; make one with"):
        Corpus(request_.root / "elsewhere")


def test_readers_refuse_scores_of_other_units(request_: Request, here: Executor) -> None:
    make(request_, here)
    old = request_.root / "scores/assess/ru/part-00000.parquet"
    kept = old.read_bytes()
    make(with_recipe(request_, models={"ru": "opus@1"}), here)
    old.write_bytes(kept)
    with pytest.raises(FormatError, match="made of other units than"):
        list(Corpus(request_.root).scored("ru"))


def test_an_interrupted_run_ends_its_workers_before_it_sweeps_and_lets_go_of_the_corpus(
    request_: Request, fakes: Any
) -> None:
    left = request_.root / "drafts/ru/.part-00000.parquet.elsewhere.1.tmp"

    class Interrupted(fakes.Here):  # type: ignore[misc]
        def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
            for outcome in super().run(tasks):
                if outcome.task.name.startswith("drafts/"):
                    raise KeyboardInterrupt
                yield outcome

        def __exit__(self, *_: object) -> None:
            with pytest.raises(ConfigError, match="another run"), locked(request_.root):
                pass
            left.touch()  # what a worker was at when it was killed

    with pytest.raises(KeyboardInterrupt):
        make(request_, Interrupted())
    assert left.parent.is_dir() and not left.exists()
    with locked(request_.root):
        pass
