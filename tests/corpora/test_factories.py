"""Objects of a user's own, by the name of what makes them."""

import pytest

from trilogue.corpora.errors import ConfigError
from trilogue.corpora.factories import made_by


def test_the_factory_is_called() -> None:
    assert made_by("collections:OrderedDict", kind="thing") == {}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("collections", "thing: got 'collections', expected module:factory"),
        ("no_such_module:x", "thing no_such_module:x: No module named 'no_such_module'"),
        ("collections:nothing", "thing collections:nothing: .* has no attribute 'nothing'"),
        ("operator:add", "thing operator:add: .*arguments.*expected an importable module"),
    ],
)
def test_what_is_no_factory_is_told(name: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        made_by(name, kind="thing")
