"""Local times in every zone, also in the nights in which clocks change."""

import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sameboat.timetable.clocks import UTC, moment, read_local, write_local, zone_named
from sameboat.timetable.problems import NoSuchDay, NoSuchTime, UnknownZone
from sameboat.timetable.series import occurrences, read_series

ZONES = st.sampled_from(sorted(available_timezones()))
LOCAL = st.datetimes(read_local("2000-01-02T00:00"), read_local("2190-01-01T00:00")).map(
    lambda one: one.replace(second=0, microsecond=0)
)


@given(ZONES, LOCAL)
def test_a_local_time_means_the_first_moment_at_which_the_wall_shows_it(name, local):
    zone = zone_named(name)
    found = moment(local, zone)
    shown = found.astimezone(zone).replace(tzinfo=None)
    if shown == local:
        # Of a time that comes twice, the first.
        assert found.astimezone(zone).fold == 0
    else:
        # A skipped time: the clock was put forward past it.
        assert shown > local
        assert moment(shown, zone) == found


def changes(zone: ZoneInfo, year: int) -> list[datetime.datetime]:
    """The moments of a year, to the hour, at which the clocks of a zone change."""
    hours = [datetime.datetime(year, 1, 1, tzinfo=UTC) + datetime.timedelta(days=day) for day in range(366)]
    days = [one for one in hours if _offset(zone, one) != _offset(zone, one + datetime.timedelta(days=1))]
    steps = [[one + datetime.timedelta(hours=hour) for hour in range(24)] for one in days]
    return [next(one for one in day if _offset(zone, one) != _offset(zone, one + HOUR)) for day in steps]


HOUR = datetime.timedelta(hours=1)


def _offset(zone: ZoneInfo, when: datetime.datetime) -> datetime.timedelta | None:
    return when.astimezone(zone).utcoffset()


@given(ZONES, st.integers(2007, 2035), st.integers(-180, 180))
def test_around_both_changes_a_time_is_shown_as_written_or_skipped_past(name, year, minutes):
    zone = zone_named(name)
    for change in changes(zone, year):
        local = (change + HOUR).astimezone(zone).replace(tzinfo=None) + datetime.timedelta(minutes=minutes)
        found = moment(local, zone)
        shown = found.astimezone(zone)
        put_forward = _offset(zone, found + 2 * HOUR) - _offset(zone, found - 2 * HOUR)
        assert shown.replace(tzinfo=None) in (local, local + put_forward)
        assert shown.fold == 0


@given(ZONES, LOCAL, st.integers(1, 24 * 60))
def test_a_meeting_lasts_as_long_as_was_written_in_any_zone(name, start, minutes):
    end = start + datetime.timedelta(minutes=minutes)
    series = read_series(write_local(start), write_local(end), name, "FREQ=WEEKLY")
    around = moment(start, zone_named(name))
    year = datetime.timedelta(days=366)
    found = occurrences(series, around - year, around + year)
    assert len(found) == 53
    assert {one.end - one.start for one in found} == {datetime.timedelta(minutes=minutes)}
    # By the wall always the same weekday and time; in a night that skips it, later.
    walls = [one.start.astimezone(series.zone).strftime("%a %H:%M") for one in found]
    assert len([wall for wall in walls if wall != start.strftime("%a %H:%M")]) <= 2


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/London", "2027-03-28T01:30", "2027-03-28T01:30"),  # skipped: 01:00 becomes 02:00
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30"),  # comes twice: the first
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45"),  # half an hour is skipped
        ("Pacific/Apia", "2011-12-30T19:00", "2011-12-31T05:00"),  # a whole day was skipped
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:30"),
    ],
)
def test_nights_that_are_known(zone, local, utc):
    assert moment(read_local(local), ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") == utc


@pytest.mark.parametrize("text", ["", "2026-11-24", "2026-11-24T24:00", "1999-01-01T10:00", "٢٠٢٦-11-24T19:00"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(NoSuchTime):
        read_local(text)


@pytest.mark.parametrize("text", ["2027-02-29T19:00", "2026-04-31T19:00", "2100-02-29T10:00"])
def test_a_day_that_does_not_exist_is_refused_by_name(text):
    with pytest.raises(NoSuchDay):
        read_local(text)


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "../etc/passwd", "Mars/Olympus", "US/Pacific-New"])
def test_a_zone_that_is_not_there_or_no_more_is_refused(name):
    with pytest.raises(UnknownZone):
        zone_named(name)


def test_moments_are_in_utc():
    assert moment(read_local("2026-11-24T19:00"), ZoneInfo("UTC")).tzinfo is UTC
