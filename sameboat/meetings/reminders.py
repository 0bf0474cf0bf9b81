"""Who is to be told what now, each once. A cancelled day reminds nobody, a moved one at its new time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from sameboat.meetings import access
from sameboat.meetings.models import Meeting, Reminder
from sameboat.protocol import verify
from sameboat.timetable.problems import Problem
from sameboat.timetable.rules import further
from sameboat.timetable.series import Series, occurrences

LEADS = {"day_before": 86_400, "two_hours_before": 7_200}
# Beyond the longest lead.
SOON = datetime.timedelta(days=3)
AT_ONCE = 1_000
# Of each start that is told of, by which leads.
Leads = list[tuple[int, list[str]]]
# Accounts, each with the second after which it would be too late: the start of the meeting.
Take = Callable[[int], list[tuple[bytes, int]]]


def due_reminders(now: int) -> Iterator[Take]:
    """For each meeting whose reminders are due: what takes them, to be called in a transaction.

    Times are worked out before, so that nobody's words wait for the reckoning. What is taken is marked as taken in the
    caller's transaction: one that writes it down there tells everybody once, whatever stops in between.
    """
    due = Meeting.objects.everywhere("whose reminders fall due").filter(remind_at__lte=now)
    for row in list(due.order_by("remind_at", "pk")[:AT_ONCE]):
        yield partial(_take, row, *_worked_out(row, now))


def _take(row: Meeting, later: int | None, leads: Leads, _now: int) -> list[tuple[bytes, int]]:
    rows = Meeting.objects.everywhere("one whose reminders fall due").filter(pk=row.pk, version=row.version)
    # Changed or taken meanwhile: the next round works it out anew.
    if not rows.filter(remind_at=row.remind_at).update(remind_at=later):
        return []
    found: dict[bytes, int] = {}
    for start, names in leads:
        for account in _who(row, names):
            found[account] = min(start, found.get(account, start))
    return list(found.items())


def _worked_out(row: Meeting, now: int) -> tuple[int | None, Leads]:
    """The next moment, and of each start that is told of now, which leads are."""
    since = now if row.remind_at is None else row.remind_at
    try:
        series = access.series_of(verify.read_plan(bytes(row.plan)))
    except Problem:
        # Its zone is gone: nobody knows when it would be.
        return None, []
    leads = [
        (start, [name for name, lead in LEADS.items() if since <= start - lead <= now < start])
        for start in _starts(series, now, access.at(now) + SOON)
    ]
    return next_moment(series, now), [(start, names) for start, names in leads if names]


def pass_over_due(now: int) -> None:
    """What fell due while there was no server, or another copy of it, is not told any more."""
    for row in list(Meeting.objects.everywhere("after a copy was put back").filter(remind_at__lte=now)):
        later, _leads = _worked_out(row, now)
        Meeting.objects.everywhere("after a copy was put back").filter(pk=row.pk).update(remind_at=later)


def _who(row: Meeting, leads: list[str]) -> set[bytes]:
    rows = Reminder.objects.everywhere("one group's reminders").filter(
        membership__circle=row.circle_id, account__closing_at=None
    )
    return {
        bytes(account) for lead in leads for account in rows.filter(**{lead: True}).values_list("account", flat=True)
    }


def _starts(series: Series, now: int, until: datetime.datetime) -> Iterator[int]:
    for one in occurrences(series, access.at(now), until):
        if one.state != "cancelled":
            yield int(one.start.timestamp())


def next_moment(series: Series, now: int) -> int | None:
    """The first second after `now` at which a reminder of this series falls due; None for none."""
    for until in further(access.at(now)):
        moments = [start - lead for start in _starts(series, now, until) for lead in LEADS.values()]
        later = [moment for moment in moments if moment > now]
        if later:
            return min(later)
    return None


def moment_after_change(series: Series, before: Series | None, now: int) -> int | None:
    """As `next_moment`; but of a day that a change brought nearer than a lead, the moment that is past already.

    The next round tells of it. Not where somebody would be told twice of a day that did not change.
    """
    until = access.at(now) + SOON
    starts = set(_starts(series, now, until))
    known = set(_known_starts(before, now, until)) & starts
    missed = [start - lead for start in starts - known if start > now for lead in LEADS.values() if start - lead < now]
    told = [start - lead for start in known for lead in LEADS.values()]
    if missed and not any(min(missed) <= moment <= now for moment in told):
        return min(missed)
    return next_moment(series, now)


def _known_starts(before: Series | None, now: int, until: datetime.datetime) -> list[int]:
    try:
        return [] if before is None else list(_starts(before, now, until))
    except Problem:
        return []


def is_still_on(account: bytes, until: int, now: int) -> bool:
    """Whether a reminder that was set out for a start at `until` still has a meeting.

    One that starts then, or another of theirs whose moment has come meanwhile. Times are seconds since 1970.
    """
    for one in Reminder.objects.of(account).select_related("membership"):
        leads = [lead for name, lead in LEADS.items() if getattr(one, name)]
        rows = Meeting.objects.everywhere("one's own group's").filter(circle=one.membership.circle_id)
        if any(_reminds(row, leads, until, now) for row in rows):
            return True
    return False


def _reminds(row: Meeting, leads: list[int], until: int, now: int) -> bool:
    try:
        series = access.series_of(verify.read_plan(bytes(row.plan)))
        starts = [start for start in _starts(series, now, access.at(now) + SOON) if start > now]
    except Problem:
        return False
    # A moment that is just now is left to whoever takes it: nobody is told of it twice.
    return any(start - lead < now or (start == until and start - lead <= now) for start in starts for lead in leads)
