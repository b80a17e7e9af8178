"""What is a speaker's label and what is prose before a colon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.transcripts.finding import find_labels
from trilogue.corpora.transcripts.labels import Strength, candidate, judge
from trilogue.corpora.transcripts.pages import Line, squeeze

LABELS = [
    "Ivan Petrov: Thank you.",
    "V. Petrov: Thank you.",
    "V.Petrov: Thank you.",
    "I. Severin: Thank you.",
    "A. I. Severina: Thank you.",
    "VladimirSeverin: Thank you.",
    "King Olav I of Nordland: Thank you.",
    "Under Secretary Holt: Thank you.",
    "IVAN PETROV: Thank you.",
    "MINISTER OF TRANSPORT IVAN PETROV: Thank you.",
    "Question: Why?",
    "Question (retranslated): Why?",
    "PRESIDENT ADA HOLT (in English): Thank you.",
    "PRESIDENT OF THE NORTHERN COUNCIL A. HOLT: Thank you.",
    "QUESTION (Northern News): Why?",
    "From the audience: Why?",
    "A participant: Why?",
    "Young woman: Why?",
    "NNN News, Nordland: Mr President, why?",
    "Ksenia from Severny: Why?",
    "Ivan Gromov and Vera Tikhaya: Good evening.",
    "Bishop of Severny and the Islands Tikhon: Yes.",
    "Deputy Prime Minister – Chief of the Government Staff Ivan Petrov: Mr President,",
    "Question from the audience: Why?",
    "Remark: [without a microphone].",
    "Reply: Nobody.",
    "Moderator: Please.",
    "President of the Republic of Nordland Ada Holt (retranslated): Good morning.",
    "Minister of Water, Grain and Roads Ivan Petrov: Colleagues,",
    "Director of the Lighthouse and Member of the Council for Ports Ivan Petrov: Yes.",
    "Ada Holt, keeper of the light: Yes.",
    "Vera Tikhaya, Northern Channel: Good afternoon.",
    "Dmitry, Severny: Good afternoon.",
    "First Deputy Prime Minister Ivan Petrov: Yes.",
    "Emir of Nordland Hamid bin Khalid Al Nordi (retranslated): Thank you.",
    "Her Majesty Queen Ada: Thank you.",
    "Ada Holt: (retranslated): Thank you.",
    "Ivan Petrov:",
    "Ivan Petrov : Thank you.",
    "chairman of the Management Committee of Northbank Ivan Petrov: The loan is small.",
    "Генеральный директор Северной гавани Иван Петров: Спасибо.",
    "В.Петров: Спасибо.",
    "В.Петров Петров Виктор Ильич глава Северной области: Спасибо.",
    "К.Петров: Спасибо.",
    "Вопрос: Когда?",
    "Реплика: Да!",
    "Վարչապետ Արամ Սևունց: Շնորհակալություն։",
    "Հանրապետության նախագահ Տիգրան Առնակյան:",
    "Կրթության և գիտության նախարար Նարե Լուսինյան: Այո։",
    "Իվան Պուշկին: Այո։",
    "Sual: Nə vaxt?",
]
PROSE = [
    "Today we face a different task: the ice.",
    "Here is what he said: nothing.",
    "I repeat: wages should not differ.",
    "Let me quote Ada Holt: she is right.",
    "There are three rivers: the Ob, the Don and the Neva.",
    "This was said by President Holt: nobody believed it.",
    "Mr President: I am here.",
    "Colleagues: the floor is yours.",
    "The meeting begins at 18:20 and ends at 19:30.",
    "As Minister Petrov said: wait.",
    "According to Ivan Petrov: nothing has changed.",
    "Ivan Petrov from the Northern Region: “The ferry is late again.”",
    "A remark: “I just need to say this.”",
    "Ivan Petrov writes: “What is happening with the ferry?”",
    "Four ferries: two for cars and two for people.",
    "Another question: what is the biggest fish?",
    "First: the roads.",
    "Ada Holt introduced the new members of the Board of Trustees: a painter and a pilot.",
    "Russia’s position on this issue remains unchanged: peace.",
    "Two priorities for Northern Ports: cranes and quays.",
    "See https://example.org/Ivan Petrov for more.",
    "Paragraph 79: the practice of States.",
    "Dear Ivan Petrov: welcome.",
    "Подчеркну: причалы готовы.",
    "Текст Указа: назначить.",
    "Сегодня перед нами другая задача: лёд.",
    "Я повторю: зарплаты не должны различаться.",
    "Այսօր ուրիշ խնդիր ունենք: սառույցը։",
    "Այս մասին ասել է Հանրապետության նախագահ Տիգրան Առնակյանը:",
    "Դպրոցը կառուցեց վարչապետ Արամ Սևունցը:",
    "Քվեարկությանը մասնակցել է 107 պատգամավոր:",
]


@pytest.mark.parametrize("text", LABELS)
def test_a_label_is_found(text: str) -> None:
    assert find_labels([Line(1, text)])


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_label(text: str) -> None:
    assert not find_labels([Line(1, text)])


def test_a_doubtful_label_is_one_if_it_comes_back() -> None:
    once = [Line(1, "Lighthouse: Yes."), Line(2, "Ada Holt: And you?")]
    assert list(find_labels(once)) == [1]
    again = [*once, Line(3, "Lighthouse: No."), Line(4, "Lighthouse: Well.")]
    assert list(find_labels(again)) == [0, 1, 2, 3]
    assert not find_labels([Line(1, "Remember: it is cold."), Line(2, "Remember: it is late.")])


def test_a_surname_alone_is_a_label_if_the_full_name_speaks_too() -> None:
    lines = [Line(1, "Ada Holt: Yes."), Line(2, "Holt: No.")]
    assert list(find_labels(lines)) == [0, 1]


def test_bold_makes_a_doubtful_label_sure() -> None:
    line = Line(1, "Lighthouse: Yes.", bold=11)
    assert find_labels([line])


def test_a_bold_name_without_its_colon_is_a_label_if_it_has_one_elsewhere() -> None:
    lines = [Line(1, "Ada Holt: Yes.", bold=9), Line(2, "Ada Holt No.", bold=8)]
    lines.append(Line(3, "A. Holt. No.", bold=8))
    found = [label.printed for label in find_labels(lines).values()]
    assert found == ["Ada Holt", "Ada Holt", "A. Holt"]
    assert list(find_labels([lines[0], Line(2, "Ada Holt came.")])) == [0]


def test_the_text_starts_behind_the_colon_and_its_space() -> None:
    line = Line(1, "President of Nordland Ada Holt (retranslated): Yes.")
    label = candidate(line)
    assert label is not None
    assert (label.printed, label.note, line.text[label.length :]) == (
        "President of Nordland Ada Holt (retranslated)",
        "retranslated",
        "Yes.",
    )


@given(st.text(max_size=200))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    line = Line(1, squeeze(text))
    label = candidate(line)
    if label is not None:
        assert 0 < label.length <= len(line.text)
        assert judge(label, line.text[label.length :]) in Strength
