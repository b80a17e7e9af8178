"""Decisions flow back: a snapshot of them, a build, new units; run with quick tools."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from trilogue.align.select import preferred
from trilogue.corpora.corpus import Corpus, ScoredUnit
from trilogue.corpora.errors import FormatError
from trilogue.corpora.types import Origin, Verdict
from trilogue.review import accounts, answers, log
from trilogue.review.database import reading, writing
from trilogue.review.exports import snapshot
from trilogue.review.serving import opened
from trilogue.review.tables import UNITS
from trilogue.review.types import Decision, Kind, Part, Role
from trilogue.scripts.build import Request
from trilogue.scripts.recipe import Recipe

Built = Callable[[Request], list[str]]
VISIT = "Levon: Trade grew. Thank you.\nNarine: The wagons left. The line is open. We go on.\n"


@pytest.fixture
def request_(tmp_path: Path, fakes: Any) -> Request:
    """A document of five segments in two languages, and another that nobody reviews."""
    (tmp_path / "visit.txt").write_text(VISIT, encoding="utf-8")
    (tmp_path / "other.txt").write_text("Levon: Good day.\n", encoding="utf-8")
    files = (tmp_path / "visit.txt", tmp_path / "other.txt")
    recipe = Recipe(to=("ru", "az"), documents_per_shard=1)
    return Request(files, tmp_path / "corpus", recipe, fakes.TOOLS)


@pytest.fixture
def built(fakes: Any) -> Built:
    """Builds; the stages of which shards were made."""

    def build(request: Request) -> list[str]:
        return [name.partition("/part-")[0] for name in fakes.built(request)]

    return build


class Desk:
    """A reviewer at the corpus."""

    def __init__(self, corpus: Path) -> None:
        self.corpus = corpus
        self.engine = opened(corpus, None)
        with writing(self.engine) as connection:
            if not accounts.everybody(connection):
                accounts.add(connection, "Anahit", Role.REVIEWER)
            self.by = accounts.named(connection, "Anahit")

    def unit(self, source: str, lang: str = "ru") -> Any:
        with reading(self.engine) as connection:
            found = sa.select(UNITS).where(UNITS.c.source == source, UNITS.c.lang == lang)
            return connection.execute(found.where(UNITS.c.present)).mappings().one()

    def decide(self, source: str, kind: Kind, *texts: str, reason: str = "") -> None:
        unit = self.unit(source)
        parts = tuple(Part(unit["start"], unit["end"], source, text) for text in texts)
        key = f"{unit['unit_id']} {unit['version']}"
        said = Decision(key, unit["unit_id"], kind, unit["version"], parts, reason)
        with writing(self.engine) as connection:
            log.append(connection, [said], by=self.by, now=1)

    def merge(self, source: str, following: str, text: str) -> None:
        one, two = self.unit(source), self.unit(following)
        whole = Part(one["start"], two["end"], f"{source} {following}", text)
        said = [
            Decision("m", one["unit_id"], Kind.MERGE, 0, (whole,)),
            Decision("m2", two["unit_id"], Kind.MERGED, 0),
        ]
        with writing(self.engine) as connection:
            log.append(connection, said, by=self.by, now=1)


def scored(corpus: Path, lang: str = "ru") -> dict[tuple[str, str], ScoredUnit]:
    """Units by origin and target."""
    return {(one.unit.origin, one.unit.target): one for one in Corpus(corpus).scored(lang)}


def test_decisions_become_units_that_go_before_the_drafts(request_: Request, built: Built) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    desk.decide("Thank you.", Kind.REJECT, "", reason="wrong meaning")
    desk.merge("The wagons left.", "The line is open.", "Вагоны ушли, линия открыта.")
    path, count = snapshot(desk.engine, request_.root)
    assert (path.parent, count) == (request_.root / "review" / "snapshots", 3)
    assert built(request_) == ["post_edits/ru", "units/ru", "scores/assess/ru"]
    found = scored(request_.root)
    edit = found[Origin.POST_EDIT, "Торговля выросла."]
    assert (edit.unit.source, edit.unit.speaker) == ("Trade grew.", "Levon")
    assert edit.assessment.verdict is Verdict.ACCEPT
    replaced = found[Origin.MACHINE, "TRADE GREW."].assessment
    assert replaced.verdict is Verdict.REJECT
    assert replaced.reasons[0] == "review: a person's version stands in its place"
    rejected = found[Origin.MACHINE, "THANK YOU."].assessment
    assert (rejected.verdict, rejected.reasons[0]) == (
        Verdict.REJECT,
        "review: reject: wrong meaning",
    )
    merged = found[Origin.POST_EDIT, "Вагоны ушли, линия открыта."]
    assert merged.unit.source == "The wagons left. The line is open."
    assert len(merged.unit.segment_ids) == 2
    for target in ("THE WAGONS LEFT.", "THE LINE IS OPEN."):
        assert found[Origin.MACHINE, target].assessment.verdict is Verdict.REJECT
    assert found[Origin.MACHINE, "WE GO ON."].assessment.verdict is Verdict.ACCEPT
    best = {unit.source: unit.target for unit in preferred(s.unit for s in found.values())}
    assert best["Trade grew."] == "Торговля выросла."
    assert all(origin == Origin.MACHINE for origin, _ in scored(request_.root, "az"))


def test_a_corrected_speaker_reaches_all_languages_with_nothing_else_decided(
    request_: Request, built: Built
) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    for number, (source, speaker) in enumerate(
        (("Thank you.", "Lewon"), ("Thank you.", "Narine"), ("Trade grew.", "Ani"))
    ):
        unit = desk.unit(source)
        named = Decision(
            f"s{number}", unit["unit_id"], Kind.SPEAKER, unit["version"], speaker=speaker
        )
        with writing(desk.engine) as connection:
            log.append(connection, [named], by=desk.by, now=1)
    snapshot(desk.engine, request_.root)
    made = built(request_)
    assert {"units/ru", "units/az"} <= set(made) and "drafts/ru" not in made
    for lang in ("ru", "az"):
        found = {key: one.unit.speaker for key, one in scored(request_.root, lang).items()}
        assert found[Origin.MACHINE, "THANK YOU."] == "Narine"
        assert found[Origin.MACHINE, "TRADE GREW."] == "Ani"
        assert found[Origin.MACHINE, "WE GO ON."] == "Narine"
    ru = scored(request_.root)
    assert ru[Origin.POST_EDIT, "Торговля выросла."].unit.speaker == "Ani"
    assert ru[Origin.MACHINE, "THANK YOU."].assessment.verdict is Verdict.ACCEPT
    assert ru[Origin.MACHINE, "THANK YOU."].unit.flags == ()
    again = Desk(request_.root)
    assert again.unit("Thank you.", "az")["speaker"] == "Narine"
    assert snapshot(again.engine, request_.root)[0].name.startswith("00000-")
    assert built(request_) == []
    for seq in (3, 2):
        version = again.unit("Thank you.")["version"]
        with writing(again.engine) as connection:
            log.undo(connection, seq, key=f"u{seq}", expected=version, by=again.by, now=2)
    snapshot(again.engine, request_.root)
    built(request_)
    assert scored(request_.root, "az")[Origin.MACHINE, "THANK YOU."].unit.speaker == "Levon"


def test_after_the_build_the_review_goes_on_where_it_was(request_: Request, built: Built) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    before = desk.unit("Trade grew.")
    snapshot(desk.engine, request_.root)
    built(request_)
    again = Desk(request_.root)
    after = again.unit("Trade grew.")
    kept = ("unit_id", "status", "text", "version", "verdict", "faithful", "reasons")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    with reading(again.engine) as connection:
        origins = set(connection.execute(sa.select(UNITS.c.origin)).scalars())
    assert origins == {"machine"}


def test_an_undone_decision_is_out_of_the_next_build(request_: Request, built: Built) -> None:
    built(request_)
    clean = scored(request_.root)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    snapshot(desk.engine, request_.root)
    built(request_)
    with writing(desk.engine) as connection:
        log.undo(connection, 1, key="u", expected=1, by=desk.by, now=2)
    path, count = snapshot(desk.engine, request_.root)
    assert (path.name[:6], count, path.read_text(encoding="utf-8")) == ("00001-", 0, "")
    built(request_)
    assert scored(request_.root) == clean


def test_the_same_decisions_make_no_new_snapshot_and_no_shard(
    request_: Request, built: Built
) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.ACCEPT, "TRADE GREW.")
    path, _ = snapshot(desk.engine, request_.root)
    built(request_)
    assert snapshot(desk.engine, request_.root)[0] == path
    assert built(request_) == []


def test_a_snapshot_that_was_changed_is_refused_and_the_corpus_stands(
    request_: Request, built: Built
) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    path, _ = snapshot(desk.engine, request_.root)
    path.write_text(path.read_text(encoding="utf-8").replace("выросла", "упала"), encoding="utf-8")
    with pytest.raises(FormatError, match=r"00000-\w+\.jsonl: changed since it was written"):
        built(request_)
    assert (Origin.MACHINE, "TRADE GREW.") in scored(request_.root)


def test_another_models_draft_keeps_the_text_and_drops_the_rejection(
    request_: Request, built: Built
) -> None:
    built(request_)
    desk = Desk(request_.root)
    desk.decide("Trade grew.", Kind.EDIT, "Торговля выросла.")
    desk.decide("Thank you.", Kind.REJECT, "", reason="wrong meaning")
    other = Recipe(to=("ru", "az"), documents_per_shard=1, beam=2, models={"ru": "better"})
    built(replace(request_, transcripts=(), recipe=other))
    again = Desk(request_.root)  # the same drafts by another model are the same units
    assert again.unit("Trade grew.")["status"] == "edited"
    path, _ = snapshot(again.engine, request_.root)
    kinds = {answer.kind for answer in answers.read(path)}
    assert kinds == {Kind.EDIT, Kind.REJECT}
    with writing(again.engine) as connection:  # now as if the drafts were others
        for source in ("Trade grew.", "Thank you."):
            unit = again.unit(source)
            gone = UNITS.update().where(UNITS.c.unit_id == unit["unit_id"]).values(present=False)
            connection.execute(gone)
            new = {"unit_id": f"new {source}", "version": 0, "status": "confirm"}
            row = {**unit, **new, "carried_from": unit["unit_id"]}
            connection.execute(UNITS.insert().values(row))
    path, _ = snapshot(again.engine, request_.root)
    assert [answer.kind for answer in answers.read(path)] == [Kind.EDIT]
    again.decide("Trade grew.", Kind.EDIT, "Товарооборот вырос.")
    path, _ = snapshot(again.engine, request_.root)  # what was to be confirmed is answered
    assert [part.text for answer in answers.read(path) for part in answer.parts] == [
        "Товарооборот вырос."
    ]


def test_a_build_needs_no_database_library() -> None:
    code = "import sys; import trilogue.scripts.build; print('sqlalchemy' in sys.modules)"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = [sys.executable, "-c", code]
    said = subprocess.run(run, capture_output=True, text=True, check=True, env=environment)
    assert said.stdout == "False\n"
