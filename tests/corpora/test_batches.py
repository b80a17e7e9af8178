"""Streams in lists."""

from hypothesis import given
from hypothesis import strategies as st

from trilogue.corpora.batches import batched


@given(st.lists(st.integers(), max_size=50), st.integers(1, 20))
def test_batches_hold_all_items_in_order(items: list[int], size: int) -> None:
    batches = list(batched(iter(items), size))
    assert [item for batch in batches for item in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])
    assert not batches or 1 <= len(batches[-1]) <= size


def test_no_more_is_taken_than_the_batch_that_is_asked_for() -> None:
    ahead = iter(range(10))
    assert next(batched(ahead, 3)) == [0, 1, 2]
    assert next(ahead) == 3
