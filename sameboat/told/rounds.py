"""What happens by itself: looking what is new, setting out, carrying. `now` in seconds since 1970 UTC."""

from __future__ import annotations

from itertools import islice

from sameboat.meetings.reminders import TOGETHER, due_reminders, pass_over_due
from sameboat.told import actions, telling
from sameboat.told.carrying import carry
from sameboat.told.models import Errand


def tell(now: int) -> int:
    """One round of telling. Returns how many pushes and e-mails were handed over."""
    telling.look(now)
    telling.set_out(now)
    return carry(now)


def remind(now: int) -> int:
    """Reminders of meetings set out, to be carried with the next round of telling. Returns how many errands."""
    due, done = due_reminders(now), 0
    # A few in one transaction: each by itself would hold up whoever says something more often, all of them for long.
    while few := list(islice(due, TOGETHER)):
        done += telling.remind(now, few)
    return done


def begin_anew(now: int) -> None:
    """After a copy was put back: what waited in it was told long ago, or is of a meeting called off since.

    The question to a mailbox goes all the same: for a week nobody would get another.
    """
    Errand.objects.exclude(kind=Errand.Kind.ASK).delete()
    pass_over_due(now)


def forget_unanswered(now: int) -> None:
    actions.forget_unanswered(now=now)
