"""``trilogue align`` and ``trilogue evaluate ladder`` from files to standard output."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from trilogue.corpora.errors import AlignmentError, ConfigError, FormatError
from trilogue.corpora.types import Bead
from trilogue.scripts.commands.align import align
from trilogue.scripts.commands.evaluate import evaluate

ENGLISH = "Good afternoon.\nWe will build two schools and 15 bridges in Ganja.\nThank you.\n"
AZERBAIJANI = "Günortanız xeyir.\nGəncədə iki məktəb tikəcəyik.\nVə 15 körpü.\nTəşəkkür edirəm.\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    source, target = tmp_path / "en.txt", tmp_path / "az.txt"
    source.write_text(ENGLISH, encoding="utf-8")
    target.write_text(AZERBAIJANI, encoding="utf-8")
    return str(source), str(target)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(align, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_ladder_is_a_bead_a_line(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az").splitlines()
    assert [line.rsplit(":", 1)[0] for line in lines] == ["[0]:[0]", "[1]:[1, 2]", "[2]:[3]"]
    assert all(float(line.rsplit(":", 1)[1]) >= 0 for line in lines)


def test_tsv_is_what_score_reads(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--format", "tsv").splitlines()
    assert lines[1].split("\t") == [
        "We will build two schools and 15 bridges in Ganja.",
        "Gəncədə iki məktəb tikəcəyik. Və 15 körpü.",
    ]


def test_json_lines_hold_texts_and_probabilities(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--format", "jsonl").splitlines()
    bead = json.loads(lines[0])
    assert (bead["source"], bead["target"]) == ([0], [0])
    assert bead["target_text"] == "Günortanız xeyir."
    assert 0 < bead["probability"] <= 1


def test_a_draft_of_another_length_is_refused(files: tuple[str, str]) -> None:
    with pytest.raises(AlignmentError, match="got 4 drafts of 3 source segments"):
        run(*files, "--from", "en", "--to", "az", "--draft", files[1])


def test_a_file_that_is_not_utf8_is_named(files: tuple[str, str]) -> None:
    Path(files[1]).write_bytes(b"Sa\xff")
    with pytest.raises(FormatError, match=r"az\.txt:1: got byte 0xff at byte 3 of the line"):
        run(*files, "--from", "en", "--to", "az")


def test_a_ladder_is_compared_with_the_true_one(tmp_path: Path) -> None:
    gold, test = tmp_path / "gold", tmp_path / "test"
    gold.write_text("[0]:[0]\n[1]:[1, 2]\n", encoding="utf-8")
    test.write_text("[0]:[0]:0.1\n[1]:[1]:0.2\n[]:[2]:0.1\n", encoding="utf-8")
    arguments = ["ladder", str(gold), str(test), "--json"]
    result = CliRunner().invoke(evaluate, arguments, catch_exceptions=False)
    found = json.loads(result.stdout)
    assert found["strict"]["recall"] == 0.5
    assert found["lax"]["recall"] == 1.0
    assert found["kinds"]["1-2"]["gold"] == 1


def test_a_ladder_of_other_files_is_refused(tmp_path: Path, files: tuple[str, str]) -> None:
    gold = tmp_path / "gold"
    gold.write_text("[0]:[0]\n[7]:[1]\n", encoding="utf-8")
    arguments = ["ladder", str(gold), str(gold), "--source", files[0]]
    with pytest.raises(AlignmentError, match="gold: bead 2: source index 7, but there are 3"):
        CliRunner().invoke(evaluate, arguments, catch_exceptions=False)


def test_a_memory_holds_the_pairs_with_their_probability(files: tuple[str, str]) -> None:
    memory = run(*files, "--from", "en", "--to", "az", "--format", "tmx")
    assert memory.count("<tu ") == 3
    assert "<seg>Thank you.</seg>" in memory and "<seg>Təşəkkür edirəm.</seg>" in memory
    assert 'srclang="en"' in memory and "x-bead-probability" in memory


class ByLine:
    """An aligner of one's own: line by line, and nothing of what is over."""

    signature = "by line"

    def align(self, source: list[str], target: list[str], drafts: list[str]) -> list[Bead]:
        return [Bead((i,), (i,)) for i in range(min(len(source), len(target)))]


