"""What ends a sentence, and what only looks like it: each line is one paragraph, "|" a cut."""

import pytest

from trilogue.corpora.segmenters import segmenter

ENGLISH = """
The buses leave at 10:30 a.m. and 2 p.m. | Nobody was late.
See vol. 2, pp. 5 and 6, and paras. 3 and 4. | The rest is in ch. IV.
We stand with the U.S. | They know it.
The U.S. Senate and the Russia-U.S. summit were mentioned. | The U.K. was not.
Mr. Karapetyan met Dr. A. B. Stone, Gen. Lee and Mrs. May. | They talked.
Mr President, I thank you. | Mr Prime Minister, welcome.
There are three tasks: 1. Trade. | 2. Energy. | 3. Peace.
We agreed on (a) trade; (b) energy; and (c) transit, etc. | Nothing else was said.
4.2. The parties confirm it. | 4.3. They sign it.
The minister said, "We are ready." | Then he left.
“We will work together. | ‘Together’ is the word.” | The hall applauded.
"Stop!" one of the guests cried.
"Why now?" I asked.
"Why now?" | He did not answer.
He asked, “Is it so?” and went on.
Over 479 ha were cleared, 3.9 percent more, at $1.5 million. | That is much.
On November 9–10 we met in St. Petersburg. | It was cold.
Sec. Stone quoted vol. I, p. 5, and said no. | I, for one, did not.
It was signed on Jan. 5, in No. 10. | No. | It was not.
Thank you. | (Laughter.) | Thank you. | (Applause.)
I… I mean, the… the talks go on. | They do…
Our ministers met. | So did I. | However, you were absent.
Apple Inc. shares rose. | It was Apple Inc. | They said so.
He holds a Ph.D. | He teaches.
In Stone v. Lake the court applied 18 U.S.C. § 5. | That was new.
At 10 a.m. Karapetyan arrived.
He came at 9 p.m. Moscow time. | So be it.
Smith et al. (2010) say so. | Smith et al. | They say so.
Elizabeth II came after World War I. | The war had ended.
Is it so? | Yes! | Really?! | Yes…
... And now to trade. | Go on.
[Inaudible.] | Yes.
It was quiet . . . | Then they spoke.
Read it at example.com. | It is free.
thank you for coming. | we start now. | is that fine? | yes.
Yahoo! and others e.g. the press, i.e. newspapers, were there.
Before. | *** | After.
"""

RUSSIAN = """
Это было в 2020 г. | Мы встретились в г. Москва.
В 2020 г. Россия приняла гостей.
Война шла в 1941–1945 гг. | После неё строили.
Это стоило 5 млн руб. | Много, т. е. дорого, и т. д. | Дальше.
Писали А. С. Пушкин и Л.Н. Толстой, т.е. классики. | И др. авторы.
См. стр. 5 и п. 3, ул. Мира, д. 5. | Там всё сказано.
– Да, – сказал он. | – Пойдёмте. | – Куда? – спросила она.
«Мы договоримся! | Мы вместе!» – сказал он.
Он сказал: «Мы готовы». | Она согласилась.
Он спросил: «Кто там?» | Иван молчал.
Мы помним роман «Кто виноват?» Герцена и книгу под ред. Орлова.
Что?! | Да… | Нет!
Выступили проф. Иванов, акад. Петров, г-н Сидоров и г-жа Ли. | Это важно.
Это тов. Иванов из с. Красное Тверской обл. | Он гость.
Цена 3,5 тыс. руб. за шт. | Хорошо.
Разминировано 20 га. | Осталось 5 кв. км.
Улица им. Ленина и набережная р. Волга. | Красиво.
"""

AZERBAIJANI = """
Bax: səh. 5, maddə 3. | Akad. Həsənov gəldi.
Alma, armud və s. | Bunlar meyvədir.
İqtisadiyyat, nəqliyyat və s. sahələr inkişaf edir. | İndi yol açıqdır.
S. Vurğun və M. F. Axundov yazıb. | İki böyük ədib.
Prof. Əliyev, dos. Məmmədov danışdı. | Onlar alimdir.
Saat 5-də başladı. | 10 nəfər gəldi. | İlk sual verildi.
“Gəlin!” – dedi. | O, salona keçdi.
E.ə. V əsrdə, uzunluğu 5 m. olan divar tikilib. | Sonra yıxılıb.
Görüş 2020-ci il noyabrın 9–10-da olub. | Bəyanat imzalanıb.
Təşəkkür edirəm. | (alqışlar) Sağ olun!
"""


def cases(language: str, text: str) -> list[tuple[str, str]]:
    return [(language, line) for line in text.strip().split("\n")]


@pytest.mark.parametrize(
    ("language", "line"),
    cases("en", ENGLISH) + cases("ru", RUSSIAN) + cases("az", AZERBAIJANI),
)
def test_a_paragraph_is_cut_where_its_sentences_end(language: str, line: str) -> None:
    expected = line.split(" | ")
    paragraph = " ".join(expected)
    found = [paragraph[start:end] for start, end in segmenter(language).spans(paragraph)]
    assert found == expected


@pytest.mark.parametrize(
    ("language", "paragraph", "expected"),
    [
        ("en", "Please rise.Thank you.", ["Please rise.", "Thank you."]),
        ("en", "Visit Yandex.Taxi, Lragir.am or U.S.-made goods.", None),
        ("ru", "Мы ждём.Спасибо.", ["Мы ждём.", "Спасибо."]),
        ("ru", "Центр им.Королёва, т.е.Центр.", None),
    ],
)
def test_sentences_without_a_space_between_are_two_but_names_are_not(
    language: str, paragraph: str, expected: list[str] | None
) -> None:
    found = [paragraph[start:end] for start, end in segmenter(language).spans(paragraph)]
    assert found == (expected or [paragraph])
