"""After a copy of the server was put back, members hand back the plans that it did not hold (SPEC 17)."""

import datetime

import pytest

from sameboat.circles.actions.restoring import end_day, note_restored
from sameboat.lib import clock
from sameboat.meetings.api import RETURNING
from sameboat.meetings.models import Meeting
from sameboat.meetings.reminders import due_reminders
from sameboat.meetings.tests.calendars import changed, put, read, told, weekly
from sameboat.protocol.encoding import b64u
from sameboat.protocol.seal import sign_plan
from sameboat.told.models import Errand
from sameboat.told.rounds import begin_anew, remind
from tests.fixtures.asking import now

HOUR, DAY = 3_600, 86_400
FIRST = int(datetime.datetime(2036, 1, 1, 19, tzinfo=datetime.UTC).timestamp())


def put_back(*, made: int | None = None) -> None:
    """A copy from an hour ago, unless said otherwise, has taken the server's place."""
    note_restored([], to=now() - HOUR if made is None else made, now=now())


def again(group, plan, by="Ben", signer="Ana"):
    keys = group.keys[signer]
    body = {"plan": b64u(plan.raw), "sig": b64u(sign_plan(keys, plan)), "author": b64u(keys.member)}
    return group.ask(by, "POST", "/meetings/again", body)


@pytest.fixture
def cancelled(group):
    """A plan as the copy has it, and its end that came after the copy."""
    plan = weekly(group)
    put(group, plan)
    assert group.ask("Ben", "PUT", "/reminders", {"day_before": True, "two_hours_before": True}).status == 204
    return plan, changed(plan, cancelled=True)


def test_a_meeting_that_was_called_off_since_stays_called_off_and_reminds_nobody_p45(group, cancelled):
    _plan, off = cancelled
    put_back()
    for _ in range(2):
        assert again(group, off).status == 200
    assert [read(row) for row in told(group, "Ana")] == [off]
    assert [one for take in due_reminders(FIRST - DAY) for one in take(FIRST - DAY)] == []
    assert remind(FIRST - DAY) == 0


def test_a_meeting_planned_since_comes_back_by_a_members_hand(group):
    plan = weekly(group)
    put_back()
    assert again(group, plan).status == 200
    assert [read(row) for row in told(group, "Ben")] == [plan]


def test_where_no_copy_was_put_back_or_at_another_time_nothing_comes_by_this_door(group, cancelled):
    plan, off = cancelled
    assert again(group, off).code == "not_restored"
    put_back(made=now() - 60)
    assert again(group, weekly(group, time=now() - HOUR)).code == "clock"
    assert [read(row) for row in told(group, "Ben")] == [plan]


def test_once_that_day_is_over_nothing_more_comes_by_this_door_p45(group, cancelled):
    """Somebody who was host then, and is none now, could sign a time of then for as long as they live."""
    plan, off = cancelled
    put_back()
    assert end_day(now=now())
    assert again(group, off).code == "not_restored"
    assert [read(row) for row in told(group, "Ben")] == [plan]


def test_one_member_does_not_keep_a_group_waiting_by_handing_back(group, cancelled):
    _plan, off = cancelled
    put_back()
    ben = group.people["Ben"].id.hex()
    RETURNING.forget(ben)
    assert again(group, off).status == 200
    # As many as are taken at once, in a minute to come, so that however long each takes nothing is let go meanwhile.
    for _ in range(RETURNING.burst):
        RETURNING.spend(ben, now=clock.seconds() + 60)
    assert again(group, off).code == "slow_down"
    assert again(group, off, by="Ana").status == 200


def test_an_older_plan_another_hand_and_a_leap_are_not_taken(group, cancelled):
    plan, off = cancelled
    put(group, off)
    put_back()
    assert read(again(group, plan).told) == off
    assert again(group, changed(off), signer="Ben").code == "not_a_host"
    assert again(group, weekly(group, version=1_001)).code == "not_canonical"
    assert [read(row) for row in told(group, "Ana")] == [off]


def test_to_strangers_and_those_who_left_there_is_no_such_group(group, cancelled):
    _plan, off = cancelled
    group.join("Mo")
    group.leave("Mo")
    stranger = group.guest(group.invite(), "Eve")
    put_back()
    body = {"plan": b64u(off.raw), "sig": b64u(bytes(64)), "author": b64u(bytes(16))}
    for person in (stranger, group.people["Mo"]):
        assert person.ask("POST", f"{group.path}/meetings/again", body).code == "nothing_here"


def test_what_fell_due_or_was_under_way_in_the_copy_is_not_told_again(group, cancelled):
    late = now() - 1
    Meeting.objects.everywhere("a test").update(remind_at=late)
    begin_anew(now())
    assert Meeting.objects.everywhere("a test").get().remind_at == FIRST - DAY
    assert not Errand.objects.exists()
