"""After a copy was put back: when that was, and the day in which only repairs and messages are taken (SPEC 11)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Least

from sameboat.circles.models import Circle, Restored
from sameboat.circles.refusals import NotRestored, Restoring
from sameboat.protocol import verify

DAY = 86_400


@dataclass(frozen=True)
class Span:
    """From when the copy was made to when it was put back, in seconds since 1970: what was taken then is gone."""

    to: int
    at: int

    def holds(self, time: int) -> bool:
        """Whether an event of this time may have been lost; clocks may differ by ten minutes."""
        return self.to - verify.CLOCK <= time <= self.at + verify.CLOCK


def known() -> list[Restored]:
    """Every time a copy was put back here, oldest first."""
    return list(Restored.objects.order_by("at"))


@transaction.atomic
def note_restored(earlier: list[Restored], *, to: int, now: int) -> Restored:
    """Opens the day. `earlier`: what was known before the copy took its place, and is kept."""
    for one in earlier:
        Restored.objects.get_or_create(at=one.at, defaults={"to": one.to, "until": one.until})
    Circle.objects.update(restored_position=Least(Coalesce("restored_position", "position"), F("position")))
    found, _ = Restored.objects.update_or_create(at=now, defaults={"to": min(to, now), "until": now + DAY})
    return found


def told(circle: Circle, *, now: int) -> dict[str, int | bool] | None:
    """The newest time a copy was put back, as members of a circle are told it; None where none was since it began.

    `position`: what stood behind it in the circle is no longer as it was. `open`: the day is not over.
    """
    found = Restored.objects.order_by("-at").first() if circle.restored_position is not None else None
    if found is None:
        return None
    return {"at": found.at, "to": found.to, "open": found.until > now, "position": circle.restored_position or 0}


def end_day(*, now: int) -> bool:
    """Ends the day early; says whether there was one."""
    return bool(Restored.objects.filter(until__gt=now).update(until=now))


def is_restoring(*, now: int) -> bool:
    """Whether the day is not over."""
    return Restored.objects.filter(until__gt=now).exists()


def refuse_while_restoring(circle: Circle, *, now: int) -> None:
    """Raises Restoring in a circle that the copy held: a new event could contradict one that is still to be brought."""
    if circle.restored_position is not None and is_restoring(now=now):
        raise Restoring


def spans() -> list[Span]:
    """All that was lost and may come back. Raises NotRestored where no copy was ever put back."""
    found = [Span(one.to, one.at) for one in known()]
    if not found:
        raise NotRestored
    return found
