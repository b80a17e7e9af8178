"""Our segmenters by language, a user's own by name."""

from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.segmenters import load_segmenter, segmenter, spans_of


@pytest.mark.parametrize("language", ["en", "ru", "hy", "az"])
def test_each_language_has_a_segmenter_with_a_signature_of_its_own(language: str) -> None:
    assert segmenter(language).signature == f"rules-{language}-4"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"^language: got 'xx', expected one of en, ru, hy, az$"):
        segmenter("xx")


OWN = """
class Lines:
    signature = "lines-1"
    def spans(self, paragraph):
        return [(0, len(paragraph))]

def needs(argument): ...
def nothing(): ...
"""


def test_a_users_own_segmenter_is_loaded_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own_lines.py").write_text(OWN)
    monkeypatch.syspath_prepend(tmp_path)
    own = load_segmenter("own_lines:Lines")
    assert (own.signature, own.spans("A. B.")) == ("lines-1", [(0, 5)])
    with pytest.raises(ConfigError, match=r"^segmenter own_lines:needs: .*argument.*; expected"):
        load_segmenter("own_lines:needs")
    with pytest.raises(ConfigError, match=r"^segmenter own_lines:nothing: got a NoneType, expect"):
        load_segmenter("own_lines:nothing")
    with pytest.raises(ConfigError, match=r"^segmenter own_lines:absent: .*no attribute 'absent'"):
        load_segmenter("own_lines:absent")


@pytest.mark.parametrize("name", ["spacy", ":factory", "module:", ""])
def test_a_name_that_is_not_module_and_factory_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=r"^segmenter: got '.*', expected module:factory"):
        load_segmenter(name)


def test_a_module_that_is_not_there_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"^segmenter no_such_module:x: No module named"):
        load_segmenter("no_such_module:x")


def test_pieces_of_a_library_become_spans() -> None:
    assert spans_of(" Yes.  Yes. No. ", [" Yes. ", "", "Yes.", "No. "]) == [
        (1, 5),
        (7, 11),
        (12, 15),
    ]


def test_a_piece_that_the_library_changed_is_refused() -> None:
    with pytest.raises(FormatError, match=r"^segmenter: got a piece 'No!' that is not in the rest"):
        spans_of("Yes. No.", ["Yes.", "No!"])
