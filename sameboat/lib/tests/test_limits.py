"""Rate limits slow down, never lock out, and remember nobody."""

import pytest

from sameboat.lib.limits import DAY, LONGEST_WAIT, Limit
from sameboat.lib.refusals import SlowDown

NOON = 20_000 * DAY + 43_200


def test_a_burst_is_let_through_and_then_one_at_a_time():
    limit = Limit("tries", burst=3, every=10)
    for _ in range(3):
        limit.spend("here", now=NOON)
    with pytest.raises(SlowDown) as refused:
        limit.spend("here", now=NOON)
    assert refused.value.wait == 10
    limit.spend("here", now=NOON + 10)


def test_one_wait_is_always_enough_however_often_someone_tried():
    limit = Limit("tries", burst=2, every=LONGEST_WAIT)
    for _ in range(500):
        with pytest.raises(SlowDown) as refused:
            for _ in range(3):
                limit.spend("here", now=NOON)
        assert refused.value.wait <= LONGEST_WAIT
    limit.spend("here", now=NOON + LONGEST_WAIT)


def test_one_person_does_not_slow_another():
    limit = Limit("tries", burst=1, every=5)
    limit.spend("here", now=NOON)
    limit.spend("there", now=NOON)


def test_a_counter_can_be_cleared():
    limit = Limit("tries", burst=1, every=5)
    limit.spend("here", now=NOON)
    limit.forget("here")
    limit.spend("here", now=NOON)


def test_nothing_of_who_it_was_is_kept_and_the_key_is_new_each_day():
    limit = Limit("tries", burst=1, every=5)
    limit.spend("203.0.113.7", now=NOON)
    before = dict(limit._levels)
    assert "203.0.113.7" not in str(limit._levels)
    assert "_key" not in repr(limit)
    limit.spend("203.0.113.7", now=NOON + DAY)
    assert not before.keys() & limit._levels.keys()


def test_a_limit_that_would_lock_out_cannot_be_made():
    for every in (0, LONGEST_WAIT + 1):
        with pytest.raises(ValueError, match="locked out"):
            Limit("tries", burst=1, every=every)
