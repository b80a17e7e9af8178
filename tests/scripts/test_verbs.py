"""Each command is one call on a verb, and the verbs are what ``import trilogue`` offers."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import trilogue
from trilogue.corpora.errors import ConfigError
from trilogue.scripts import cli, verbs

EXAMPLES = Path(__file__).parents[1] / "corpora/transcripts/examples"


class Called(Exception):
    """Ends a command at its verb."""


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Put a verb that notes its call, and ends the command, in the place of each."""
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def recorder(name: str) -> Callable[..., None]:
        def called(*arguments: Any, **options: Any) -> None:
            calls.append((name, arguments, options))
            raise Called

        return called

    for name in trilogue.__all__:
        monkeypatch.setattr(verbs, name, recorder(name))
    return calls


COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "read FILE --speaker Me": ("read", {"reader": None, "speaker": "Me"}),
    "read FILE --explain": ("explain", {"reader": None, "speaker": None}),
    "segment FILE --lang en": ("segment", {"lang": "en", "newlines": "paragraph"}),
    "draft FILE --to ru --beam 2": ("draft", {"to": "ru", "model": None, "beam": 2, "count": 1}),
    "align FILE FILE --from en --to ru": (
        "align_segments",
        {"source_lang": "en", "target_lang": "ru", "drafts": None},
    ),
    "score FILE --from en --to ru": (
        "score",
        {
            "source_lang": "en",
            "target_lang": "ru",
            "second": None,
            "policy": None,
            "glossary": None,
        },
    ),
    "build FILE --corpus C --to ru -j 3": (
        "build",
        {"corpus": Path("C"), "to": ("ru",), "jobs": 3, "replace": False, "executor": "local"},
    ),
    "build FILE --corpus C --reference ru=R --shards 2-5 --dry-run": (
        "plan_build",
        {"references": [("ru", Path("R"))], "shards": range(2, 6)},
    ),
    "report C": ("report", {}),
    "export C --format tmx --out O --lang ru --only accept": (
        "export",
        {"langs": ("ru",), "verdicts": ("accept",), "origins": (), "pivot": None},
    ),
    "import M --reader tmx": ("import_units", {"reader": "tmx", "target_lang": None}),
    "import M --out O --format csv --to ru": ("convert", {"reader": None, "target_lang": "ru"}),
    "publish C --repo me/it --dry-run": ("publish", {"dry_run": True, "licence": None}),
    "evaluate ladder FILE FILE": ("evaluate_ladder", {"source": None, "target": None}),
    "evaluate scores FILE --to hy": (
        "evaluate_scores",
        {"source_lang": "en", "target_lang": "hy", "policy": None},
    ),
    "calibrate FILE --out O --false-accepts 0.1": (
        "calibrate",
        {"out": Path("O"), "langs": (), "false_accepts": 0.1, "policy": None, "calibrations": {}},
    ),
    "review serve C --port 0 --name here": (
        "review_serve",
        {"host": "127.0.0.1", "port": 0, "names": ("here",), "share": 0.1, "secure": False},
    ),
    "review account C Anahit --role admin": ("review_account", {"role": "admin", "end": False}),
    "review export C": ("review_snapshot", {"database": None}),
    "review export C --format xlsx --out O --lang ru": (
        "review_send",
        {"kind": "xlsx", "lang": "ru", "verdict": "", "status": ""},
    ),
    "review import C FILE --by Anahit": ("review_receive", {"by": "Anahit", "database": None}),
    "models train FILE --out R": ("train_model", {"out": Path("R")}),
    "models train --from builtin --corpus . --out T": ("tune_model", {"guard": None, "rate": 1e-4}),
    "models evaluate . --to hy --beam 2": (
        "evaluate_model",
        {"to": "hy", "model": None, "beam": 2},
    ),
}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_one_call_on_its_verb(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = recorded(monkeypatch)
    with pytest.raises(Called):
        cli.run(line.replace("FILE", str(EXAMPLES / "plain.txt")).split())
    verb, expected = COMMANDS[line]
    [(name, _, options)] = calls
    assert name == verb
    assert {key: options[key] for key in expected} == expected


def test_every_verb_is_offered_and_has_its_command() -> None:
    assert {verb for verb, _ in COMMANDS.values()} == set(trilogue.__all__)
    for name in trilogue.__all__:
        assert getattr(trilogue, name) is getattr(verbs, name)
        assert getattr(verbs, name).__doc__
    assert set(trilogue.__all__) <= set(dir(trilogue))
    with pytest.raises(AttributeError, match="module 'trilogue' has no attribute 'translate'"):
        _ = trilogue.translate


def test_importing_the_package_and_its_verbs_loads_nothing_heavy() -> None:
    heavy = ("numpy", "pyarrow", "torch", "ctranslate2", "msgspec")
    told = f"import sys, trilogue; trilogue.build; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_verbs_make_of_a_transcript_what_the_commands_do(tmp_path: Path, tiny: Path) -> None:
    page = tmp_path / "visit.txt"
    shutil.copy(EXAMPLES / "plain.txt", page)
    [document] = trilogue.read(page)
    said = [document.text[block.start : block.end] for block in document.blocks]
    segments = list(trilogue.segment(said, lang="en"))
    drafts = [best.text for best, *_ in trilogue.draft(segments, to="ru", model=str(tiny))]
    assert len(drafts) == len(segments) > 1
    ladder = trilogue.align_segments(
        segments, segments, source_lang="en", target_lang="ru", drafts=drafts
    )
    assert sorted(i for bead in ladder for i in bead.source) == list(range(len(segments)))
    pairs = zip(segments, drafts, strict=True)
    scored = list(trilogue.score(pairs, source_lang="en", target_lang="ru"))
    assert len(scored) == len(segments)
    corpus = tmp_path / "corpus"
    options: verbs.BuildOptions = {"to": ["ru"], "models": {"ru": str(tiny)}, "jobs": 1}
    planned = dict(trilogue.plan_build(page, corpus=corpus, **options))
    assert planned["drafts/ru/part-00000"] == "new"
    manifest = trilogue.build(page, corpus=corpus, **options)
    assert manifest["complete"]
    assert trilogue.report(corpus).segments == manifest["stages"]["units/ru"]["rows"]
    assert (
        trilogue.export(corpus, "jsonl", tmp_path / "c.jsonl") == trilogue.report(corpus).segments
    )
    assert not dict(trilogue.plan_build(corpus=corpus, **options))


def test_an_option_of_the_command_goes_before_the_recipe(tmp_path: Path) -> None:
    from trilogue.scripts.requests import running

    file = tmp_path / "recipe.toml"
    file.write_text('to = ["hy"]\nbeam = 2\n[models]\nru = "one"\naz = "two"\n', encoding="utf-8")
    options: verbs.BuildOptions = {"recipe": file, "to": ["az"], "models": {"az": "three"}}
    with running((), tmp_path / "c", options) as (request, _):
        recipe = request.recipe
    assert (recipe.to, recipe.beam) == (("az",), 2)
    assert recipe.models == {"ru": "one", "az": "three"}
    with pytest.raises(ConfigError, match="--executor: got 'spark', expected local or ray"):
        with running((), tmp_path / "c", {"executor": "spark"}):
            pass
