"""Somebody's own meetings as a calendar (RFC 5545) that Apple's, Google's and Thunderbird's programs subscribe to.

Each day stands by itself, in UTC: no program has to know our zones or work out a rule, and a moved or cancelled day is
the same entry with another time or status. Nothing in it names a person, a group, this software or the topic (ETHOS
P4): the title is the member's own words, and entries are numbered under the calendar's own secret, so that two
members' calendars at one company cannot be laid side by side by their numbers.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac

import icalendar
from django.utils.translation import gettext as _

from sameboat.meetings import access
from sameboat.meetings.models import Calendar, Meeting
from sameboat.protocol import verify
from sameboat.timetable.clocks import write_local
from sameboat.timetable.problems import Problem
from sameboat.timetable.series import Occurrence, occurrences

BEHIND = datetime.timedelta(days=30)
AHEAD = datetime.timedelta(days=366)
MOST = 400
ASK_AGAIN = datetime.timedelta(hours=6)


def write_feed(calendar: Calendar, *, now: int) -> bytes:
    """Its account's meetings from a month back to a year ahead; at most 400 entries, oldest first."""
    whole = icalendar.Calendar()
    whole.add("prodid", "-//calendar//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", calendar.title)
    whole.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT6H")
    for plan, one in _days(access.meetings_of(calendar.account), now=now)[:MOST]:
        whole.add_component(_entry(calendar, plan, one))
    return bytes(whole.to_ical())


def _days(meetings: list[Meeting], *, now: int) -> list[tuple[verify.Plan, Occurrence]]:
    moment = access.at(now)
    found: list[tuple[verify.Plan, Occurrence]] = []
    for meeting in meetings:
        plan = verify.read_plan(bytes(meeting.plan))
        try:
            found += [(plan, one) for one in occurrences(access.series_of(plan), moment - BEHIND, moment + AHEAD)]
        except Problem:
            # A zone that is gone: the group's page says what to do.
            continue
    return sorted(found, key=lambda day: day[1].start)


def _entry(calendar: Calendar, plan: verify.Plan, one: Occurrence) -> icalendar.Event:
    entry = icalendar.Event()
    known = plan.meeting + write_local(one.was).encode("ascii")
    off = one.state == "cancelled"
    entry.add("uid", hmac.new(bytes(calendar.secret_hash), known, hashlib.sha256).hexdigest()[:32])
    entry.add("dtstamp", access.at(plan.time))
    entry.add("dtstart", one.start)
    entry.add("dtend", one.end)
    entry.add("summary", _("Cancelled: %(title)s") % {"title": calendar.title} if off else calendar.title)
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    entry.add("sequence", plan.version - 1)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT" if off else "OPAQUE")
    return entry
