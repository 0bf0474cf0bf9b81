"""Who is told when: each once, of nothing that was called off, whatever stops in between."""

import datetime

from django.db import transaction

from sameboat.meetings.models import Meeting, Reminder
from sameboat.meetings.reminders import due_reminders
from sameboat.meetings.tests.calendars import changed, close, put, weekly
from tests.fixtures.asking import now

HOUR, DAY = 3_600, 86_400
FIRST = int(datetime.datetime(2036, 1, 1, 19, tzinfo=datetime.UTC).timestamp())
SECOND = FIRST + 7 * DAY


def take_due_reminders(at):
    return [one for take in due_reminders(at) for one in take(at)]


def wish(group, name, day=False, hours=False):
    body = {"day_before": day, "two_hours_before": hours}
    assert group.ask(name, "PUT", "/reminders", body).status == 204


def test_each_is_told_once_at_the_times_they_chose(group):
    put(group, weekly(group))
    wish(group, "Ana", day=True)
    wish(group, "Ben", day=True, hours=True)
    ana, ben = (group.people[name].id for name in ("Ana", "Ben"))
    assert take_due_reminders(FIRST - DAY - 1) == []
    assert sorted(take_due_reminders(FIRST - DAY + 60)) == sorted([(ana, FIRST), (ben, FIRST)])
    assert take_due_reminders(FIRST - DAY + 120) == []
    assert take_due_reminders(FIRST - 2 * HOUR) == [(ben, FIRST)]
    assert take_due_reminders(FIRST) == []
    assert len(take_due_reminders(SECOND - DAY)) == 2


def test_after_a_night_without_a_server_nobody_is_told_twice_or_of_the_past(group):
    put(group, weekly(group))
    wish(group, "Ben", day=True, hours=True)
    assert take_due_reminders(FIRST - HOUR) == [(group.people["Ben"].id, FIRST)]
    assert take_due_reminders(SECOND + HOUR) == []


def test_what_was_taken_and_not_written_down_is_taken_again(group):
    put(group, weekly(group))
    wish(group, "Ben", day=True)
    try:
        with transaction.atomic():
            assert take_due_reminders(FIRST - DAY)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert take_due_reminders(FIRST - DAY) == [(group.people["Ben"].id, FIRST)]


def test_a_cancelled_day_reminds_nobody_and_a_moved_one_at_its_new_time(group):
    plan = weekly(group)
    put(group, plan)
    wish(group, "Ben", day=True)
    moved = ["2036-01-08T19:00", "2036-01-10T19:00", "2036-01-10T20:00"]
    put(group, changed(plan, changes=[["2036-01-01T19:00", None, None], moved]))
    assert take_due_reminders(FIRST - DAY) == []
    assert take_due_reminders(SECOND - DAY) == []
    assert take_due_reminders(SECOND + DAY) == [(group.people["Ben"].id, SECOND + 2 * DAY)]
    put(group, changed(changed(plan), cancelled=True))
    assert take_due_reminders(SECOND + 6 * DAY) == []


def test_who_chose_none_left_or_is_leaving_is_not_told(group):
    group.join("Mo", "Dee")
    put(group, weekly(group))
    for name in ("Ana", "Ben", "Mo", "Dee"):
        wish(group, name, day=True)
    assert group.ask("Ana", "GET", "/meetings").told["reminders"] == {"day_before": True, "two_hours_before": False}
    wish(group, "Ana")
    group.leave("Mo")
    close(group, "Dee")
    assert take_due_reminders(FIRST - DAY) == [(group.people["Ben"].id, FIRST)]
    assert Reminder.objects.everywhere("a test").count() == 2
    assert now() < FIRST


def test_a_zone_that_is_gone_reminds_nobody_and_stops_nothing(group, monkeypatch):
    put(group, weekly(group))
    wish(group, "Ben", day=True)
    monkeypatch.setattr("sameboat.timetable.clocks._known", lambda: frozenset())
    assert take_due_reminders(FIRST - DAY) == []
    assert take_due_reminders(FIRST) == []


def test_what_fell_due_just_before_the_plan_was_changed_is_told_all_the_same(group):
    plan = weekly(group)
    put(group, plan)
    wish(group, "Ben", day=True, hours=True)
    # The site stood still since before the moment, and a host changes another day now.
    late = now() - 1
    Meeting.objects.everywhere("a test").update(remind_at=late)
    put(group, changed(plan, changes=[["2036-01-08T19:00", None, None]]))
    assert Meeting.objects.everywhere("a test").get().remind_at == late
    assert take_due_reminders(FIRST - HOUR) == [(group.people["Ben"].id, FIRST)]
    Meeting.objects.everywhere("a test").update(remind_at=late)
    put(group, changed(changed(plan), cancelled=True))
    assert take_due_reminders(FIRST - HOUR) == []


def test_what_a_host_changed_while_it_was_worked_out_is_worked_out_anew(group):
    plan = weekly(group)
    put(group, plan)
    wish(group, "Ben", day=True)
    (take,) = due_reminders(FIRST - DAY)
    assert put(group, changed(plan, cancelled=True)).status == 201
    assert take(FIRST - DAY) == []
    assert take_due_reminders(FIRST - DAY) == []


def test_each_meeting_is_taken_by_itself_so_that_no_group_waits_for_another(group):
    for _ in range(2):
        put(group, weekly(group))
    wish(group, "Ben", day=True)
    first, second = due_reminders(FIRST - DAY)
    assert first(FIRST - DAY) == [(group.people["Ben"].id, FIRST)]
    assert first(FIRST - DAY) == []
    assert second(FIRST - DAY) == [(group.people["Ben"].id, FIRST)]


def test_a_meeting_moved_nearer_than_its_lead_still_reminds_once(group):
    plan = weekly(group)
    put(group, plan)
    wish(group, "Ben", day=True)
    ben, soon = group.people["Ben"].id, now() + 5 * HOUR
    nearer = datetime.datetime.fromtimestamp(soon // 60 * 60, datetime.UTC)
    local = [(nearer + datetime.timedelta(hours=more)).strftime("%Y-%m-%dT%H:%M") for more in (0, 1)]
    assert put(group, changed(plan, changes=[["2036-01-01T19:00", *local]])).status == 201
    assert take_due_reminders(now() + 1) == [(ben, soon // 60 * 60)]
    assert take_due_reminders(now() + 2) == []
    # Other words, or another day changed: nobody is told again.
    again = changed(changed(plan), changes=[["2036-01-01T19:00", *local], ["2036-01-08T19:00", None, None]])
    assert put(group, again).status == 201
    assert take_due_reminders(now() + 3) == []


def test_a_meeting_planned_for_tonight_reminds_who_wanted_a_day(group):
    wish(group, "Ben", day=True)
    tonight = datetime.datetime.fromtimestamp(now() // 60 * 60 + 5 * HOUR, datetime.UTC)
    local = [(tonight + datetime.timedelta(hours=more)).strftime("%Y-%m-%dT%H:%M") for more in (0, 1)]
    assert put(group, weekly(group, start=local[0], end=local[1], rule="", zone="UTC")).status == 201
    assert [who for who, _until in take_due_reminders(now() + 1)] == [group.people["Ben"].id]
    assert take_due_reminders(now() + 10) == []
