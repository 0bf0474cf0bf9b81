"""Who is to be told what now, each once. A cancelled day reminds nobody, a moved one at its new time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db import transaction

from sameboat.meetings import access
from sameboat.meetings.models import Meeting, Reminder
from sameboat.protocol import verify
from sameboat.timetable.problems import Problem
from sameboat.timetable.rules import horizon
from sameboat.timetable.series import Series, occurrences

LEADS = {"day_before": 86_400, "two_hours_before": 7_200}
# Beyond the longest lead and two months of a series: most have a day in it.
SOON = datetime.timedelta(days=64)


@transaction.atomic
def take_due_reminders(now: int) -> list[tuple[bytes, int]]:
    """Accounts to be told of a meeting now, each with the second after which it would be too late: its start.

    What is returned is marked as taken in the same transaction, so that a caller who writes it down in that transaction
    tells everybody once, whatever stops in between.
    """
    due = Meeting.objects.everywhere("whose reminders fall due").filter(remind_at__lte=now).select_for_update()
    found: dict[bytes, int] = {}
    for row in due.order_by("pk"):
        for account, until in _taken(row, now):
            found[account] = min(until, found.get(account, until))
        row.save(update_fields=["remind_at"])
    return list(found.items())


def _taken(row: Meeting, now: int) -> list[tuple[bytes, int]]:
    since = now if row.remind_at is None else row.remind_at
    try:
        series = access.series_of(verify.read_plan(bytes(row.plan)))
    except Problem:
        # Its zone is gone: nobody knows when it would be.
        row.remind_at = None
        return []
    row.remind_at = next_moment(series, now)
    taken: list[tuple[bytes, int]] = []
    for start in _starts(series, now, SOON):
        leads = [name for name, lead in LEADS.items() if since <= start - lead <= now < start]
        taken += [(account, start) for account in _who(row, leads)] if leads else []
    return taken


def _who(row: Meeting, leads: list[str]) -> set[bytes]:
    rows = Reminder.objects.everywhere("one group's reminders").filter(
        membership__circle=row.circle_id, account__closing_at=None
    )
    return {
        bytes(account) for lead in leads for account in rows.filter(**{lead: True}).values_list("account", flat=True)
    }


def _starts(series: Series, now: int, within: datetime.timedelta) -> Iterator[int]:
    for one in occurrences(series, access.at(now), access.at(now) + within):
        if one.state != "cancelled":
            yield int(one.start.timestamp())


def next_moment(series: Series, now: int) -> int | None:
    """The first second after `now` at which a reminder of this series falls due; None for none."""
    for within in (SOON, horizon(access.at(now)) - access.at(now)):
        moments = [start - lead for start in _starts(series, now, within) for lead in LEADS.values()]
        later = [moment for moment in moments if moment > now]
        if later:
            return min(later)
    return None
