"""Series: what they meet on, what is moved or cancelled, and what is no series at all."""

import datetime
from dataclasses import replace

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from sameboat.timetable.clocks import UTC, read_local
from sameboat.timetable.problems import BadRule, EndsBeforeStart, LastsTooLong, NeverMeets, Problem, TooFar
from sameboat.timetable.series import check_reach, coming, last_end, occurrences, read_series

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
START, END = "2026-11-24T19:00", "2026-11-24T20:30"


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(series, after="2026-11-01", before="2026-12-20"):
    return [(one.start.strftime("%m-%d %H:%M"), one.state) for one in occurrences(series, at(after), at(before))]


def test_a_weekly_meeting_keeps_its_time_by_the_wall_all_year():
    series = read_series(START, END, "Europe/London", TUESDAYS)
    year = occurrences(series, at("2026-11-01"), at("2027-11-20"))
    assert {one.start.astimezone(series.zone).strftime("%a %H:%M") for one in year} == {"Tue 19:00"}
    assert {one.start.strftime("%H:%M") for one in year} == {"19:00", "18:00"}


def test_one_day_is_moved_and_another_cancelled():
    changes = [["2026-12-01T19:00", "2026-12-02T18:00", "2026-12-02T19:00"], ["2026-12-08T19:00", None, None]]
    series = read_series(START, END, "Europe/London", TUESDAYS, changes)
    assert told(series) == [
        ("11-24 19:00", "on"), ("12-02 18:00", "moved"), ("12-08 19:00", "cancelled"), ("12-15 19:00", "on"),
    ]  # fmt: skip


def test_a_day_moved_far_away_is_found_where_it_went():
    series = read_series(
        START, END, "Europe/London", TUESDAYS, [["2026-12-01T19:00", "2027-06-05T10:00", "2027-06-05T11:00"]]
    )
    assert "12-01 19:00" not in [when for when, _ in told(series)]
    assert ("06-05 09:00", "moved") in told(series, "2027-06-05", "2027-06-06")


def test_a_change_to_a_day_without_a_meeting_changes_nothing():
    series = read_series(
        START, END, "Europe/London", TUESDAYS, [["2026-12-02T19:00", "2026-12-03T10:00", "2026-12-03T11:00"]]
    )
    assert {state for _, state in told(series)} == {"on"}


def test_a_cancelled_one_is_passed_over_by_the_next():
    series = read_series(START, END, "Europe/London", TUESDAYS, [[START, None, None]])
    found = coming(series, at("2026-11-20"))
    assert found is not None and found.start == at("2026-12-01T19:00")
    assert coming(read_series(START, END, "Europe/London", TUESDAYS, cancelled=True), at("2026-11-20")) is None


def test_one_that_is_going_on_is_still_the_next():
    series = read_series(START, END, "Europe/London")
    assert coming(series, at("2026-11-24T20:29")) is not None
    assert coming(series, at("2026-11-24T20:30")) is None


def test_the_29th_of_february_comes_every_four_years():
    series = read_series("2028-02-29T19:00", "2028-02-29T20:00", "Europe/London", "FREQ=YEARLY")
    found = [one.start.year for one in occurrences(series, at("2027-01-01"), at("2037-01-01"))]
    assert found == [2028, 2032, 2036]


class Counted:
    """A rule that counts how far it was walked."""

    def __init__(self, rule):
        self.rule, self.steps = rule, 0

    def __iter__(self):
        for day in self.rule:
            self.steps += 1
            yield day


def test_many_changes_far_away_are_looked_at_in_one_walk():
    far = [f"2199-{month:02}-{day:02}T19:00" for month in (1, 2) for day in range(1, 25)]
    changes = [[was, "2026-12-01T10:00", "2026-12-01T11:00"] for was in far]
    series = read_series("2025-01-01T19:00", "2025-01-01T20:00", "Europe/London", "FREQ=DAILY", changes)
    counted = Counted(series.rule)
    found = occurrences(replace(series, rule=counted), at("2026-12-01"), at("2026-12-02"))
    assert (len(found), {one.state for one in found}) == (len(far) + 1, {"on", "moved"})
    assert counted.steps < 70_000
    # Cancelled far away, they ask for no walk of their own.
    off = [[was, None, None] for was in far]
    series = read_series("2025-01-01T19:00", "2025-01-01T20:00", "Europe/London", "FREQ=DAILY", off)
    counted = Counted(series.rule)
    assert len(occurrences(replace(series, rule=counted), at("2026-12-01"), at("2026-12-02"))) == 1
    assert counted.steps < 750


