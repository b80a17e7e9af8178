"""Drafts with the terms of a glossary: seen, and enforced where the engine can."""

from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.glossary import Glossary, Term, TermFlags
from trilogue.models import marian

ROAD = Term("road", "ru", ("вода",), ("дорога",))
MINISTERS = Term("ministers", "ru", ("Министры",))
GLOSSARY = Glossary.of((ROAD, MINISTERS))
CLOSED = "The road is closed."


def test_terms_are_flags_of_the_draft(tiny: Path) -> None:
    model = marian.load(tiny, to="ru", quantisation="float32", checks=[TermFlags(GLOSSARY, "ru")])
    closed, meet = model.translate([CLOSED, "The ministers will meet on Monday."])
    assert closed.flags == ("terms forbidden: road (дорога)",)
    assert meet.flags == ("terms found: ministers",)
    assert GLOSSARY.signature in model.signature


def test_a_term_is_enforced_and_what_is_forbidden_is_not_said(tiny: Path) -> None:
    model = marian.load(tiny, to="ru", quantisation="float32", glossary=GLOSSARY)
    (draft,) = model.translate([CLOSED])
    assert "terms enforced: road" in draft.flags
    check = GLOSSARY.check(CLOSED, draft.text, to="ru")
    assert check.found == (ROAD,)
    assert "дорог" not in draft.text.lower()
    assert draft.confidence is not None
    assert draft.confidence < 0


def test_a_draft_that_has_its_terms_is_left_alone(tiny: Path) -> None:
    text = "The ministers will meet on Monday."
    plain = marian.load(tiny, to="ru", quantisation="float32").translate([text])
    assert (
        marian.load(tiny, to="ru", quantisation="float32", glossary=GLOSSARY).translate([text])
        == plain
    )


def test_what_cannot_be_enforced_is_still_missing(tiny: Path) -> None:
    glossary = Glossary.of((Term("road", "ru", ("☃",)),))
    model = marian.load(
        tiny, to="ru", quantisation="float32", glossary=glossary, checks=[TermFlags(glossary, "ru")]
    )
    (draft,) = model.translate([CLOSED])
    assert draft.flags == ("terms missing: road",)
    assert draft.text == "Дорога закрыта."


def test_the_reference_engine_cannot_enforce_terms(tiny: Path) -> None:
    with pytest.raises(ConfigError, match=r"transformers: got a glossary to decode by, which only"):
        marian.load(tiny, to="ru", engine="transformers", glossary=GLOSSARY)
