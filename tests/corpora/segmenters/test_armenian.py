"""Armenian ends its sentences with "։", or a colon typed for it, and never at a dot."""

import pytest

from trilogue.corpora.segmenters import segmenter

LINES = """
Նախարարը ժամանեց երեկ։ | Ո՞վ դիմավորեց նրան։ | Վարչապե՛տը։
Նախարարը ժամանեց երեկ: | Հանդիպումը սկսվեց ժամը 10:30-ին: | Այն տևեց մեկ ժամ:
Հանդիպումը սկսվեց ժամը 20: 15-ին։ | Այո։
Ելույթ ունեցան Ա. Սարգսյանը, պրոֆ. Գ. Ավետյանը և ուրիշներ. դահլիճը լսում էր։ | Վերջ։
Որքա՜ն լավ է. շարունակե՛նք։ | Շնորհակալությո՛ւն։
«Մենք պատրաստ ենք։ | Սկսենք»,– ասաց նա։
Նա ասաց. «Սկսենք»։ | Բոլորը համաձայնեցին։
2020 թ. նոյեմբերի 9-ին ստորագրվեց հայտարարություն։ | Դա կարևոր էր։
Կարդացեք «Արցախ: պատմական ակնարկ» գրքույկը։ | Այն նոր է։
Մանրամասները՝ http://example.am կայքում։ | Այցելեք։
Ճանապարհը երկար է... | Բայց մենք գնում ենք… և կհասնենք։
"""


@pytest.mark.parametrize("line", LINES.strip().split("\n"))
def test_an_armenian_paragraph_is_cut_where_its_sentences_end(line: str) -> None:
    expected = line.split(" | ")
    paragraph = " ".join(expected)
    found = [paragraph[start:end] for start, end in segmenter("hy").spans(paragraph)]
    assert found == expected
