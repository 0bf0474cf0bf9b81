"""Who is to be told what now, each once. A cancelled day reminds nobody, a moved one at its new time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sameboat.lib import turns
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
TOGETHER = 8
# Of each start that is told of, by which leads.
Leads = list[tuple[int, list[str]]]
# An account, and the leads it ticked.
Wanted = tuple[bytes, set[str]]


@dataclass(frozen=True)
class Due:
    """A meeting whose reminders are due, worked out, and whom they are for.

    `people`: accounts, each with the second after which it would be too late, the start of the meeting. `later`: the
    next moment at which one falls due.
    """

    row: Meeting
    later: int | None
    people: list[tuple[bytes, int]]

    def __call__(self, _now: int) -> list[tuple[bytes, int]]:
        """Marks them as taken, in the caller's transaction. Nobody, where they were changed or taken meanwhile."""
        rows = Meeting.objects.everywhere("one whose reminders fall due")
        mine = rows.filter(pk=self.row.pk, version=self.row.version, remind_at=self.row.remind_at)
        # Else the next round works it out anew.
        return self.people if mine.update(remind_at=self.later) else []


def due_reminders(now: int) -> Iterator[Due]:
    """For each meeting whose reminders are due: what takes them, to be called in a transaction.

    Times are worked out before, so that nobody's words wait for the reckoning. What is taken is marked as taken in the
    caller's transaction: one that writes it down there tells everybody once, whatever stops in between.
    """
    rows = Meeting.objects.everywhere("whose reminders fall due")
    due = list(rows.filter(remind_at__lte=now).order_by("remind_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for first in range(0, len(due), TOGETHER):
        turns.give_way()
        some = rows.filter(pk__in=due[first : first + TOGETHER], remind_at__lte=now).order_by("remind_at", "pk")
        yield from _due(list(some), now)


def _due(some: list[Meeting], now: int) -> list[Due]:
    """A few meetings, worked out, and whom each is for."""
    worked_out = [(row, *_worked_out(row, now)) for row in turns.in_spells(some)]
    turns.give_way()
    wanted = _wanted([bytes(row.circle_id) for row, _later, leads in worked_out if leads])
    return [Due(row, later, _who(wanted[bytes(row.circle_id)], leads)) for row, later, leads in worked_out]


def _wanted(circles: list[bytes]) -> dict[bytes, list[Wanted]]:
    """Of each of these groups, who wants to be told."""
    rows = Reminder.objects.everywhere("the reminders of a few groups").filter(
        membership__circle__in=circles, account__closing_at=None
    )
    found: dict[bytes, list[Wanted]] = defaultdict(list)
    for circle, account, *ticked in rows.order_by("pk").values_list("membership__circle", "account", *LEADS):
        names = {name for name, is_ticked in zip(LEADS, ticked, strict=True) if is_ticked}
        found[bytes(circle)].append((bytes(account), names))
    return found


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


def _who(wanted: list[Wanted], leads: Leads) -> list[tuple[bytes, int]]:
    found: list[tuple[bytes, int]] = []
    for account, ticked in wanted:
        starts = [start for start, names in leads if ticked & set(names)]
        found += [(account, min(starts))] if starts else []
    return found


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


class StillOn:
    """Of many people, whose reminder that was set out still has a meeting. Each meeting is worked out once."""

    def __init__(self, accounts: Iterable[bytes], now: int) -> None:
        why = "whether reminders still have a meeting"
        self.now = now
        # By account: in which groups, and how long before.
        self.wanted: dict[bytes, list[tuple[bytes, list[int]]]] = defaultdict(list)
        mine = Reminder.objects.everywhere(why).filter(account__in=list(accounts))
        for account, circle, *ticked in mine.values_list("account", "membership__circle", *LEADS):
            leads = [lead for lead, is_ticked in zip(LEADS.values(), ticked, strict=True) if is_ticked]
            self.wanted[bytes(account)].append((bytes(circle), leads))
        circles = {circle for some in self.wanted.values() for circle, _leads in some}
        self.meetings: dict[bytes, list[Meeting]] = defaultdict(list)
        for row in Meeting.objects.everywhere(why).filter(circle__in=list(circles)):
            self.meetings[bytes(row.circle_id)].append(row)
        self._known: dict[int, list[int]] = {}

    def holds(self, account: bytes, until: int) -> bool:
        """Whether theirs, set out for a start at `until` (seconds since 1970), has a meeting.

        One that starts then, or another of theirs whose moment has come meanwhile.
        """
        return any(
            self._reminds(start, leads, until)
            for circle, leads in self.wanted.get(account, [])
            for row in self.meetings.get(circle, [])
            for start in self._coming(row)
        )

    def _reminds(self, start: int, leads: list[int], until: int) -> bool:
        # A moment that is just now is left to whoever takes it: nobody is told of it twice.
        return any(start - lead < self.now or (start == until and start - lead <= self.now) for lead in leads)

    def _coming(self, row: Meeting) -> list[int]:
        if row.pk not in self._known:
            self._known[row.pk] = _coming(row, self.now)
        return self._known[row.pk]


def _coming(row: Meeting, now: int) -> list[int]:
    try:
        series = access.series_of(verify.read_plan(bytes(row.plan)))
        return [start for start in _starts(series, now, access.at(now) + SOON) if start > now]
    except Problem:
        return []
