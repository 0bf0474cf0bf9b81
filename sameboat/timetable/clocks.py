"""From the clock on the wall to the moment it means, in any zone of the tz database."""

from __future__ import annotations

import datetime
import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sameboat.timetable.problems import NoSuchDay, NoSuchTime, UnknownZone

WRITTEN = re.compile(r"(2[01]\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
UTC = datetime.UTC


# Names that mean whatever this machine is set to, or nothing.
NO_PLACE = frozenset({"localtime", "Factory", "posixrules"})


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones()) - NO_PLACE


def is_zone(name: str) -> bool:
    """Whether a place of the tz database has this name."""
    return name in _known()


def zone_named(name: str) -> ZoneInfo:
    """The zone of this name. Raises UnknownZone, also for a name that the tz database has dropped."""
    if not is_zone(name):
        raise UnknownZone
    return ZoneInfo(name)


def read_local(text: str) -> datetime.datetime:
    """A local time "2026-11-24T19:00", without a zone. Raises NoSuchTime, NoSuchDay."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise NoSuchTime
    try:
        return datetime.datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        raise NoSuchDay from None


def write_local(local: datetime.datetime) -> str:
    """The text that `read_local` reads."""
    return local.strftime("%Y-%m-%dT%H:%M")


def moment(local: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """The moment in UTC that a local time means. Of a time that comes twice the first; a skipped one moves on.

    With `fold=0` the zone answers with the offset from before the change in both cases, which is just that.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)
