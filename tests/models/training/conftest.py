"""A toy bitext of real words in four languages, small enough to be learnt by heart in a minute.

Its pieces are letters, and one layer of decoder cannot count: no word repeats a letter pair, as
"qanununu" would.
"""

import gzip
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

WHO = [
    ("The president", "Президент", "Նախագահը", "Prezident"),
    ("The minister", "Министр", "Նախարարը", "Nazir"),
    ("The translator", "Переводчик", "Թարգմանիչը", "Tərcüməçi"),
    ("The teacher", "Учитель", "Ուսուցիչը", "Müəllim"),
]
DOES = [
    ("reads", "читает", "կարդում է", "oxuyur"),
    ("writes", "пишет", "գրում է", "yazır"),
    ("signs", "подписывает", "ստորագրում է", "imzalayır"),
]
WHAT = [
    ("the letter", "письмо", "նամակը", "məktubu"),
    ("the treaty", "договор", "պայմանագիրը", "müqaviləni"),
    ("the short answer", "краткий ответ", "կարճ պատասխանը", "qısa cavabı"),
    ("the new paper", "новый документ", "նոր փաստաթուղթը", "yeni sənədi"),
]
ORDER = {"ru": (0, 1, 2), "hy": (0, 1, 2), "az": (0, 2, 1)}
STOPS = {"ru": ".", "hy": "։", "az": "."}


def pairs_of(lang: str) -> list[tuple[str, str]]:
    """English and its translation, 48 pairs."""
    column = ["en", "ru", "hy", "az"].index(lang)
    pairs = []
    for parts in product(WHO, DOES, WHAT):
        source = " ".join(part[0] for part in parts) + "."
        target = " ".join(parts[at][column] for at in ORDER[lang]) + STOPS[lang]
        pairs.append((source, target))
    return pairs


RECIPE = """
name = "toy"
seed = 3
development_pairs = 0
[pieces]
rows = 384
characters = 20000
[network]
width = 128
heads = 4
inner = 256
encoder_layers = 1
decoder_layers = 1
[training]
steps = {steps}
tokens = 512
rate = 2e-3
warmup = 20
decay = {decay}
dropout = 0.0
average = 0.9
bfloat16 = false
measure = {measure}
rough_chrf = 0
"""
DATA = """
[[data]]
path = "en-{lang}.tsv.gz"
lang = "{lang}"
task = "forward"
share = 1.0
"""


def write(folder: Path, *, steps: int, measure: int = 1000, decay: int = 60) -> Path:
    """Bitext of three languages and a recipe beside it; returns the recipe."""
    recipe = RECIPE.format(steps=steps, measure=measure, decay=decay)
    for lang in ORDER:
        rows = [f"tatoeba\t{source}\t{target}\n" for source, target in pairs_of(lang)]
        with gzip.open(folder / f"en-{lang}.tsv.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(rows)
        recipe += DATA.format(lang=lang)
    path = folder / "toy.toml"
    path.write_text(recipe, encoding="utf-8")
    return path


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A recipe of six steps."""
    return write(tmp_path, steps=6)


@pytest.fixture
def write_toy() -> Callable[..., Path]:
    """Writes bitext and recipe into a folder."""
    return write


@pytest.fixture
def toy_pairs() -> Callable[[str], list[tuple[str, str]]]:
    """The pairs of a language."""
    return pairs_of
