"""The only ways to a meeting: one's own membership, or the secret of one's own calendar."""

from __future__ import annotations

import datetime
from typing import Any

from sameboat.accounts.access import token_hash
from sameboat.accounts.models import Account
from sameboat.circles import access as circles
from sameboat.circles.models import Membership
from sameboat.lib.refusals import NotHere
from sameboat.meetings.models import Calendar, Meeting, Reminder
from sameboat.protocol import verify
from sameboat.protocol.encoding import b64u
from sameboat.timetable.clocks import UTC, write_local
from sameboat.timetable.problems import Problem
from sameboat.timetable.series import Occurrence, Series, coming, occurrences, read_series

AHEAD = datetime.timedelta(days=92)
SHOWN = 8


def my_group(account: Account, circle: str) -> Membership:
    """This account's membership of a group; a talk or one's own pages have no meetings."""
    membership = circles.my_membership(account, circle)
    if membership.circle.kind != verify.GROUP:
        raise NotHere
    return membership


def at(seconds: int) -> datetime.datetime:
    """The moment of a number of seconds since 1970."""
    return datetime.datetime.fromtimestamp(seconds, UTC)


def series_of(plan: verify.Plan) -> Series:
    """When a plan meets. Raises Problem, also later, for a zone that has gone from the tz database meanwhile."""
    return read_series(plan.start, plan.end, plan.zone, plan.rule, plan.changes, cancelled=plan.cancelled)


def told(meeting: Meeting, *, now: int) -> dict[str, Any]:
    """A meeting as members are told it: what was signed, and which days of it come next.

    `trouble` is the sentence for times that cannot be worked out any more; what was stored is kept.
    """
    plan = verify.read_plan(bytes(meeting.plan))
    trouble, days = None, []
    try:
        series = series_of(plan)
        days = [_day(one) for one in _next_days(series, now)]
    except Problem as problem:
        trouble = {"code": problem.code, "sentence": problem.sentence}
    return {
        "meeting": b64u(meeting.meeting),
        "plan": b64u(meeting.plan),
        "author": b64u(meeting.author),
        "sig": b64u(meeting.signature),
        "days": days,
        "trouble": trouble,
    }


def _next_days(series: Series, now: int) -> list[Occurrence]:
    soon = occurrences(series, at(now), at(now) + AHEAD)[:SHOWN]
    later = coming(series, at(now)) if all(one.state == "cancelled" for one in soon) else None
    return [*soon, later] if later else soon


def _day(one: Occurrence) -> dict[str, Any]:
    start, end = int(one.start.timestamp()), int(one.end.timestamp())
    return {"was": write_local(one.was), "start": start, "end": end, "state": one.state}


def meetings_for(membership: Membership, *, now: int) -> list[dict[str, Any]]:
    """Every meeting of one's group that is still kept."""
    return [told(one, now=now) for one in Meeting.objects.within(membership).order_by("pk")]


def reminders_of(membership: Membership) -> dict[str, bool]:
    """When this member wants to be told."""
    row = Reminder.objects.of(membership.account_id).filter(membership=membership).first()
    return {"day_before": bool(row and row.day_before), "two_hours_before": bool(row and row.two_hours_before)}


def my_calendar(account: Account) -> Calendar:
    """One's own calendar address; NotHere while there is none."""
    found = Calendar.objects.of(account).first()
    if found is None:
        raise NotHere
    return found


def calendar_by_secret(secret: str, *, now: int) -> Calendar:
    """The calendar of whoever holds this secret. A guess, and one whose account is closed, is nothing here."""
    rows = Calendar.objects.everywhere("the secret is the proof").select_related("account")
    found = rows.filter(secret_hash=token_hash(secret)).first()
    if found is None or found.account.closing_at is not None:
        raise NotHere
    return found


def meetings_of(account: Account) -> list[Meeting]:
    """The meetings of all groups that this account belongs to now."""
    circles_of = Membership.objects.of(account).values("circle")
    rows = Meeting.objects.everywhere("the groups one belongs to").filter(circle__in=circles_of)
    return list(rows.order_by("pk"))