class Beyond(ByLine):
    def align(self, source: list[str], target: list[str], drafts: list[str]) -> list[Bead]:
        return [Bead((len(source),), (0,))]


def test_an_aligner_of_ones_own_answers_and_what_it_leaves_out_is_alone(
    files: tuple[str, str],
) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--aligner", f"{__name__}:ByLine")
    assert [line.rsplit(":", 1)[0] for line in lines.splitlines()] == [
        "[0]:[0]", "[1]:[1]", "[2]:[2]", "[]:[3]",
    ]  # fmt: skip


def test_an_aligner_that_answers_beyond_the_text_is_refused(files: tuple[str, str]) -> None:
    with pytest.raises(AlignmentError, match="source index 3, but there are 3 segments"):
        run(*files, "--from", "en", "--to", "az", "--aligner", f"{__name__}:Beyond")


def test_what_is_no_aligner_is_refused(files: tuple[str, str]) -> None:
    with pytest.raises(ConfigError, match="aligner builtins:dict: got a dict, expected an object"):
        run(*files, "--from", "en", "--to", "az", "--aligner", "builtins:dict")


def test_blocks_in_another_order_are_linked_only_when_allowed(tmp_path: Path) -> None:
    english = [
        "The hospital in Yerevan has 240 beds.",
        "Its doctors came from 12 countries.",
        "The Minister thanked them on 5 March.",
        "The railway to Batumi will cost 31 million euros.",
        "Parliament refused the loan in 2019.",
        "The bridge is closed for repairs until October.",
    ]
    russian = [
        "Железная дорога на Батуми обойдётся в 31 миллион евро.",
        "Парламент отказал в кредите в 2019 году.",
        "Мост закрыт на ремонт до октября.",
        "В больнице Еревана 240 коек.",
        "Её врачи приехали из 12 стран.",
        "Министр поблагодарил их 5 марта.",
    ]
    source, target = tmp_path / "en.txt", tmp_path / "ru.txt"
    source.write_text("\n".join(english) + "\n", encoding="utf-8")
    target.write_text("\n".join(russian) + "\n", encoding="utf-8")
    given = (str(source), str(target), "--from", "en", "--to", "ru")
    in_order, allowed = (
        {line.rsplit(":", 1)[0] for line in run(*given, *more).splitlines()}
        for more in ((), ("--allow-reorder",))
    )
    every = {f"[{i}]:[{(i + 3) % 6}]" for i in range(6)}
    assert len(in_order & every) == 3
    assert allowed == every


def test_a_paragraph_is_cut_as_the_lines_of_the_other_side(tmp_path: Path) -> None:
    source, target = tmp_path / "en.txt", tmp_path / "az.txt"
    source.write_text(ENGLISH.replace("\n", " ").strip() + "\n", encoding="utf-8")
    target.write_text(AZERBAIJANI, encoding="utf-8")
    given = (str(source), str(target), "--from", "en", "--to", "az", "--resegment")
    beads = [json.loads(line) for line in run(*given, "--format", "jsonl").splitlines()]
    assert [bead["source_text"] for bead in beads] == [
        "Good afternoon.",
        "We will build two schools and 15 bridges in Ganja.",
        "Thank you.",
    ]
    text = source.read_text(encoding="utf-8")
    for bead in beads:
        ((line, start, end),) = bead["source"]
        assert (line, text[start:end]) == (0, bead["source_text"])


def test_a_ladder_of_lines_that_were_cut_is_refused(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(align, [*files, "--from", "en", "--to", "az", "--resegment"])
    assert result.exit_code == 2
    assert "it goes with no ladder and no --draft" in result.stderr


class Letters:
    """An encoder that knows how often each of some letters stands in a text."""

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[text.casefold().count(letter) + 0.1 for letter in "aeimnorst"] for text in texts]


def test_vectors_are_evidence(files: tuple[str, str]) -> None:
    lines = run(*files, "--from", "en", "--to", "az", "--encoder", f"{__name__}:Letters")
    assert lines.splitlines()[0].startswith("[0]:[0]:")
