"""Reminders of meetings come once, at the time somebody chose, in the same words as everything else."""

import pytest

from sameboat.meetings.tests.calendars import changed, put, weekly
from sameboat.meetings.tests.test_reminders import DAY, FIRST, HOUR, wish
from sameboat.told.actions import ring, want_rings
from sameboat.told.models import Errand, Mailbox, Wish
from sameboat.told.rounds import remind, tell
from sameboat.told.tests.rounds import USUAL, WORDS, fails_in


def told_at(group, push_service, name="Ben"):
    """Somebody who is told by push, and wants to know of meetings two hours before."""
    device = push_service.subscribe()
    assert group.people[name].put_way("device", device.body).status == 200
    wish(group, name, hours=True)
    return device


def test_a_reminder_comes_once_and_says_nothing(group, telling, push_service):
    put(group, weekly(group))
    device = told_at(group, push_service)
    assert remind(FIRST - 3 * HOUR) == 0
    assert [remind(FIRST - 2 * HOUR + 10 * step) for step in range(3)] == [1, 0, 0]
    assert tell(FIRST - 2 * HOUR + 30) == 1
    assert push_service.told(device) == [WORDS]


def test_one_that_quiet_hours_hold_back_too_long_is_dropped(group, telling, push_service):
    put(group, weekly(group))
    told_at(group, push_service)
    Wish.objects.of(group.people["Ben"].id).update(break_until=FIRST + HOUR)
    assert remind(FIRST - 2 * HOUR) == 0
    assert tell(FIRST + 2 * HOUR) == 0


def test_who_wants_none_of_meetings_and_a_cancelled_day_are_not_told(group, telling, push_service):
    plan = weekly(group)
    put(group, plan)
    told_at(group, push_service)
    put(group, changed(plan, changes=[["2036-01-01T19:00", None, None]]))
    assert remind(FIRST - 2 * HOUR) == 0
    group.people["Ben"].ask("PUT", "/told", {**USUAL, "meetings": False})
    assert remind(FIRST + 7 * DAY - 2 * HOUR) == 0


def test_a_break_without_end_in_a_row_keeps_no_reminder_from_anybody(group, telling, push_service):
    put(group, weekly(group))
    device = told_at(group, push_service)
    group.join("Eve")
    told_at(group, push_service, "Eve")
    group.people["Eve"].ask("PUT", "/told", {**USUAL, "quiet_from": 1_320, "quiet_to": 480})
    Wish.objects.of(group.people["Eve"].id).update(break_until=2**53 - 1)
    assert remind(FIRST - 2 * HOUR) == 1
    assert tell(FIRST - 2 * HOUR + 30) == 1
    assert push_service.told(device) == [WORDS]


def test_one_who_cannot_be_reminded_keeps_nobody_else_from_it(group, telling, push_service, monkeypatch):
    put(group, weekly(group))
    told_at(group, push_service)
    group.join("Eve")
    told_at(group, push_service, "Eve")
    group.people["Eve"].ask("PUT", "/told", {**USUAL, "zone": "Europe/Paris"})
    monkeypatch.setattr("sameboat.told.telling.hours_of", fails_in("Europe/Paris"))
    assert remind(FIRST - 2 * HOUR) == 1


NIGHT = {**USUAL, "zone": "UTC", "quiet_from": 960, "quiet_to": 1_080}


def held_back(group, push_service):
    """Ben's reminder of a meeting at seven is set out at five, and he is quiet until six. Returns plan and device."""
    plan = weekly(group)
    put(group, plan)
    device = told_at(group, push_service)
    group.people["Ben"].ask("PUT", "/told", NIGHT)
    assert remind(FIRST - 2 * HOUR) == 1
    assert tell(FIRST - 2 * HOUR + 30) == 0
    return plan, device


def test_a_reminder_that_waited_for_the_morning_comes_then(group, telling, push_service):
    _plan, device = held_back(group, push_service)
    assert [tell(FIRST - HOUR - 1), tell(FIRST - HOUR), tell(FIRST - HOUR + 30)] == [0, 1, 0]
    assert push_service.told(device) == [WORDS]


@pytest.mark.parametrize(
    "change", [["2036-01-01T19:00", None, None], ["2036-01-01T19:00", "2036-01-01T22:00", "2036-01-01T23:00"]]
)
def test_one_that_waits_is_dropped_when_the_day_is_cancelled_or_moved_to_later(group, telling, push_service, change):
    plan, _device = held_back(group, push_service)
    assert put(group, changed(plan, changes=[change])).status in (200, 201)
    assert tell(FIRST - HOUR) == 0 and not Errand.objects.exists()


def test_mail_and_push_away_for_an_hour_over_a_cancellation_remind_nobody(group, telling, push_service, settings):
    plan = weekly(group)
    put(group, plan)
    told_at(group, push_service)
    Mailbox.objects.everywhere("test").create(account_id=group.people["Ben"].id, address="ben@example.org", asked_at=0)
    push_service.everywhere, port, settings.SMTP_PORT = 503, settings.SMTP_PORT, 9
    assert remind(FIRST - 2 * HOUR) == 2
    assert tell(FIRST - 2 * HOUR) == 0 and Errand.objects.count() == 2
    put(group, changed(plan, cancelled=True))
    push_service.everywhere, settings.SMTP_PORT = 201, port
    assert tell(FIRST - HOUR) == 0 and not Errand.objects.exists()


def test_whoever_unticks_meetings_or_leaves_meanwhile_is_not_reminded(group, telling, push_service):
    held_back(group, push_service)
    group.people["Ben"].ask("PUT", "/told", {**NIGHT, "meetings": False})
    assert tell(FIRST - HOUR) == 0 and not Errand.objects.exists()


def test_a_former_member_is_not_reminded(group, telling, push_service):
    held_back(group, push_service)
    assert group.leave("Ben").status == 201
    assert tell(FIRST - HOUR) == 0 and not Errand.objects.exists()


def test_a_ring_goes_out_before_all_reminders_that_wait(group, telling, push_service, monkeypatch):
    put(group, weekly(group))
    group.join("Eve")
    told_at(group, push_service, "Eve")
    device, ben = push_service.subscribe(), group.people["Ben"]
    assert ben.put_way("device", device.body).status == 200
    want_rings(ben.id)
    monkeypatch.setattr("sameboat.told.leases.AT_ONCE", 1)
    assert remind(FIRST - 2 * HOUR) == 1
    ring(ben.id, by=group.people["Ana"].id, now=FIRST - 2 * HOUR + 5)
    assert tell(FIRST - 2 * HOUR + 5) == 2
    assert device.endpoint.endswith(push_service.pushes[0].path)
