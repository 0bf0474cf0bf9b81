"""Reminders of meetings come once, at the time somebody chose, in the same words as everything else."""

from sameboat.meetings.tests.calendars import changed, put, weekly
from sameboat.meetings.tests.test_reminders import DAY, FIRST, HOUR, wish
from sameboat.told.models import Wish
from sameboat.told.rounds import remind, tell
from sameboat.told.tests.test_telling import USUAL, WORDS, fails_in


def told_at(group, push_service, name="Ben"):
    """Somebody who is told by push, and wants to know of meetings two hours before."""
    device = push_service.subscribe()
    assert group.people[name].ask("PUT", "/told/device", device.body).status == 200
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
