"""``trilogue models list`` and ``pull`` as a user runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from trilogue.corpora.errors import ModelError
from trilogue.models import hub, registry
from trilogue.scripts.commands.models_list import list_models
from trilogue.scripts.commands.models_pull import pull


@pytest.fixture(autouse=True)
def empty_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))


def test_each_candidate_is_a_line_and_the_one_that_drafts_is_marked() -> None:
    lines = CliRunner().invoke(list_models, ["--to", "ru"]).stdout.splitlines()
    assert len(lines) == len(registry.table()["ru"])
    (taken,) = [line for line in lines if line.startswith("*")]
    assert "builtin" in taken
    assert "here" in taken


def test_json_says_what_is_here() -> None:
    result = CliRunner().invoke(list_models, ["--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["to"] for row in rows} == {"ru", "hy", "az"}
    assert [row["model"] for row in rows if row["here"]] == ["builtin"] * 3
    assert [row["model"] for row in rows if row["taken"]] == ["builtin"] * 3


def test_a_candidate_is_pulled_in_the_revision_that_is_pinned(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def fetch(model: hub.Address) -> tuple[Path, str]:
        asked.append(str(model))
        return tiny, "0123"

    monkeypatch.setattr(hub, "fetch", fetch)
    name = "Helsinki-NLP/opus-mt-en-hy"
    result = CliRunner().invoke(pull, [name, f"{name}@main", "someone/else"])
    assert result.stdout.splitlines() == [str(tiny)] * 3
    pinned = registry.table()["hy"][-1].model
    assert asked == [pinned, f"{name}@main", "someone/else@main"]


def test_what_is_no_address_cannot_be_pulled() -> None:
    with pytest.raises(ModelError, match=r"got 'builtin', expected owner/model\[@revision\]"):
        CliRunner().invoke(pull, ["builtin"], catch_exceptions=False)
