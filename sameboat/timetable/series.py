"""A meeting or a series of them, and the occurrences that fall between two moments."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule

from sameboat.timetable.clocks import moment, read_local, zone_named
from sameboat.timetable.problems import EndsBeforeStart, LastsTooLong, TooFar
from sameboat.timetable.rules import YEAR, days, further, horizon, read_rule

DAY = datetime.timedelta(days=1)
# No zone is further from another: 26 hours between the two ends of the date line.
ZONES_APART = 2 * DAY
State = Literal["on", "moved", "cancelled"]


@dataclass(frozen=True)
class Change:
    """What became of one day of a series: another local start and end, or none where it is cancelled."""

    was: datetime.datetime
    start: datetime.datetime | None = None
    end: datetime.datetime | None = None


@dataclass(frozen=True)
class Occurrence:
    """One time a group meets. `was` is the local start by which its series knows it; start and end are in UTC."""

    was: datetime.datetime
    start: datetime.datetime
    end: datetime.datetime
    state: State


@dataclass(frozen=True)
class Series:
    """A single meeting (`rule` is None) or one that repeats, with its changes by the local start they are about.

    A change to a day on which the series does not meet changes nothing.
    """

    start: datetime.datetime
    end: datetime.datetime
    zone: ZoneInfo
    rule: rrule | None = None
    changes: dict[datetime.datetime, Change] = field(default_factory=dict)
    cancelled: bool = False


def _length(start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
    if end <= start:
        raise EndsBeforeStart
    if end - start > DAY:
        raise LastsTooLong
    return end - start


def read_series(
    start: str,
    end: str,
    zone: str,
    rule: str = "",
    changes: Iterable[Iterable[str | None]] = (),
    *,
    cancelled: bool = False,
) -> Series:
    """A series from its written parts; `rule` is empty for a single meeting, a change is `[was, start, end]`.

    Raises the Problem that is found first: times, order, zone, rule, changes.
    """
    first, last = read_local(start), read_local(end)
    _length(first, last)
    place = zone_named(zone)
    repeats = read_rule(rule, first) if rule else None
    read = [_read_change(*one) for one in changes]
    return Series(first, last, place, repeats, {one.was: one for one in read}, cancelled)


def _read_change(was: str | None, start: str | None, end: str | None) -> Change:
    known = read_local(was or "")
    if start is None and end is None:
        return Change(known)
    moved, until = read_local(start or ""), read_local(end or "")
    _length(moved, until)
    return Change(known, moved, until)


def occurrences(series: Series, after: datetime.datetime, before: datetime.datetime) -> list[Occurrence]:
    """What of a series takes place between two moments (aware): over after the first, begun before the second.

    In order of start. Cancelled days stay in, said to be so; they keep the time they would have had.
    """
    found = (_occurrence(series, was) for was in _candidates(series, after, before))
    inside = [one for one in found if one.end > after and one.start < before]
    return sorted(inside, key=lambda one: (one.start, one.was))


def _candidates(series: Series, after: datetime.datetime, before: datetime.datetime) -> Iterator[datetime.datetime]:
    low = after.replace(tzinfo=None) - ZONES_APART - (series.end - series.start)
    high = before.replace(tzinfo=None) + ZONES_APART
    if series.rule is None:
        yield series.start
        return
    # Moved into the time asked for: its own day may lie elsewhere. One walk for all of them, however many.
    moved = {one.was for one in series.changes.values() if one.start is not None and low <= one.start <= high}
    for was in days(series.rule, series.start, max([high, *moved])):
        if low <= was <= high or was in moved:
            yield was


def _occurrence(series: Series, was: datetime.datetime) -> Occurrence:
    change = series.changes.get(was)
    start, end = was, was + (series.end - series.start)
    state: State = "on"
    if change is not None and (change.start is None or change.end is None):
        state = "cancelled"
    elif change is not None and change.start is not None and change.end is not None:
        start, end, state = change.start, change.end, "moved"
    begins = moment(start, series.zone)
    return Occurrence(was, begins, begins + (end - start), "cancelled" if series.cancelled else state)


def coming(series: Series, now: datetime.datetime) -> Occurrence | None:
    """The next occurrence that takes place and is not over at this moment, or None."""
    if series.cancelled:
        return None
    for until in further(now):
        taking_place = (one for one in occurrences(series, now, until) if one.state != "cancelled")
        first = next(taking_place, None)
        if first is not None:
            return first
    return None


def last_end(series: Series, now: datetime.datetime) -> datetime.datetime | None:
    """When the last day of a series is over, moved days with it; None for one that goes on for twelve years and more.

    `now`: a moment (aware); the years count from it, or from a start that is later.
    """
    rule = series.rule
    if rule is not None and rule._until is None and rule._count is None:
        return None
    end = horizon(max(series.start, now.replace(tzinfo=None)))
    found: list[datetime.datetime] = []
    for was in [series.start] if rule is None else rule:
        if was > end:
            return None
        found.append(was)
    return max(_occurrence(series, was).end for was in found)


def check_reach(series: Series, now: datetime.datetime, known: datetime.datetime | None = None) -> None:
    """Raises TooFar for times that nobody plans, since each walk through a rule is work for the server.

    `known`: the start it has had so far, which may be as old as the series is.
    """
    today = now.replace(tzinfo=None)
    last = horizon(max(series.start, today))
    times = [time for one in series.changes.values() for time in (one.was, one.start) if time is not None]
    begins = series.start == known or today - 2 * YEAR <= series.start <= horizon(today)
    if not begins or any(time > last for time in times):
        raise TooFar
