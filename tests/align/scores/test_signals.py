"""Signals that need nothing but the text: language, copies, repetition, negation, form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.align.scores.agreement import agreement
from trilogue.align.scores.copies import copied
from trilogue.align.scores.language import tongue
from trilogue.align.scores.negation import negations_in
from trilogue.align.scores.punctuation import markup_lost
from trilogue.align.scores.repetition import repetition
from trilogue.align.scores.text import Memo, Side, visible

SOURCE = Side.of("The talks on a ceasefire were held in a constructive atmosphere.", "en")


@pytest.mark.parametrize(
    ("text", "language", "guess"),
    [
        ("Переговори про припинення вогню пройшли в конструктивній атмосфері.", "ru", "Ukrainian"),
        ("Преговорите за примирие се проведоха в конструктивна атмосфера.", "ru", "Bulgarian"),
        ("Перамовы аб спыненні агню прайшлі ў канструктыўнай атмасферы.", "ru", "Belarusian"),
        ("Преговори о прекиду ватре вођени су у конструктивној атмосфери.", "ru", "Serbian"),
        ("Ateşkes görüşmeleri yapıcı bir ortamda ve karşılıklı saygıyla yapıldı.", "az", "Turkish"),
        ("The talks on a ceasefire were held in good faith.", "az", "English"),
    ],
)
def test_a_neighbour_language_is_told_apart(text: str, language: str, guess: str) -> None:
    found = tongue(SOURCE, Side.of(text, language))
    assert found.foreign is not None
    assert found.foreign > 1.8
    assert found.guess == guess


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Переговоры о прекращении огня прошли в конструктивной обстановке.", "ru"),
        ("Atəşkəs danışıqları konstruktiv şəraitdə keçdi.", "az"),
    ],
)
def test_the_right_language_is_not_suspected(text: str, language: str) -> None:
    found = tongue(SOURCE, Side.of(text, language))
    assert found.script == 1.0
    assert found.foreign is not None
    assert found.foreign <= 0.0


def test_another_alphabet_is_seen() -> None:
    found = tongue(SOURCE, Side.of("Переговоры прошли хорошо.", "hy"))
    assert found.script == 0.0


def test_an_untranslated_copy_is_whole_and_a_brand_is_none() -> None:
    assert copied(SOURCE, Side.of(SOURCE.text, "az")) == 1.0
    brand = Side.of("Firefox Sync", "en")
    assert copied(brand, Side.of("Firefox Sync", "ru")) is None


def test_a_loop_is_repetition_and_the_same_words_in_the_source_excuse_it() -> None:
    loop = "мы едем и едем и едем и едем и едем".split()
    assert repetition(["we", "are", "going"], loop).excess >= 6
    assert repetition("no no no no".split(), "нет нет нет нет".split()).excess == 0


@pytest.mark.parametrize(
    ("text", "language", "sure"),
    [
        ("We will not retreat.", "en", 1),
        ("We don’t know.", "en", 1),
        ("Not only that.", "en", 0),
        ("Мы не отступим.", "ru", 1),
        ("Нефть подорожала за неделю.", "ru", 0),
        ("Մենք չենք նահանջի։", "hy", 1),
        ("Չորս երկիր եւ Չինաստանը։", "hy", 0),
        ("Biz geri çəkilməyəcəyik.", "az", 1),
        ("O gəlmir.", "az", 1),
        ("Dəmir yolu açılır.", "az", 0),
        ("Bu doğru deyil.", "az", 1),
    ],
)
def test_negation_is_found_where_the_language_puts_it(text: str, language: str, sure: int) -> None:
    found = negations_in(text, Side.of(text, language).lowered, language)
    assert found is not None
    assert len(found.sure) == sure


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("Мы никогда об этом говорили.", "ru", "никогда"),
        ("Մենք երբեք խոսել ենք այդ մասին։", "hy", "երբեք"),
        ("Biz bu barədə heç vaxt danışmışıq.", "az", "heç"),
    ],
)
def test_never_without_a_denied_verb_denies_nothing(text: str, language: str, word: str) -> None:
    found = negations_in(text, Side.of(text, language).lowered, language)
    assert found is not None
    assert (found.sure, found.concord) == ((), (word,))


@pytest.mark.parametrize(
    "text",
    [
        "Bunu heç kim bilmirdi.",
        "Biz razılığa gələ bilmədiyimiz üçün görüş keçirilmədi.",
        "Bu barədə danışmamalıyıq.",
        "Nə müharibə, nə də sülh var.",
        "Qərar verməzdən əvvəl düşünməsəydik, bu olmazdı.",
        "Dostlar, narahat olma.",
        "Bilmirsinizsə, soruşun; heç vaxt gecikməyəcəm.",
    ],
)
def test_azerbaijani_verbs_deny_in_every_tense(text: str) -> None:
    found = negations_in(text, Side.of(text, "az").lowered, "az")
    assert found is not None
    assert found.sure


@pytest.mark.parametrize(
    "text", ["Görüşmə təxirə salınıb.", "Yollar təmir olunur.", "Gəlməsi vacibdir.", "Bizim amma."]
)
def test_azerbaijani_verbal_nouns_and_look_alikes_do_not_deny(text: str) -> None:
    found = negations_in(text, Side.of(text, "az").lowered, "az")
    assert found is not None
    assert not found.sure


def test_an_armenian_prohibition_denies_and_a_stone_does_not() -> None:
    for text, sure in (("Մի՛ մոռացիր մեզ։", 1), ("Մի հետաքրքիր գիրք։", 0), ("Նա չեկավ։", 1)):
        seen = visible(text)
        found = negations_in(seen, Side.of(seen, "hy").lowered, "hy")
        assert found is not None
        assert len(found.sure) == sure


def test_a_lost_placeholder_is_named() -> None:
    assert markup_lost("Delete {name}?", "Удалить?") == ["{name}"]
    assert markup_lost("Delete {name}?", "Удалить {name}?") == []


def test_invisible_characters_are_not_there() -> None:
    assert visible("\u202aпривет\u202c\u200b \u2066мир\u2069") == "привет мир"
    assert visible("ո՞վ") == "ով"


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(min_size=1, max_size=60), st.text(max_size=60))
def test_agreement_is_a_percentage_and_whole_with_itself(one: str, other: str) -> None:
    assert 0.0 <= agreement(one, other) <= 100.0
    if one.split():
        assert agreement(one, one) == pytest.approx(100.0)


def test_what_is_remembered_of_words_has_an_end() -> None:
    memo = Memo(len)
    assert [memo[f"word{number}"] for number in (5, 5)] == [5, 5]
    for number in range(1 << 16):
        memo[str(number)]
    assert memo["a" * 100_000] == 100_000
    assert len(memo) <= 1 << 15
    assert max(map(len, memo)) < 100


@given(st.text(alphabet="aB1_ .'’«»\n\t\u00a0-ЯըƏ", max_size=40))
def test_a_text_cut_by_its_spaces_has_the_words_of_the_whole(text: str) -> None:
    side = Side.of(text, "en")
    assert list(side.words) == re.findall(r"[^\W_]+(?:['’][^\W_]+)*", side.text)
