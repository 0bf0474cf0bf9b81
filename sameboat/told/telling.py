"""Who is to be told now. Looks at what is new in each circle, bundles it, and waits out quiet hours and breaks.

Everything stands in tables before it is sent, so that a process that ends loses nothing and tells nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.db import models, transaction
from django.db.models.functions import Coalesce

from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.told import doors, here
from sameboat.told.actions import HOUR, tell_all_ways
from sameboat.told.hours import Hours
from sameboat.told.models import Errand, Heard, Wish

log = logging.getLogger(__name__)

# So long it may come by itself: whoever is just opening the room reads it there.
GRACE = 10
DAY = 86_400
PLACES = {1: "talks", 2: "group"}
Reminders = Callable[[int], list[tuple[bytes, int]]]


def look(now: int) -> None:
    """Marks everybody who has something new from somebody else, in each circle where something is new."""
    heard = Heard.objects.filter(circle=models.OuterRef("pk")).values("position")
    news = Circle.objects.filter(kind__in=PLACES).annotate(heard=Coalesce(models.Subquery(heard), 0))
    for key in news.filter(position__gt=models.F("heard")).values_list("pk", flat=True):
        alone(partial(_look_in, bytes(key), now))
    alone(partial(_look_at_doors, now))


def _look_at_doors(now: int) -> None:
    mark(doors.newly_told(now), "group", now)


@transaction.atomic
def _look_in(key: bytes, now: int) -> None:
    circle = Circle.objects.select_for_update().get(pk=key)
    heard, _ = Heard.objects.select_for_update().get_or_create(circle=circle, defaults={"position": 0})
    why = "what is new in one circle, and for whom"
    fresh = Envelope.objects.everywhere(why).filter(circle=circle, position__gt=heard.position, gone="")
    newest = dict(fresh.order_by("position").values_list("author", "position"))
    authors = {bytes(author): position for author, position in newest.items()}
    wanted = [
        bytes(one.account_id)
        for one in Membership.objects.everywhere(why).filter(circle=circle)
        if any(who != bytes(one.member) and at > one.admitted_position for who, at in authors.items())
    ]
    mark(wanted, PLACES[circle.kind], now)
    heard.position = circle.position
    heard.save(update_fields=["position"])


def mark(accounts: list[bytes], place: str, now: int) -> None:
    """Something waits for these people, of those who want to hear of that place."""
    wishes = Wish.objects.everywhere("those for whom something is new").filter(account__in=accounts, due_at=None)
    wishes.filter(**{place: True}).update(due_at=now + GRACE)


def set_out(now: int) -> None:
    """Sends errands to everybody whose time has come; for others puts it off until they may be told."""
    due = Wish.objects.everywhere("those who are to be told now").filter(due_at__lte=now).select_related("account")
    for wish in due.order_by("due_at")[:1_000]:
        if not alone(partial(_set_out, wish, now)):
            # Not first in every round from now on.
            Wish.objects.of(wish.account_id).update(due_at=now + HOUR)


def alone(step: Callable[[], None]) -> bool:
    """Does one step, in a savepoint of its own: what goes wrong with one person or circle stops nobody else's.

    Returns whether it went well. Of what did not, the log holds the name of the fault, and nothing of anybody's.
    """
    try:
        with transaction.atomic():
            step()
    except Exception as failed:
        log.error("telling passed one over: %s", type(failed).__name__)
        return False
    return True


@transaction.atomic
def _set_out(wish: Wish, now: int) -> None:
    mine = Wish.objects.of(wish.account_id).filter(due_at=wish.due_at)
    if wish.account.closing_at is not None or not waits_for(wish, now):
        mine.update(due_at=None, told_at=None)
        return
    if here.is_here(bytes(wish.account_id), now=now):
        # Put off, not dropped: if they look away without a word, what came meanwhile is still told.
        mine.update(due_at=now + here.LASTS)
        return
    free = hours_of(wish).free_from(max(now, (wish.told_at or 0) + HOUR) if wish.told_at else now)
    if free > now:
        # Looked at again at the latest in a day, so that a clock that was moved back keeps nobody waiting.
        mine.update(due_at=min(free, now + DAY))
    elif mine.update(due_at=None, told_at=now):
        tell_all_ways([bytes(wish.account_id)], now, now + DAY, Errand.Kind.WAITING)


def waits_for(wish: Wish, now: int) -> bool:
    """Whether in a place that they want to hear of, and still belong to, there is anything of somebody else's."""
    kinds = [kind for kind, place in PLACES.items() if getattr(wish, place)]
    of_others = Envelope.objects.everywhere("whether there is any").filter(
        ~models.Q(author=models.OuterRef("member")),
        circle=models.OuterRef("circle"), position__gt=models.OuterRef("admitted_position"), gone="",
    )  # fmt: skip
    mine = Membership.objects.of(wish.account_id).filter(circle__kind__in=kinds)
    return mine.filter(models.Exists(of_others)).exists() or (wish.group and doors.waits(bytes(wish.account_id), now))


def hours_of(wish: Wish) -> Hours:
    return Hours(wish.zone, wish.quiet_from, wish.quiet_to, wish.break_until)


def came(account: bytes, *, now: int) -> None:
    """They have the room before them: nothing waits, and the next time is told anew."""
    here.come(account, now=now)
    _has_read(account)


def went(account: bytes, *, now: int) -> None:
    """They look away: what came before that they had before them."""
    if here.is_here(account, now=now):
        _has_read(account)
    here.go(account)


def _has_read(account: bytes) -> None:
    waiting = Wish.objects.of(account).exclude(due_at=None, told_at=None)
    if waiting.exists():
        waiting.update(due_at=None, told_at=None)


@transaction.atomic
def remind(now: int, take: Reminders) -> int:
    """Sends errands for the reminders that are due. `take` marks them as taken in this same transaction."""
    until = dict(take(now))
    wishes = Wish.objects.everywhere("those who wanted to be reminded").filter(account__in=list(until), meetings=True)
    count: list[int] = []
    for wish in wishes.filter(account__closing_at=None):
        alone(partial(_remind, wish, until[bytes(wish.account_id)], now, count))
    return sum(count)


def _remind(wish: Wish, latest: int, now: int, count: list[int]) -> None:
    free = hours_of(wish).free_from(now)
    if free < latest:
        count.append(tell_all_ways([bytes(wish.account_id)], free, latest, Errand.Kind.MEETING))
