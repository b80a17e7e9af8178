"""Commands are tried on the small finished corpus that the room of corpora makes for its tests."""

import importlib.util
from pathlib import Path

MAKER = Path(__file__).parents[1] / "corpora" / "conftest.py"

_spec = importlib.util.spec_from_file_location("corpora_conftest", MAKER)
assert _spec and _spec.loader
_maker = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_maker)
make_corpus = _maker.make_corpus
forum = _maker.forum
