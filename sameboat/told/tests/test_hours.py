"""Quiet hours by the wall clock of the person, through both changes of the clocks, in every zone."""

import datetime
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from sameboat.told.hours import Hours

ZONES = sorted(available_timezones())
MINUTE = st.integers(0, 1_439)


def at(text, zone="Europe/London"):
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def test_the_night_ends_in_the_morning():
    night = Hours("Europe/London", 22 * 60, 8 * 60)
    assert night.free_from(at("2026-11-21T23:30")) == at("2026-11-22T08:00")
    assert night.free_from(at("2026-11-22T07:59")) == at("2026-11-22T08:00")
    assert night.free_from(at("2026-11-22T08:00")) == at("2026-11-22T08:00")
    assert not night.is_quiet(at("2026-11-22T21:59"))


def test_a_change_of_the_clocks_moves_no_end():
    night = Hours("Europe/London", 22 * 60, 8 * 60)
    for evening, morning in (("2026-03-28T23:00", "2026-03-29T08:00"), ("2026-10-24T23:00", "2026-10-25T08:00")):
        assert night.free_from(at(evening)) == at(morning)


def test_a_break_is_quiet_all_through_and_may_end_in_the_night():
    free = Hours("Europe/London", 22 * 60, 8 * 60, at("2026-11-23T23:00")).free_from(at("2026-11-21T12:00"))
    assert free == at("2026-11-24T08:00")


def test_a_zone_that_no_longer_exists_leaves_nobody_untold():
    assert Hours("Mars/Olympus", 0, 60).free_from(at("2026-11-21T12:00")) == at("2026-11-21T12:00")


@given(st.sampled_from(ZONES), MINUTE, MINUTE, st.integers(0, 4_102_444_800))
def test_nobody_waits_longer_than_a_day_and_an_hour_and_never_backwards(zone, quiet_from, quiet_to, now):
    free = Hours(zone, quiet_from, quiet_to).free_from(now)
    assert now <= free <= now + 25 * 3_600
