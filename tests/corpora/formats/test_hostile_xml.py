"""TMX and XLIFF from elsewhere: what is refused as a whole, what is left out and listed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trilogue.corpora.errors import FormatError
from trilogue.corpora.formats.records import Record
from trilogue.corpora.formats.tmx import read_tmx
from trilogue.corpora.formats.xliff_reading import read_xliff
from trilogue.corpora.types import LeftOut, Origin, Verdict

Read = Callable[..., Iterator[Record]]

HEADER = '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"'
XLIFF = "urn:oasis:names:tc:xliff:document:1.2"


def tmx(body: str, *, srclang: str = "en", doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n{doctype}\n<tmx version="1.4">{HEADER} adminlang="en"'
        f' srclang="{srclang}" datatype="plaintext"/>\n<body>\n{body}\n</body></tmx>'
    )


def tuv(lang: str, seg: str) -> str:
    return f'<tuv xml:lang="{lang}"><seg>{seg}</seg></tuv>'


def xliff(body: str, *, languages: str = 'source-language="en" target-language="ru"') -> str:
    return (
        f'<xliff version="1.2" xmlns="{XLIFF}"><file original="a" datatype="plaintext"'
        f" {languages}>\n<body>\n{body}\n</body></file></xliff>"
    )


def read(reader: Read, path: Path, text: str) -> tuple[list[Record], list[LeftOut]]:
    path.write_text(text, encoding="utf-8")
    left_out: list[LeftOut] = []
    return list(reader(path, on_left_out=left_out.append)), left_out


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
CODES = 'A <bpt i="1">{b}</bpt>bold<ept i="1"/> <hi>word</hi>.'
SECRET = "the words of a file that nobody asked to read"


@pytest.mark.parametrize(
    ("doctype", "said"),
    [
        (f"<!DOCTYPE tmx [{LAUGHS}]>", "declares entities, which we never expand"),
        ('<!DOCTYPE tmx [<!ENTITY l9 SYSTEM "SECRET">]>', "declares entities"),
        ('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "SECRET"> %p;]>', "declares entities"),
        ("", r"not well-formed XML \(Entity 'l9' not defined"),
        ('<!DOCTYPE tmx SYSTEM "absent.dtd">', "Entity 'l9' not defined in the file: what it"),
    ],
)
@pytest.mark.parametrize("where", ["seg", "attribute"])
def test_entities_are_refused_and_never_silently_emptied(
    doctype: str, said: str, where: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    body = f"<tu>{tuv('en', 'Before &l9; after.')}{tuv('ru', 'До.')}</tu>"
    if where == "attribute":
        body = f'<tu tuid="&l9;">{tuv("en", "Yes.")}{tuv("ru", "Да.")}</tu>'
        said = rf"{said}|not well-formed XML|declares entities"
    text = tmx(body, doctype=doctype.replace("SECRET", secret.as_uri()))
    with pytest.raises(FormatError, match=said) as caught:
        read(read_tmx, tmp_path / "c.tmx", text)
    assert SECRET not in str(caught.value)


def test_a_doctype_without_its_dtd_is_read(tmp_path: Path) -> None:
    body = f"<tu>{tuv('en', 'Yes.')}{tuv('ru', 'Да.')}</tu>"
    found, left_out = read(
        read_tmx, tmp_path / "c.tmx", tmx(body, doctype='<!DOCTYPE tmx SYSTEM "absent.dtd">')
    )
    assert [record.unit.target for record in found] == ["Да."]
    assert left_out == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ROOT" + "<g>" * 100_000, r"c\.xml:\d+: not well-formed XML \(Excessive depth"),
        ("ROOT<body>", r"c\.xml:\d+: not well-formed XML \("),
        ("", "not well-formed XML"),
        ("Name: text", "not well-formed XML"),
        ("<html/>", "got <html>, expected <(tmx|xliff)>"),
        ("ROOT\n\n\x01", r"c\.xml:3: not well-formed XML \("),
        ("ROOT&#0;", r"c\.xml:1: not well-formed XML \("),
    ],
)
@pytest.mark.parametrize("reader", [read_tmx, read_xliff])
def test_what_is_not_the_format_is_refused_in_one_line(
    reader: Read, text: str, said: str, tmp_path: Path
) -> None:
    root = '<tmx version="1.4">' if reader is read_tmx else '<xliff version="1.2">'
    with pytest.raises(FormatError, match=said) as caught:
        read(reader, tmp_path / "c.xml", text.replace("ROOT", root))
    assert "\n" not in str(caught.value)


def test_bytes_that_are_not_the_declared_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.tmx"
    path.write_bytes(tmx(f"<tu>{tuv('en', 'Yes.')}{tuv('ru', 'Да.')}</tu>").encode("cp1251"))
    with pytest.raises(FormatError, match=r"c\.tmx:\d+: not well-formed XML"):
        list(read_tmx(path, on_left_out=lambda line: None))


def test_utf_16_as_windows_tools_write_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.tmx"
    text = tmx(f"<tu>{tuv('EN-US', 'Yes.')}{tuv('RU-RU', 'Да.')}</tu>", srclang="EN-US")
    path.write_text(text.replace('"1.0"', '"1.0" encoding="UTF-16"'), encoding="utf-16")
    (record,) = read_tmx(path, on_left_out=lambda line: None)
    assert (record.unit.source, record.unit.target) == ("Yes.", "Да.")


def test_the_source_is_found_by_language_not_by_order(tmp_path: Path) -> None:
    found, left_out = read(
        read_tmx,
        tmp_path / "c.tmx",
        tmx(f"<tu>{tuv('ru-RU', 'Да.')}{tuv('hy', 'Այո։')}{tuv('en-GB', 'Yes.')}</tu>"),
    )
    assert [(r.unit.source, r.unit.target, r.unit.target_lang) for r in found] == [
        ("Yes.", "Да.", "ru"),
        ("Yes.", "Այո։", "hy"),
    ]
    assert left_out == []
    assert {record.unit.origin for record in found} == {Origin.REFERENCE}


def test_a_memory_for_all_sources_is_read_from_english(tmp_path: Path) -> None:
    body = f"<tu>{tuv('ru', 'Да.')}{tuv('en', 'Yes.')}</tu>"
    ((record,), _) = read(read_tmx, tmp_path / "c.tmx", tmx(body, srclang="*all*"))
    assert (record.unit.source_lang, record.unit.target_lang) == ("en", "ru")


def test_what_a_memory_does_not_hold_whole_is_left_out_and_listed(tmp_path: Path) -> None:
    body = "\n".join(
        (
            f"<tu>{tuv('en', 'Alone.')}</tu>",
            f"<tu>{tuv('ru', 'Один.')}</tu>",
            f'<tu>{tuv("en", "Open.")}<tuv xml:lang="ru"></tuv></tu>',
            f"<tu>{tuv('en', 'Good day.')}{tuv('de', 'Guten Tag.')}{tuv('ru', 'День.')}</tu>",
            f"<tu>{tuv('en', 'One.')}{tuv('en-GB', 'Two.')}{tuv('ru', 'Раз.')}</tu>",
            f'<tu><prop type="x-turn">first</prop>{tuv("en", "Q.")}{tuv("ru", "В.")}</tu>',
            f'<tu creationdate="yesterday">{tuv("en", "Q.")}{tuv("ru", "В.")}</tu>',
            f"<tu>{tuv('en', CODES)}{tuv('ru', 'Слово.')}</tu>",
            f'<tu><prop type="Client">A</prop>{tuv("en", "Last.")}{tuv("ru", "Всё.")}</tu>',
            f'<tu changeid="ann"><note>Check.</note>{tuv("en", "Q.")}{tuv("ru", " ")}</tu>',
            f"<tu>{tuv('en', '<ph>x</ph>')}{tuv('ru', 'В.')}</tu>",
        )
    )
    found, left_out = read(read_tmx, tmp_path / "c.tmx", tmx(body))
    sources = [record.unit.source for record in found]
    assert sources == ["Good day.", "Q.", "Q.", "A bold word.", "Last."]
    assert [(line.line, line.text, line.reason) for line in left_out] == [
        (5, "Alone.", "no translation of it"),
        (6, "Один.", "0 segments in en, expected 1"),
        (7, "", "no segment in ru"),
        (7, "Open.", "no translation of it"),
        (8, "Guten Tag.", "language 'de' is none of ours"),
        (9, "Раз.", "2 segments in en, expected 1"),
        (10, "", "x-turn: invalid literal for int() with base 10: 'first'"),
        (11, "", "creationdate: got 'yesterday', expected YYYYMMDDThhmmssZ"),
        (12, "A bold word.", "inline codes taken out: bpt, ept"),
        (13, "", "property 'Client', here and further on: none of ours"),
        (14, "Check.", "<note>: not taken over"),
        (14, "", "attribute 'changeid', here and further on: none of ours"),
        (14, "", "no segment in ru"),
        (14, "Q.", "no translation of it"),
        (15, "", "no segment in en"),
        (15, "В.", "0 segments in en, expected 1"),
    ]


def test_dates_that_omegat_writes_beside_each_language_are_the_translations(tmp_path: Path) -> None:
    dates = 'creationdate="20200101T000000Z" changedate="20210203T040506Z"'
    body = f'<tu>{tuv("en", "Yes.")}<tuv xml:lang="ru" {dates}><seg>Да.</seg></tuv></tu>'
    ((record,), left_out) = read(read_tmx, tmp_path / "c.tmx", tmx(body))
    assert record.created == datetime(2020, 1, 1, tzinfo=UTC)
    assert record.changed == datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert left_out == []


def test_a_document_that_memoq_names_makes_no_unit_of_ours(tmp_path: Path) -> None:
    pair = f"{tuv('en', 'Yes.')}{tuv('ru', 'Да.')}"
    theirs = f'<tu tuid="1"><prop type="x-document">a.docx</prop>{pair}</tu>'
    found, left_out = read(read_tmx, tmp_path / "c.tmx", tmx(theirs + theirs))
    assert len({record.unit.id for record in found} - {"1"}) == 2
    assert [line.reason for line in left_out] == [
        "property 'x-document', here and further on: none of ours"
    ]


def test_foreign_names_may_repeat_and_ours_may_not(tmp_path: Path) -> None:
    pair = f"{tuv('en', 'Yes.')}{tuv('ru', 'Да.')}"
    theirs = tmx(f'<tu tuid="1">{pair}</tu><tu tuid="1">{pair}</tu>')
    found, left_out = read(read_tmx, tmp_path / "theirs.tmx", theirs)
    assert len({record.unit.id for record in found}) == 2
    assert left_out == []
    places = (("document", "d"), ("start", "0"), ("end", "4"))
    props = "".join(f'<prop type="x-{name}">{value}</prop>' for name, value in places)
    own = f'<tu tuid="ab">{props}{pair}</tu>'
    found, left_out = read(read_tmx, tmp_path / "ours.tmx", tmx(own + own))
    assert [record.unit.id for record in found] == ["ab"]
    assert [line.reason for line in left_out] == ["repeats the id ab"]


def test_a_decision_taken_in_a_cat_tool_comes_back_from_xliff(tmp_path: Path) -> None:
    states = {
        '<target state="final">': Verdict.ACCEPT,
        '<target state="translated">': Verdict.REVIEW,
        '<target state="needs-review-translation">': Verdict.REVIEW,
        '<target state="new">': Verdict.REJECT,
        "<target>": None,
    }
    body = "".join(
        f'<trans-unit id="{n}"><source>Yes.</source>{target}Да.</target></trans-unit>'
        for n, target in enumerate(states)
    )
    approved = '<source>Yes.</source><target state="translated">Да.</target></trans-unit>'
    body += f'<trans-unit id="9" approved="yes">{approved}'
    found, left_out = read(read_xliff, tmp_path / "c.xlf", xliff(body))
    verdicts = [record.assessment and record.assessment.verdict for record in found]
    assert verdicts == [*states.values(), Verdict.ACCEPT]
    assert left_out == []


def test_what_an_xliff_file_does_not_hold_whole_is_left_out_and_listed(tmp_path: Path) -> None:
    body = "\n".join(
        (
            '<trans-unit id="1"><source>Alone.</source></trans-unit>',
            '<trans-unit id="2"><source>Open.</source><target/></trans-unit>',
            '<trans-unit id="3"><source>A <x id="1"/><g id="2">bold</g> word.</source>'
            "<target>Слово.</target></trans-unit>",
            '<trans-unit id="4"><source>Other.</source><target> </target><note>See p. 3.</note>'
            "<alt-trans><target>Иное.</target></alt-trans></trans-unit>",
            '<bin-unit id="5" mime-type="image/png"/>',
        )
    )
    found, left_out = read(read_xliff, tmp_path / "c.xlf", xliff(body))
    assert [record.unit.source for record in found] == ["A bold word."]
    assert [(line.line, line.text, line.reason) for line in left_out] == [
        (3, "Alone.", "no target"),
        (4, "Open.", "no target"),
        (5, "A bold word.", "inline codes taken out: x"),
        (6, "Other.", "no target"),
        (6, "See p. 3.", "<note>: not taken over"),
        (6, "Иное.", "<alt-trans>: not taken over"),
        (7, "", "a unit that is no text"),
    ]


def test_an_xliff_file_of_other_languages_is_listed_unit_by_unit(tmp_path: Path) -> None:
    body = '<trans-unit id="1"><source>Ja.</source><target>Oui.</target></trans-unit>'
    languages = 'source-language="de" target-language="fr"'
    found, left_out = read(read_xliff, tmp_path / "c.xlf", xliff(body, languages=languages))
    assert found == []
    assert [line.reason for line in left_out] == ["languages de–fr: not both of them are ours"]


def test_languages_are_those_of_the_segment_else_of_its_own_file_else_as_told(
    tmp_path: Path,
) -> None:
    one = '<trans-unit id="1"><source>Yes.</source><target{}>{}</target></trans-unit>'
    files = (("ru", one.format("", "Да.")), ("ru", one.format(' xml:lang="hy-AM"', "Այո։")))
    text = "".join(
        f'<file original="a" datatype="x" source-language="en" target-language="{lang}">'
        f"<body>{body}</body></file>"
        for lang, body in files
    )
    silent = '<file original="a" datatype="x" source-language="en"><body>{}</body></file>'
    path = tmp_path / "c.xlf"
    path.write_text(f'<xliff version="1.2">{text}{silent.format(one.format("", "Bəli."))}</xliff>')
    left_out: list[LeftOut] = []
    found = [r.unit.target_lang for r in read_xliff(path, on_left_out=left_out.append)]
    assert found == ["ru", "hy"]
    assert [line.reason for line in left_out] == ["languages en–None: not both of them are ours"]
    told = read_xliff(path, on_left_out=left_out.append, target_lang="az")
    assert [record.unit.target_lang for record in told] == ["az"]
    assert [line.reason for line in left_out[1:]] == [
        "in ru, az is asked for",
        "in hy, az is asked for",
    ]


def test_a_unit_of_several_segments_gives_each_of_them(tmp_path: Path) -> None:
    pairs = (("One.", "Раз."), ("Two.", "Два."))
    segments = "".join(
        f"<segment><source>{source}</source><target>{target}</target></segment>"
        for source, target in pairs
    )
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"'
        f' trgLang="ru"><file id="f"><unit id="u">{segments}</unit></file></xliff>'
    )
    found, left_out = read(read_xliff, tmp_path / "c.xlf", text)
    assert [(record.unit.source, record.unit.target) for record in found] == list(pairs)
    assert left_out == []


def test_another_version_of_xliff_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"c\.xlf:1: XLIFF version 1\.0, expected 1\.2, 2\.0"):
        read(read_xliff, tmp_path / "c.xlf", xliff("").replace('"1.2"', '"1.0"', 1))
