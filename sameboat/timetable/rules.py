"""How a meeting repeats: the parts of an RRULE (RFC 5545, 3.3.10) that groups need, and no others.

What can be written here is bounded, because a rule is worked out on the server: no rule by hours or minutes, no step
of nought, only parts that go together, and a rule that has not met in twelve years is one that never meets. The
library looks for a day until the year 9999, so a rule that names no day at all is told from its parts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from dateutil.rrule import rrule, rrulestr

from sameboat.timetable.problems import BadRule, NeverMeets

LONGEST = 200
YEARS = 12
YEAR = datetime.timedelta(days=366)
_DAY = "(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_IN_MONTH = "-?(?:[12][0-9]|3[01]|[1-9])"
_MONTH = "(?:1[0-2]|[1-9])"
PARTS = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("[1-9][0-9]?"),
    "BYDAY": re.compile(f"{_DAY}(?:,{_DAY})*"),
    "BYMONTHDAY": re.compile(f"{_IN_MONTH}(?:,{_IN_MONTH})*"),
    "BYMONTH": re.compile(f"{_MONTH}(?:,{_MONTH})*"),
    "COUNT": re.compile("[1-9][0-9]{0,2}"),
    "UNTIL": re.compile("2[01][0-9]{6}(?:T[0-9]{6})?"),
}


# Which parts may stand together; beside each, a step and an end.
ALONE = frozenset({"INTERVAL", "COUNT", "UNTIL"})
BESIDE = {
    "DAILY": [frozenset[str]()],
    "WEEKLY": [frozenset({"BYDAY"})],
    "MONTHLY": [frozenset({"BYDAY"}), frozenset({"BYMONTHDAY"})],
    "YEARLY": [frozenset({"BYMONTH", "BYMONTHDAY"})],
}
LENGTHS = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))


def read_rule(text: str, start: datetime.datetime) -> rrule:
    """A rule from this local start on. Raises BadRule, NeverMeets."""
    parts = _parts(text)
    if parts["FREQ"] == "YEARLY" and "BYMONTH" in parts and not _has_a_day(parts):
        raise NeverMeets
    try:
        found = rrulestr(text, dtstart=start)
    except ValueError:
        raise BadRule from None
    if not isinstance(found, rrule):
        raise BadRule
    if next(days(found, start, horizon(start)), None) is None:
        raise NeverMeets
    return found


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    parts = dict(pairs)
    known = all(name in PARTS and PARTS[name].fullmatch(value) for name, value in pairs)
    if len(text) > LONGEST or not known or len(parts) != len(pairs) or "FREQ" not in parts:
        raise BadRule
    beside = parts.keys() - ALONE - {"FREQ"}
    if {"COUNT", "UNTIL"} <= parts.keys() or (beside and beside not in BESIDE[parts["FREQ"]]):
        raise BadRule
    if "BYMONTH" in parts and "INTERVAL" in parts:
        raise BadRule
    # "The second Tuesday" of a week is nothing.
    if parts["FREQ"] == "WEEKLY" and any(character.isdigit() for character in parts.get("BYDAY", "")):
        raise BadRule
    return parts


def _has_a_day(parts: dict[str, str]) -> bool:
    wanted = min(abs(int(day)) for day in parts["BYMONTHDAY"].split(","))
    return wanted <= max(LENGTHS[int(month)] for month in parts["BYMONTH"].split(","))


def horizon(start: datetime.datetime) -> datetime.datetime:
    """Twelve years after this local time: further nobody plans, and 29 February has come round."""
    return start + YEARS * YEAR


def further(now: datetime.datetime) -> tuple[datetime.datetime, ...]:
    """How far to look for the next day, nearest first: most series have one within two months."""
    return (now + datetime.timedelta(days=64), now + 2 * YEAR, horizon(now))


def days(rule: rrule, first: datetime.datetime, last: datetime.datetime) -> Iterator[datetime.datetime]:
    """The local starts of a rule between two local times, both included, in order."""
    for local in rule:
        if local > last:
            return
        if local >= first:
            yield local
