from dataclasses import replace

import pytest

from trilogue.align.matching import Profile, match, profile
from trilogue.corpora.errors import AlignmentError
from trilogue.corpora.types import Document

ENGLISH = (
    "Trade grew by 48.3 percent, said Levon Sarian in Tbilisi. There were 212 crossings in 2023.",
    "The Kura needs 95 million euros, Nino Karali told Kamran Valizade: it is 3,180 tonnes.",
    "Thank you. We shall meet again.",
)
RUSSIAN = (
    "Торговля выросла на 48,3 процента, сказал Левон Сарян в Тбилиси. В 2023 было 212 путей.",
    "Реке Куре нужны 95 миллионов евро, сказала Нино Карали Кямрану Вализаде. Это 3180 тонн.",
    "Спасибо. Мы ещё встретимся.",
)


def profiles(
    texts: tuple[str, ...], language: str, *, date: str | None = None, time: str | None = None
) -> list[Profile]:
    documents = (
        Document(f"{language}{n}", f"{language}.txt", text, (), (), language, date=date, time=time)
        for n, text in enumerate(texts)
    )
    return [profile(document) for document in documents]


def test_numbers_and_names_tell_which_transcript_a_version_translates() -> None:
    found = match(profiles(ENGLISH, "en"), profiles(RUSSIAN[1::-1], "ru"), in_order=False)
    assert found == [1, 0]


def test_one_file_each_is_taken_in_order() -> None:
    assert match(profiles(ENGLISH, "en"), profiles(RUSSIAN, "ru"), in_order=True) == [0, 1, 2]


def test_order_does_not_overrule_the_evidence() -> None:
    turned = (RUSSIAN[1], RUSSIAN[0])
    assert match(profiles(ENGLISH[:2], "en"), profiles(turned, "ru"), in_order=True) == [1, 0]


def test_another_day_is_another_event() -> None:
    sources = profiles(ENGLISH[:1], "en", date="2023-03-14")
    with pytest.raises(AlignmentError, match=r"ru\.txt \(ru0\): translates none of the transcr"):
        match(sources, profiles(RUSSIAN[:1], "ru", date="2023-03-15"), in_order=True)


def test_the_time_of_day_parts_two_documents_that_are_alike() -> None:
    one, two = profiles(ENGLISH[2:] * 2, "en", date="2023-03-14")
    sources = [replace(one, time="11:40"), replace(two, time="18:20")]
    (version,) = profiles(RUSSIAN[2:], "ru", date="2023-03-14", time="18:20")
    assert match(sources, [version], in_order=False) == [1]


def test_doubt_is_refused_and_never_guessed() -> None:
    sources = profiles((ENGLISH[0], ENGLISH[0]), "en")
    with pytest.raises(AlignmentError, match=r"may translate en\.txt \(en0\) or en\.txt \(en1\)"):
        match(sources, profiles(RUSSIAN[:1], "ru"), in_order=False)


def test_two_versions_of_one_transcript_are_refused() -> None:
    versions = profiles((RUSSIAN[0], RUSSIAN[0]), "ru")
    with pytest.raises(AlignmentError, match=r"translates en\.txt \(en0\), and so does ru\.txt"):
        match(profiles(ENGLISH[:2], "en"), versions, in_order=False)


def test_without_transcripts_nothing_can_be_translated() -> None:
    with pytest.raises(AlignmentError, match="translates none of the transcripts; add its"):
        match([], profiles(RUSSIAN[:1], "ru"), in_order=True)
