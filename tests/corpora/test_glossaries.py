"""Reading glossaries, and what is said of files that are none."""

import re
from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError, FormatError
from trilogue.corpora.glossaries import read
from trilogue.corpora.glossary import Term


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


HEAD = "source,target,language,note,forbidden\n"


def test_a_row_is_a_term(tmp_path: Path) -> None:
    rows = 'ceasefire,"прекращение огня",ru,"as in 1994",перемирие|тишина\nroad,yol,az,,\n'
    glossary = read(written(tmp_path / "terms.csv", HEAD + rows))
    assert glossary.terms == (
        Term("ceasefire", "ru", ("прекращение огня",), ("перемирие", "тишина"), "as in 1994"),
        Term("road", "az", ("yol",)),
    )


def test_a_row_may_say_that_its_target_is_what_is_forbidden(tmp_path: Path) -> None:
    rows = "road,шоссе,ru,,yes\nroad,дорога,ru,,no\n"
    (term,) = read(written(tmp_path / "terms.csv", HEAD + rows)).terms
    assert (term.targets, term.forbidden) == (("дорога",), ("шоссе",))


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_sheet_may_separate_by_what_it_likes(tmp_path: Path, separator: str) -> None:
    text = separator.join(("Language", "Source", "Target")) + "\r\n"
    text += separator.join(("ru-RU", "road", "дорога")) + "\r\n"
    glossary = read(written(tmp_path / "terms.csv", text, "utf-8-sig"))
    assert glossary.terms == (Term("road", "ru", ("дорога",)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"terms\.csv:1: columns: got nothing, expected source, target"),
        ("source,target\nroad,дорога\n", r":1: columns: got source, target, expected source"),
        ("source,target,language,colour\n", r":1: columns: got .*colour, expected source"),
        (f"{HEAD}road,дорога\n", r":2: got 2 cells, expected 5"),
        (f"{HEAD}road,Straße,de,,\n", r":2: language: got 'de', expected one of ru, hy, az"),
        (f"{HEAD}road,road,en,,\n", r":2: language: got 'en', expected one of ru, hy, az"),
        (f"{HEAD}road,,ru,,\n", r":2: an empty term: expected a source and a target"),
        (f'{HEAD}road,"дорога,ru,,\n', r":2: not CSV: .*\. Export it again"),
        (HEAD, r"terms\.csv: no terms: expected English ones"),
    ],
)
def test_a_table_that_is_no_glossary_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read(written(tmp_path / "terms.csv", text))


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "terms.csv", f"{HEAD}road,дорога,ru,,\n", "cp1251")
    with pytest.raises(FormatError, match=r"not UTF-8 at byte 43\. Save it as CSV in UTF-8"):
        read(path)


TBX_3 = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" style="dca" type="TBX-Basic" xml:lang="en"><text><body>
<conceptEntry id="c1"><note>law of  treaties</note>
 <langSec xml:lang="en"><termSec><term>ceasefire</term></termSec>
  <termSec><term>cease-fire</term></termSec></langSec>
 <langSec xml:lang="ru-RU">
  <termSec><term>прекращение огня</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
  <termSec><term>перемирие</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
 <langSec xml:lang="de"><termSec><term>Waffenruhe</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
TBX_2008 = """<?xml version="1.0"?>
<martif type="TBX" xml:lang="en"><text><body><termEntry id="1">
<langSet xml:lang="eng"><tig><term>road</term></tig></langSet>
<langSet xml:lang="aze"><ntig><termGrp><term>yol</term></termGrp></ntig>
<ntig><termGrp><term>şose</term>
<termNote type="normativeAuthorization">supersededTerm</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>
"""


def test_the_terms_of_a_concept_are_what_tbx_3_says(tmp_path: Path) -> None:
    glossary = read(written(tmp_path / "terms.tbx", TBX_3))
    right, wrong, note = ("прекращение огня",), ("перемирие",), "law of treaties"
    assert glossary.terms == (
        Term("ceasefire", "ru", right, wrong, note),
        Term("cease-fire", "ru", right, wrong, note),
    )


def test_tbx_of_2008_groups_its_terms(tmp_path: Path) -> None:
    glossary = read(written(tmp_path / "terms.xml", TBX_2008))
    assert glossary.terms == (Term("road", "az", ("yol",), ("şose",)),)


def test_other_xml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"got <tmx>, expected <tbx> or <martif>"):
        read(written(tmp_path / "terms.tbx", "<tmx/>"))
    with pytest.raises(FormatError, match=r"terms\.tbx: not well-formed XML"):
        read(written(tmp_path / "terms.tbx", "<tbx>"))


def test_an_entity_is_never_opened(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.txt", "leaked")
    head = f'<!DOCTYPE tbx [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    text = re.sub(r"<tbx", f"{head}<tbx", TBX_3.replace("прекращение огня", "&leak;"), count=1)
    (term, _) = read(written(tmp_path / "terms.tbx", text)).terms
    assert "leaked" not in "".join(term.targets)


def test_tbx_without_lxml_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(ConfigError, match=r"pip install 'trilogue\[formats\]'"):
        read(written(tmp_path / "terms.tbx", TBX_3))
