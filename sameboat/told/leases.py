"""Errands taken for this process alone for a while, and what becomes of each once it was carried.

An errand is leased before it is carried. If the process ends on the way it is carried again after the lease, with the
same mark, by which mail programs and push services know it for the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db import models, transaction

from sameboat.lib import turns
from sameboat.told import gate
from sameboat.told.models import Device, Errand, Mailbox

LEASE = 300
AT_ONCE = 40
FIRST_PAUSE, LONGEST_PAUSE = 60, 4 * 3_600


class Went(Enum):
    """How carrying one errand ended."""

    WELL = "handed over"
    AGAIN = "try later"
    NEVER = "refused"
    NOBODY = "nobody there any more"


@dataclass(frozen=True)
class Carried:
    errand: Errand
    went: Went


def leased(now: int) -> list[Errand]:
    """What is due and may still go out, for this process alone for a while; nothing, where nothing is due."""
    due = Errand.objects.filter(due_at__lte=now, until__gt=now).select_related("device", "mailbox")
    found: list[Errand] = []
    while not found and (batch := list(due.order_by("due_at", "pk")[:AT_ONCE])):
        turns.give_way()
        found = gate.may_go(batch, now)
    if not found:
        return []
    first = {one.pk for one in found}
    turns.give_way()
    # Taken by the one who changes the row: of two processes the second finds nothing to change.
    moved = Errand.objects.filter(pk__in=first, due_at__lte=now)
    taken = moved.update(due_at=now + LEASE, tries=models.F("tries") + 1)
    return found if taken == len(found) else []


def settle(some: Iterable[Carried], now: int) -> None:
    """Writes down how they went, at once: each writing by itself would hold up whoever says something meanwhile."""
    done = list(some)
    again = {one.errand.pk: now + _pause(one.errand) for one in done if one.went is Went.AGAIN}
    over = [one for one in done if one.went is not Went.AGAIN]
    nobody = [one.errand.device_id for one in over if one.went is Went.NOBODY and one.errand.device_id is not None]
    turns.give_way()
    with transaction.atomic():
        gate.put_off(again)
        Errand.objects.filter(pk__in=[one.errand.pk for one in over]).delete()
        for refused in (False, True):
            # Read by its owner on their own page; the address stays, for it may be the mail server that is wrong.
            if boxes := _newly(refused, over):
                mine = Mailbox.objects.everywhere("those who were written to").filter(pk__in=boxes)
                mine.update(refused=refused)
        if nobody:
            Device.objects.everywhere("its push service knows it no more").filter(pk__in=nobody).delete()


def _newly(refused: bool, over: list[Carried]) -> list[bytes]:
    """The mailboxes that went otherwise than the last time."""
    went = [(one.errand.mailbox, one.went is not Went.WELL) for one in over]
    return [bytes(box.pk) for box, is_refused in went if box and is_refused is refused and box.refused is not refused]


def _pause(errand: Errand) -> int:
    pause: int = min(FIRST_PAUSE * 2 ** min(errand.tries, 12), LONGEST_PAUSE)
    return pause
