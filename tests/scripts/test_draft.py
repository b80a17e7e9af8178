"""``trilogue draft`` as a user runs it, on the small trained checkpoint."""

import json
import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trilogue.corpora.errors import ConfigError, FormatError, ModelError
from trilogue.scripts.commands.draft import draft
from trilogue.scripts.drafters import LostFlags, Wish, drafter
from trilogue.scripts.recipe import Recipe
from trilogue.scripts.tools import Model, translator

Run = Callable[..., Result]


@pytest.fixture
def run(tiny: Path) -> Run:
    """Run the command on bytes of standard input; errors of ours are raised."""

    def run(*options: str, given: bytes = b"") -> Result:
        arguments = ["--to", "ru", "--model", str(tiny), *options]
        return CliRunner().invoke(draft, arguments, input=given, catch_exceptions=False)

    return run


def test_a_line_in_is_a_line_out_and_empty_lines_stay(run: Run) -> None:
    given = b"Thank you.\n\n   \nThe road is closed.\r\nThe work continues."
    result = run(given=given)
    assert result.stdout == "Спасибо.\n\n\nДорога закрыта.\nРабота продолжается.\n"


def test_a_file_is_read_as_well(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "segments.txt"
    path.write_text("Thank you.\n", encoding="utf-8")
    assert run(str(path)).stdout == "Спасибо.\n"


def test_no_lines_are_no_drafts(run: Run) -> None:
    assert run().stdout == ""


def test_what_the_guards_saw_is_counted(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        run(given="The road ☃ is closed.\nThank you.\n".encode())
    assert "2 drafts by " in caplog.text
    assert "1 unknown" in caplog.text


def test_json_lines_hold_score_flags_and_other_hypotheses(run: Run) -> None:
    row = json.loads(
        run("--jsonl", "--nbest", "2", given="The road ☃ is closed.\n".encode()).stdout
    )
    assert row["model"].partition("@")[2]
    assert row["model_confidence"] < 0
    assert "unknown: ☃" in row["flags"]
    assert len(row["others"]) == 1


def test_several_hypotheses_need_json_lines(run: Run) -> None:
    result = run("--nbest", "2", given=b"Thank you.\n")
    assert result.exit_code == 2
    assert "--nbest: plain lines hold one draft each. Add --jsonl." in result.output


def test_a_byte_that_is_not_utf8_is_named_with_its_line(run: Run) -> None:
    with pytest.raises(FormatError, match="standard input:2: got byte 0xff at byte 5"):
        run(given=b"Thank you.\nThe \xff road.\n")


def test_a_folder_without_a_model_is_refused(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no config.json: expected a Marian checkpoint"):
        run("--model", str(tmp_path), given=b"Thank you.\n")


def test_a_second_model_gives_its_draft_of_each_line(run: Run, tiny: Path, tmp_path: Path) -> None:
    given = b"Thank you.\n\n"
    other = shutil.copytree(tiny, tmp_path / "other")
    result = run("--jsonl", "--second", str(other), given=given)
    row, empty = map(json.loads, result.stdout.splitlines())
    assert row["second"]["text"] == "Спасибо."
    assert row["second"]["language"] == "ru"
    assert row["second"]["model"].startswith("other@")
    assert "second" not in empty


def test_a_model_is_not_its_own_second_opinion(run: Run, tiny: Path) -> None:
    with pytest.raises(ConfigError, match="second: .* would agree with itself. Name another model"):
        run("--jsonl", "--second", str(tiny), given=b"Thank you.\n")


def test_an_empty_name_is_no_wish_for_the_default(run: Run) -> None:
    with pytest.raises(ModelError, match="model: got '', expected a folder"):
        run("--model", "", given=b"Thank you.\n")


def test_a_second_draft_needs_json_lines(run: Run) -> None:
    result = run("--second", "builtin", given=b"Thank you.\n")
    assert result.exit_code == 2
    assert "--second: plain lines hold one draft each. Add --jsonl." in result.output


def test_the_beam_is_the_checkpoints_own_unless_told(tiny: Path, tmp_path: Path) -> None:
    model = str(shutil.copytree(tiny, tmp_path / "model"))
    asked = Path(model, "generation_config.json")
    asked.write_text(json.dumps({**json.loads(asked.read_text()), "num_beams": 3}), "utf-8")
    assert drafter(Wish("ru", model)).nbest(["Thank you."], 3)
    assert " beam-3 " in drafter(Wish("ru", model)).signature
    assert " beam-5 " in drafter(Wish("ru", model, count=5)).signature
    assert " beam-2 " in drafter(Wish("ru", model, beam=2)).signature
    recipe = Recipe()
    assert " beam-3 " in translator(Model("ru", model, recipe.engine, recipe.beam)).signature


def glossary(folder: Path) -> str:
    path = folder / "terms.csv"
    rows = "source,target,language,forbidden\nroad,вода,ru,дорога\nministers,Министры,ru,\n"
    path.write_text(rows, encoding="utf-8")
    return str(path)


def test_the_terms_of_a_glossary_are_reported(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given = b"The road is closed.\nThe ministers will meet on Monday.\n"
    with caplog.at_level(logging.INFO):
        result = run("--jsonl", "--glossary", glossary(tmp_path), given=given)
    closed, meet = map(json.loads, result.stdout.splitlines())
    assert "terms forbidden: road (дорога)" in closed["flags"]
    assert "terms found: ministers" in meet["flags"]
    assert "1 terms forbidden, 1 terms found" in caplog.text


def test_the_terms_of_a_glossary_are_enforced(run: Run, tmp_path: Path) -> None:
    options = ("--jsonl", "--glossary", glossary(tmp_path), "--glossary-decode")
    row = json.loads(run(*options, given=b"The road is closed.\n").stdout)
    assert {"terms enforced: road", "terms found: road"} <= set(row["flags"])


def test_a_build_can_enforce_the_terms_of_a_language_that_has_some(
    tiny: Path, tmp_path: Path
) -> None:
    model = Model("ru", str(tiny), "ctranslate2", None)
    (plain,) = translator(model).translate(["The road is closed."])
    told = translator(replace(model, terms=Path(glossary(tmp_path))))
    (draft,) = told.translate(["The road is closed."])
    assert "terms enforced: road" in draft.flags
    assert draft.text != plain.text
    assert told.signature.startswith(translator(model).signature)
    armenian = replace(model, to="hy", terms=Path(glossary(tmp_path)))
    assert translator(armenian).signature == translator(replace(armenian, terms=None)).signature


def test_terms_are_enforced_only_if_there_are_some(run: Run) -> None:
    result = run("--glossary-decode", given=b"Thank you.\n")
    assert result.exit_code == 2
    assert "--glossary-decode: no terms to use. Add --glossary FILE." in result.output


@pytest.mark.parametrize(
    ("source", "draft", "flag"),
    [
        ("It was signed in January 2021.", "Подписано в 2021 году.", "words for numbers: January"),
        ("It was signed in January 2021.", "Подписано в январе 2021 года.", None),
        (
            "They signed the agreement with Kazakhstan and Uzbekistan yesterday evening.",
            "Вчера вечером они подписали соглашение с соседями по региону.",
            "name: ",
        ),
    ],
)
def test_months_and_names_that_a_draft_lacks_are_named(
    source: str, draft: str, flag: str | None
) -> None:
    flags = LostFlags("ru").flags(source, draft)
    assert any(one.startswith(flag) for one in flags) if flag else flags == ()
