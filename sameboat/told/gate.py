"""Whether what is on its way may still go out: looked at just before it is carried, for much may have changed since."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.db import models

from sameboat.meetings.reminders import is_still_on
from sameboat.told.actions import HOUR
from sameboat.told.models import Device, Errand, Mailbox, Wish
from sameboat.told.telling import DAY, alone, hours_of, waits_for

# Asked for just now by the person themselves.
ASKED_FOR = (Errand.Kind.ASK, Errand.Kind.TRY)


def may_go(errands: list[Errand], now: int) -> list[Errand]:
    """Those that go out now. All others are put off or deleted, so that none is found again at this moment."""
    accounts = {account_of(errand) for errand in errands}
    rows = Wish.objects.everywhere("those who are to be told now").filter(account__in=list(accounts))
    wishes = {bytes(wish.account_id): wish for wish in rows.select_related("account")}
    going: list[Errand] = []
    for errand in errands:
        if not alone(partial(_weigh, errand, wishes.get(account_of(errand)), now, going)):
            Errand.objects.filter(pk=errand.pk).update(due_at=now + HOUR)
    return going


def account_of(errand: Errand) -> bytes:
    """Whom it is for."""
    way = cast("Device | Mailbox", errand.device or errand.mailbox)
    return bytes(way.account_id)


def _weigh(errand: Errand, wish: Wish | None, now: int, going: list[Errand]) -> None:
    if wish is None or wish.account.closing_at is not None:
        _row(errand).delete()
    elif errand.kind in ASKED_FOR:
        going.append(errand)
    elif not _is_wanted(errand, wish, now):
        _row(errand).delete()
    elif (free := hours_of(wish).free_from(now)) > now:
        _put_off(errand, wish, free, now)
    else:
        going.append(errand)


def _is_wanted(errand: Errand, wish: Wish, now: int) -> bool:
    if errand.kind == Errand.Kind.MEETING:
        return wish.meetings and is_still_on(bytes(wish.account_id), errand.until, now)
    if errand.kind == Errand.Kind.RING:
        return wish.rings
    # Whoever has been here since has seen it.
    return wish.told_at is not None and waits_for(wish, now)


def _put_off(errand: Errand, wish: Wish, free: int, now: int) -> None:
    if free < errand.until:
        _row(errand).update(due_at=free)
        return
    _row(errand).delete()
    if errand.kind == Errand.Kind.WAITING:
        # Longer than an errand lives: they are told when the break is over.
        Wish.objects.of(wish.account_id).filter(due_at=None).update(due_at=min(free, now + DAY))


def _row(errand: Errand) -> models.QuerySet[Errand]:
    return Errand.objects.filter(pk=errand.pk)
