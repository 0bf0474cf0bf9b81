"""Whether what is on its way may still go out: looked at just before it is carried, for much may have changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from sameboat.lib import turns
from sameboat.meetings.reminders import StillOn
from sameboat.told.actions import HOUR, account_of
from sameboat.told.models import Errand, Wish
from sameboat.told.telling import DAY, hours_of, passes, waits_for

# Asked for just now by the person themselves.
ASKED_FOR = (Errand.Kind.ASK, Errand.Kind.TRY)


def may_go(errands: list[Errand], now: int) -> list[Errand]:
    """Those that go out now. All others are put off or deleted, so that none is found again at this moment."""
    weighed = _Weighed.beside(errands, now)
    for errand in turns.in_spells(errands):
        if not passes(partial(weighed.look_at, errand)):
            weighed.later[errand.pk] = now + HOUR
    weighed.write()
    return weighed.going


@dataclass
class _Weighed:
    """What is known of everybody, read once for all; and what becomes of each errand."""

    now: int
    wishes: dict[bytes, Wish]
    reminded: StillOn
    waiting: set[bytes]
    going: list[Errand] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    # By errand, when it is looked at again; by account, when whoever slept through it is told after all.
    later: dict[int, int] = field(default_factory=dict)
    anew: dict[bytes, int] = field(default_factory=dict)

    @classmethod
    def beside(cls, errands: list[Errand], now: int) -> _Weighed:
        rows = Wish.objects.everywhere("those who are to be told now").filter(account__in=_of(errands))
        wishes = {bytes(wish.account_id): wish for wish in rows.select_related("account")}
        turns.give_way()
        reminded = StillOn(_of(errands, Errand.Kind.MEETING), now)
        turns.give_way()
        slow = [wishes[one] for one in _of(errands, Errand.Kind.WAITING) if one in wishes]
        return cls(now, wishes, reminded, waits_for(slow, now))

    def look_at(self, errand: Errand) -> None:
        wish = self.wishes.get(account_of(errand))
        if wish is None or wish.account.closing_at is not None:
            self.over.append(errand.pk)
        elif errand.kind in ASKED_FOR:
            self.going.append(errand)
        elif not self._is_wanted(errand, wish):
            self.over.append(errand.pk)
        elif (free := hours_of(wish).free_from(self.now)) > self.now:
            self._put_off(errand, free)
        else:
            self.going.append(errand)

    def _is_wanted(self, errand: Errand, wish: Wish) -> bool:
        account = bytes(wish.account_id)
        if errand.kind == Errand.Kind.MEETING:
            return wish.meetings and self.reminded.holds(account, errand.until)
        if errand.kind == Errand.Kind.RING:
            return wish.rings
        if errand.kind == Errand.Kind.LOOK:
            return wish.looks_at is not None
        # Whoever has been here since has seen it.
        return wish.told_at is not None and account in self.waiting

    def _put_off(self, errand: Errand, free: int) -> None:
        if free < errand.until:
            self.later[errand.pk] = free
            return
        self.over.append(errand.pk)
        if errand.kind == Errand.Kind.WAITING:
            # Longer than an errand lives: they are told when the break is over.
            self.anew[account_of(errand)] = min(free, self.now + DAY)

    def write(self) -> None:
        if not (self.over or self.later):
            return
        turns.give_way()
        with transaction.atomic():
            Errand.objects.filter(pk__in=self.over).delete()
            put_off(self.later)
            for account, due_at in self.anew.items():
                Wish.objects.of(account).filter(due_at=None).update(due_at=due_at)


def put_off(later: dict[int, int]) -> None:
    """Errands by their numbers, each with the second at which it is due again. In the caller's transaction."""
    for due_at in set(later.values()):
        Errand.objects.filter(pk__in=[pk for pk, then in later.items() if then == due_at]).update(due_at=due_at)


def _of(errands: Iterable[Errand], *kinds: str) -> list[bytes]:
    return list({account_of(one) for one in errands if not kinds or one.kind in kinds})
