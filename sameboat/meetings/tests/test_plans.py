"""Planning over the API: by hosts, for members, and nothing to anybody else."""

import datetime
import os
from dataclasses import replace

import pytest

from sameboat.circles.rounds import empty_circles_go
from sameboat.meetings.actions import forget_meetings
from sameboat.meetings.models import Meeting
from sameboat.meetings.tests.calendars import changed, put, read, told, weekly
from sameboat.protocol.encoding import b64u
from tests.fixtures.asking import now

DAY = 86_400
DECEMBER = {"start": "2036-12-02T19:00", "end": "2036-12-02T20:00", "rule": ""}


def test_a_host_plans_a_series_and_every_member_is_told_its_next_days(group):
    plan = weekly(group, start="2026-01-06T19:00", end="2026-01-06T20:30")
    assert put(group, plan).status == 201
    (row,) = told(group, "Ben")
    assert read(row) == plan
    assert row["author"] == b64u(group.member("Ana"))
    starts = [day["start"] for day in row["days"]]
    assert len(starts) == 8 and starts == sorted(starts) and row["days"][0]["end"] > now()
    assert {day["end"] - day["start"] for day in row["days"]} == {5400}


def test_one_day_is_cancelled_and_another_moved(group):
    plan = weekly(group)
    put(group, plan)
    off, moved = ["2036-01-01T19:00", None, None], ["2036-01-08T19:00", "2036-01-09T10:00", "2036-01-09T11:00"]
    assert put(group, changed(plan, changes=[off, moved])).status == 201
    (row,) = told(group, "Ben")
    # Nothing before, so the next that takes place is told, however far away.
    start = int(datetime.datetime(2036, 1, 9, 10, tzinfo=datetime.UTC).timestamp())
    assert row["days"] == [{"was": moved[0], "start": start, "end": start + 3_600, "state": "moved"}]


def test_the_same_plan_again_is_answered_as_the_first_time(group):
    plan = weekly(group)
    assert [put(group, plan).status for _ in range(2)] == [201, 201]
    assert len(told(group, "Ana")) == 1


def test_the_same_plan_again_is_answered_as_the_first_time_also_much_later(group, monkeypatch):
    plan, later = weekly(group), now() + 3_600
    put(group, plan)
    monkeypatch.setattr("sameboat.meetings.api.now", lambda: later)
    assert put(group, plan).status == 201
    assert put(group, replace(plan, version=2)).code == "clock"


def test_an_old_series_can_still_be_changed_and_called_off(group):
    plan = weekly(group)
    put(group, plan)
    old = replace(plan, start="2020-01-07T19:00", end="2020-01-07T20:30")
    Meeting.objects.everywhere("a test").update(plan=old.raw)
    assert put(group, changed(old, changes=[["2036-01-01T19:00", None, None]])).status == 201
    assert put(group, changed(changed(old), start="2021-01-05T19:00", end="2021-01-05T20:30")).code == "too_far"
    off = changed(changed(old), cancelled=True)
    assert put(group, replace(off, changes=[["2199-01-01T19:00", None, None]])).code == "too_far"
    assert put(group, off).status == 201


@pytest.mark.parametrize("version", [1_001, 2**31 - 1, 2**53 - 1])
def test_no_host_takes_the_last_number_there_is(group, version):
    assert put(group, weekly(group, version=version)).code == "not_canonical"
    plan = weekly(group)
    put(group, plan)
    assert put(group, replace(plan, version=version + 1 if version < 2_000 else version)).code == "not_canonical"
    assert put(group, replace(plan, version=1_001)).status == 201
    assert read(told(group, "Ben")[0]).version == 1_001


def test_a_number_beyond_what_four_bytes_hold_is_kept(group):
    plan = weekly(group)
    put(group, plan)
    Meeting.objects.everywhere("a test").update(version=2**31)
    assert put(group, replace(plan, version=2**31 + 1)).status == 201
    assert Meeting.objects.everywhere("a test").get().version == 2**31 + 1


def test_two_hosts_at_once_do_not_undo_each_other(group):
    plan = weekly(group)
    put(group, plan)
    mine = changed(plan, cancelled=True)
    assert put(group, mine).status == 201
    late = put(group, changed(plan, zone="Europe/Berlin"))
    assert (late.status, late.code) == (409, "plan_moved")
    assert read(late.told["meeting"]) == mine == read(told(group, "Ben")[0])