def test_times_that_nobody_plans_are_too_far():
    now = at("2026-11-24")
    check_reach(read_series(START, END, "Europe/London", TUESDAYS), now)
    old = read_series("2010-01-05T19:00", "2010-01-05T20:00", "Europe/London", TUESDAYS, [[START, None, None]])
    check_reach(old, now, old.start)
    for known in (None, read_local(START)):
        with pytest.raises(TooFar):
            check_reach(old, now, known)
    for change in (["2199-01-01T19:00", None, None], [START, "2039-01-01T19:00", "2039-01-01T20:00"]):
        with pytest.raises(TooFar):
            check_reach(read_series(START, END, "Europe/London", TUESDAYS, [change]), now)


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;INTERVAL=99;COUNT=999", "FREQ=DAILY;UNTIL=21991231", "FREQ=WEEKLY"])
def test_a_series_of_more_than_twelve_years_has_no_last_day_yet(rule):
    series = read_series("2079-01-01T19:00", "2079-01-01T20:00", "Europe/London", rule)
    assert last_end(series, at("2026-11-24")) is None


def test_a_series_is_over_with_its_last_day_moved_ones_with_it():
    changes = [["2026-12-01T19:00", "2027-01-05T19:00", "2027-01-05T21:00"]]
    series = read_series(START, END, "Europe/London", f"{TUESDAYS};COUNT=3", changes)
    assert last_end(series, at("2026-11-24")) == at("2027-01-05T21:00")
    assert last_end(read_series(START, END, "Europe/London"), at("2026-11-24")) == at("2026-11-24T20:30")


RULES = st.sampled_from([
    TUESDAYS, "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;COUNT=40", "FREQ=YEARLY", "FREQ=WEEKLY;UNTIL=20270601",
    "FREQ=MONTHLY;INTERVAL=3",
])  # fmt: skip


@given(RULES, st.datetimes(read_local("2026-01-01T00:00"), read_local("2030-01-01T00:00")), st.integers(0, 900))
def test_any_stretch_of_a_series_is_that_stretch_of_the_whole(rule, start, days):
    start = start.replace(second=0, microsecond=0)
    text, end = start.strftime("%Y-%m-%dT%H:%M"), (start + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    try:
        series = read_series(text, end, "Europe/Berlin", rule)
    except NeverMeets:
        return
    first = start.replace(tzinfo=UTC)
    whole = occurrences(series, first - datetime.timedelta(days=3), first + datetime.timedelta(days=1000))
    low = first + datetime.timedelta(days=days)
    high = low + datetime.timedelta(days=40)
    assert occurrences(series, low, high) == [one for one in whole if one.end > low and one.start < high]
    by_library = list(rrulestr(rule, dtstart=start)[:3])
    assert [one.was for one in whole[: len(by_library)]] == by_library[: len(whole)]


@pytest.mark.parametrize("rule", [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;UNTIL=20260101", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
])  # fmt: skip
def test_a_series_that_never_meets_is_refused_by_name(rule):
    with pytest.raises(NeverMeets):
        read_series(START, END, "Europe/London", rule)


@pytest.mark.parametrize("rule", [
    "WEEKLY", "FREQ=HOURLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=WEEKLY;FREQ=DAILY",
    "FREQ=WEEKLY;", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "INTERVAL=2",
    "FREQ=WEEKLY\nDTSTART:20200101", "FREQ=WEEKLY;UNTIL=20271399",
])  # fmt: skip
def test_a_rule_that_is_not_known_is_refused(rule):
    with pytest.raises(BadRule):
        read_series(START, END, "Europe/London", rule)


def test_an_end_before_the_start_is_refused_by_name():
    for end in ("2026-11-24T18:59", START):
        with pytest.raises(EndsBeforeStart):
            read_series(START, end, "Europe/London")
    with pytest.raises(LastsTooLong):
        read_series(START, "2026-11-25T19:01", "Europe/London")
    with pytest.raises(EndsBeforeStart):
        read_series(START, END, "Europe/London", TUESDAYS, [[START, "2026-11-25T19:00", "2026-11-25T18:00"]])


def test_every_problem_has_a_name_and_a_sentence_of_its_own():
    kinds = [Problem, *Problem.__subclasses__()]
    assert len({one.code for one in kinds}) == len(kinds) - 1
    assert read_local(START).hour == 19
