"""When somebody may be told: quiet hours in their own zone, and breaks. Pure; times in seconds since 1970 UTC."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from sameboat.timetable.clocks import is_zone

DAY = 1_440
# The year 2200: beyond it nothing is reckoned, whatever stands in a row.
LATEST = 7_258_118_400


@dataclass(frozen=True)
class Hours:
    """Quiet from `quiet_from` to `quiet_to` (minutes after midnight, over midnight too), and all through a break."""

    zone: str
    quiet_from: int | None = None
    quiet_to: int | None = None
    break_until: int | None = None

    def is_quiet(self, now: int) -> bool:
        return self.free_from(now) > now

    def free_from(self, now: int) -> int:
        """The first second, from `now` on, at which this person may be told."""
        free = max(now, min(self.break_until or 0, LATEST))
        if self.quiet_from is None or self.quiet_to is None or self.quiet_from == self.quiet_to:
            return free
        local = datetime.datetime.fromtimestamp(free, known_zone(self.zone))
        minute = local.hour * 60 + local.minute
        left = (self.quiet_to - minute) % DAY
        if (minute - self.quiet_from) % DAY >= (self.quiet_to - self.quiet_from) % DAY:
            return free
        return self._end(local, left, free)

    def _end(self, local: datetime.datetime, left: int, free: int) -> int:
        # By the wall clock: through a change of clocks the night is an hour longer or shorter, the end is not moved.
        day = local.date() + datetime.timedelta(days=(local.hour * 60 + local.minute + left) // DAY)
        at = datetime.time((self.quiet_to or 0) // 60, (self.quiet_to or 0) % 60)
        end = int(datetime.datetime.combine(day, at, local.tzinfo).timestamp())
        return end if end > free else free + left * 60


def next_at(zone: str, minute: int, now: int) -> int:
    """The next second after `now` at which clocks of that zone show this minute of the day."""
    place = known_zone(zone)
    today = datetime.datetime.fromtimestamp(now, place).date()
    at = datetime.time(minute // 60, minute % 60)
    days = (today + datetime.timedelta(days=ahead) for ahead in range(3))
    return next(then for day in days if (then := int(datetime.datetime.combine(day, at, place).timestamp())) > now)


@cache
def known_zone(name: str) -> ZoneInfo:
    """The zone of that name; one that is not known any more is taken as UTC, so that nobody is left untold."""
    return ZoneInfo(name if is_zone(name) else "UTC")