def test_a_member_who_is_no_host_changes_nothing(group):
    plan = weekly(group)
    put(group, plan)
    assert put(group, weekly(group), by="Ben").code == "not_a_host"
    assert put(group, changed(plan, cancelled=True), by="Ben").code == "not_a_host"
    assert put(group, changed(plan, cancelled=True), by="Ben", signer="Ana").code == "not_a_host"
    assert put(group, changed(plan, cancelled=True), signer="Ben").code == "bad_signature"
    assert put(group, weekly(group, circle=os.urandom(32))).code == "wrong_circle"
    assert read(told(group, "Ana")[0]) == plan


def test_to_strangers_and_those_who_left_there_is_no_such_group(group):
    put(group, weekly(group))
    group.join("Mo")
    group.leave("Mo")
    stranger = group.guest(group.invite(), "Eve")
    plan = {"plan": b64u(weekly(group).raw), "sig": b64u(bytes(64))}
    for person in (stranger, group.people["Mo"]):
        for method, path, body in [("GET", "/meetings", None), ("POST", "/meetings", plan),
                                   ("PUT", "/reminders", {"day_before": True, "two_hours_before": False})]:  # fmt: skip
            answer = person.ask(method, f"{group.path}{path}", body)
            assert (answer.status, answer.code) == (404, "nothing_here")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "never_meets"),
        ({"end": "2036-01-01T18:00"}, "ends_before_start"),
        ({"start": "2027-02-29T19:00", "end": "2027-02-29T20:00"}, "no_such_day"),
        ({"zone": "Europe/Nowhere"}, "unknown_zone"),
        ({"zone": "localtime"}, "unknown_zone"),
        ({"zone": "Factory"}, "unknown_zone"),
        ({"rule": "FREQ=SECONDLY"}, "bad_rule"),
        ({"end": "2036-01-03T19:00"}, "lasts_too_long"),
        ({"start": "tomorrow"}, "bad_time"),
        ({"start": "2000-01-01T19:00", "end": "2000-01-01T20:30"}, "too_far"),
        ({"start": "2199-01-01T19:00", "end": "2199-01-01T20:30"}, "too_far"),
        ({"changes": [["2199-01-01T19:00", None, None]]}, "too_far"),
        ({"changes": [["2036-01-01T19:00", "2199-01-01T19:00", "2199-01-01T20:00"]]}, "too_far"),
    ],
)
def test_times_that_cannot_be_are_refused_with_a_sentence_and_nothing_is_kept(group, changes, code):
    answer = put(group, weekly(group, **changes))
    assert (answer.status, answer.code) == (422, code)
    assert answer.told["sentence"].endswith(".")
    assert told(group, "Ana") == []


def test_a_plan_from_another_day_is_not_taken(group):
    assert put(group, weekly(group, time=now() - 3600)).code == "clock"


def test_what_has_lost_its_zone_is_kept_says_so_and_can_be_called_off(group, monkeypatch):
    plan = weekly(group, zone="Europe/London")
    put(group, plan)
    monkeypatch.setattr("sameboat.timetable.clocks._known", lambda: frozenset({"Europe/Berlin"}))
    (row,) = told(group, "Ben")
    assert (row["days"], row["trouble"]["code"], read(row)) == ([], "unknown_zone", plan)
    assert put(group, changed(plan, cancelled=True)).status == 201
    assert put(group, changed(changed(plan), zone="Europe/Berlin")).status == 201
    assert told(group, "Ben")[0]["trouble"] is None


def test_what_is_over_or_called_off_goes_after_thirty_days(group):
    once, called_off, going_on = weekly(group, **DECEMBER), weekly(group), weekly(group)
    for plan in (once, called_off, going_on):
        put(group, plan)
    put(group, changed(called_off, cancelled=True))
    assert forget_meetings(now() + 31 * DAY) == 1
    assert forget_meetings(now() + 20 * 365 * DAY) == 1
    assert [read(row) for row in told(group, "Ben")] == [going_on]


def test_meetings_go_with_their_group(group):
    put(group, weekly(group))
    group.leave("Ben")
    group.leave("Ana")
    empty_circles_go(now())
    assert not Meeting.objects.everywhere("a test").exists()
