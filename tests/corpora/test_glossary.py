"""Terms, where they are asked for and what a translation makes of them."""

from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.glossary import Glossary, Term

COURT = Term("Constitutional Court", "ru", ("Конституционный суд",))
LAW = Term("constitution", "ru", ("конституция", "основной закон"), ("устав",))
BORDER = Term("border", "hy", ("սահման",))
RAIL = Term("railway", "az", ("dəmir yolu",), ("dəmiryol",))
GLOSSARY = Glossary.of((COURT, LAW, BORDER, RAIL))


def test_a_term_is_found_in_any_form_of_its_words() -> None:
    source = "The constitutional courts were asked."
    check = GLOSSARY.check(source, "Обратились в конституционные суды.", to="ru")
    assert (check.found, check.missing, check.forbidden) == ((COURT,), (), ())


def test_a_term_that_is_called_otherwise_is_missing() -> None:
    check = GLOSSARY.check("The borders are open.", "Ճանապարհները բաց են։", to="hy")
    assert check.missing == (BORDER,)
    assert GLOSSARY.check("The borders are open.", "Սահմանները բաց են։", to="hy").found == (BORDER,)


def test_each_of_several_translations_will_do() -> None:
    check = GLOSSARY.check("The constitution is clear.", "Основной закон ясен.", to="ru")
    assert check.found == (LAW,)


def test_a_forbidden_name_is_neither_found_nor_missing() -> None:
    said = "Устав, то есть конституция, ясен."
    check = GLOSSARY.check("The constitution is clear.", said, to="ru")
    assert (check.found, check.missing, check.forbidden) == ((), (), ((LAW, "устав"),))
    check = GLOSSARY.check("The railway grew.", "Dəmiryolumuz uzandı.", to="az")
    assert check.forbidden == ((RAIL, "dəmiryol"),)


def test_a_term_of_which_only_what_is_forbidden_is_known_is_never_missing() -> None:
    glossary = Glossary.of((Term("crisis", "ru", (), ("кризис",)),))
    assert glossary.check("The crisis.", "Трудности.", to="ru").missing == ()
    assert glossary.check("The crisis.", "О кризисе.", to="ru").forbidden


def test_inside_of_a_longer_term_a_shorter_one_does_not_count() -> None:
    glossary = Glossary.of((Term("court", "ru", ("суд",)), COURT))
    assert glossary.asked("The Constitutional Court sat.", to="ru") == (COURT,)
    both = glossary.asked("The court asked the Constitutional Court.", to="ru")
    assert [term.source for term in both] == ["court", "Constitutional Court"]


def test_a_term_in_capitals_is_not_a_small_word() -> None:
    glossary = Glossary.of((Term("US", "ru", ("США",)),))
    assert glossary.asked("They told us so.", to="ru") == ()
    assert len(glossary.asked("The US said so.", to="ru")) == 1


def test_terms_of_another_language_are_not_asked_for() -> None:
    assert GLOSSARY.asked("The border and the railway.", to="ru") == ()


def test_rows_of_one_term_are_one_term_and_notes_decide_nothing() -> None:
    one = Term("court", "ru", ("суд",), (), "law")
    other = Term("court", "ru", ("судебная палата",), ("корт",))
    merged = Glossary.of((one, other))
    assert merged.terms == (Term("court", "ru", ("суд", "судебная палата"), ("корт",), "law"),)
    plain = Glossary.of((Term("court", "ru", ("суд", "судебная палата"), ("корт",)),))
    assert merged.signature == plain.signature
    assert merged.signature != Glossary.of((one,)).signature


@given(st.text(), st.text(), st.sampled_from(["ru", "hy", "az"]))
def test_each_term_that_is_asked_for_has_one_outcome(source: str, target: str, to: str) -> None:
    text = f"{source} border, railway, constitution {target}"
    check = GLOSSARY.check(text, target, to=to)
    outcomes = [*check.found, *check.missing, *(term for term, _ in check.forbidden)]
    assert sorted(t.source for t in outcomes) == sorted(
        t.source for t in GLOSSARY.asked(text, to=to)
    )
