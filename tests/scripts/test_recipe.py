from pathlib import Path

import pytest

from trilogue.corpora.errors import ConfigError
from trilogue.scripts.recipe import Recipe, load

RECIPE = """
to = ["ru", "az"]
documents_per_shard = 8
beam = 2

[segmenters]
en = "mine.segmenters:make"

[models]
ru = "Helsinki-NLP/opus-mt-en-ru@2b70"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_recipe_says_what_a_build_is_asked_for(tmp_path: Path) -> None:
    assert load(written(tmp_path, RECIPE)) == Recipe(
        to=("ru", "az"),
        documents_per_shard=8,
        beam=2,
        segmenters={"en": "mine.segmenters:make"},
        models={"ru": "Helsinki-NLP/opus-mt-en-ru@2b70"},
    )
    assert load(written(tmp_path, "")) == Recipe()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("too = ['ru']", r"recipe\.toml: .*unknown field `too`; the keys are to, documents_per_"),
        ("beam = 0", r"Expected `int` >= 1 at beam"),
        ("beam = 'wide'", r"Expected `int \| null`, got `str` at beam"),
        ("to = ['ru', 'de']", r"recipe\.toml: to: got 'de', expected some of ru, hy, az"),
        ("to = ['en']", "to: got 'en', expected some of ru, hy, az"),
        ("to = []", "to: got no language, expected some of ru, hy, az"),
        ("glossary_decode = true", "glossary_decode: no terms to use. Name a glossary"),
        ("[seconds]\nen = 'x'", "seconds: got 'en', expected some of ru, hy, az"),
        ("[aligners]\nen = 'x:y'", "aligners: got 'en', expected some of ru, hy, az"),
        ("[models]\nen = 'x'", "models: got 'en', expected some of ru, hy, az"),
        ("[models]\nru = ''", r"recipe\.toml: models\.ru: got nothing. Name one, or leave it out"),
        ("[segmenters]\nxx = 'x:y'", "segmenters: got 'xx', expected some of en, ru, hy, az"),
        ("beam = ", r"recipe\.toml: "),
    ],
)
def test_a_recipe_with_anything_unknown_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what):
        load(written(tmp_path, text))


def test_files_of_a_recipe_stand_beside_it_and_must_be_there(tmp_path: Path) -> None:
    path = written(tmp_path, 'glossary = "terms.csv"\n[calibrations]\nru = "fitted/ru.json"\n')
    with pytest.raises(ConfigError, match=r"recipe\.toml: glossary: /.*/terms\.csv: no such file"):
        load(path)
    (tmp_path / "terms.csv").touch()
    with pytest.raises(ConfigError, match=r"calibrations\.ru: /.*/fitted/ru\.json: no such file"):
        load(path)
    (tmp_path / "fitted").mkdir()
    (tmp_path / "fitted" / "ru.json").touch()
    assert load(path).glossary == str(tmp_path.resolve() / "terms.csv")
    assert load(path).calibrations == {"ru": str(tmp_path.resolve() / "fitted/ru.json")}


def test_a_recipe_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"to = ['\xff']")
    with pytest.raises(ConfigError, match=r"recipe\.toml: "):
        load(path)
