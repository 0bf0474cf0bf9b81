"""Who is to be told now. Looks at what is new in each circle, bundles it, and waits out quiet hours and breaks.

Everything stands in tables before it is sent, so that a process that ends loses nothing and tells nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial

from django.db import models, transaction
from django.db.models.functions import Coalesce

from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.lib import turns
from sameboat.meetings.reminders import Due
from sameboat.told import doors, here
from sameboat.told.actions import HOUR, account_of, errands_by, errands_for, send_out, ways_of
from sameboat.told.hours import Hours
from sameboat.told.models import Errand, Heard, Wish

log = logging.getLogger(__name__)

# So long it may come by itself: whoever is just opening the room reads it there.
GRACE = 10
DAY = 86_400
PLACES = {1: "talks", 2: "group"}
# So few in one transaction that whoever says something meanwhile hardly waits.
AT_ONCE = 50


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
    wishes = list(due.order_by("due_at")[:1_000])
    for first in range(0, len(wishes), AT_ONCE):
        turns.give_way()
        _set_out(wishes[first : first + AT_ONCE], now)


def passes(step: Callable[[], None]) -> bool:
    """Weighs one person or circle: what goes wrong with one stops nobody else's. Returns whether it went well.

    Of what did not, the log holds the name of the fault, and nothing of anybody's.
    """
    try:
        step()
    except Exception as failed:
        log.error("telling passed one over: %s", type(failed).__name__)
        return False
    return True


def alone(step: Callable[[], None]) -> bool:
    """As `passes`, for a step that writes: in a savepoint of its own."""
    return passes(transaction.atomic(step))


# When somebody is looked at again, and since when they have been told; both None: nothing waits.
Next = tuple[int | None, int | None]


def _set_out(wishes: list[Wish], now: int) -> None:
    """What becomes of each is worked out first, so that nobody's words wait for it."""
    then: dict[bytes, Next] = {}
    waiting = waits_for(wishes, now)
    for wish in wishes:
        if not passes(partial(_weigh, wish, waiting, now, then)):
            # Not first in every round from now on.
            then[bytes(wish.account_id)] = (now + HOUR, wish.told_at)
    told = {account: (now, now + DAY) for account, (due_at, _) in then.items() if due_at is None and account in waiting}
    errands = errands_for(told, Errand.Kind.WAITING)
    seen = {bytes(wish.account_id): wish.due_at for wish in wishes}
    turns.give_way()
    with transaction.atomic():
        same = _unchanged(seen)
        for what in set(then.values()):
            some = [account for account in same if then[account] == what]
            Wish.objects.everywhere("those whose time has come").filter(account__in=some).update(
                due_at=what[0], told_at=what[1]
            )
        send_out([errand for errand in errands if account_of(errand) in same])


def _unchanged(seen: dict[bytes, int | None]) -> set[bytes]:
    """Who has not been here, nor wished otherwise, since their wish was read; held until the transaction ends."""
    rows = Wish.objects.everywhere("those whose time has come").select_for_update().filter(account__in=list(seen))
    found = {bytes(account): due_at for account, due_at in rows.values_list("account", "due_at")}
    return {account for account, due_at in found.items() if due_at == seen[account]}


def _weigh(wish: Wish, waiting: set[bytes], now: int, then: dict[bytes, Next]) -> None:
    account = bytes(wish.account_id)
    if wish.account.closing_at is not None or account not in waiting:
        waiting.discard(account)
        then[account] = (None, None)
        return
    if here.is_here(account, now=now):
        # Put off, not dropped: if they look away without a word, what came meanwhile is still told.
        then[account] = (now + here.LASTS, wish.told_at)
        return
    free = hours_of(wish).free_from(max(now, (wish.told_at or 0) + HOUR) if wish.told_at else now)
    # Looked at again at the latest in a day, so that a clock that was moved back keeps nobody waiting.
    then[account] = (min(free, now + DAY), wish.told_at) if free > now else (None, now)


def waits_for(wishes: Iterable[Wish], now: int) -> set[bytes]:
    """For whom, in a place that they want to hear of and still belong to, there is anything of somebody else's."""
    by = {bytes(wish.account_id): wish for wish in wishes}
    why = "whether there is any"
    of_others = Envelope.objects.everywhere(why).filter(
        ~models.Q(author=models.OuterRef("member")),
        circle=models.OuterRef("circle"), position__gt=models.OuterRef("admitted_position"), gone="",
    )  # fmt: skip
    theirs = Membership.objects.everywhere(why).filter(account__in=list(by), circle__kind__in=PLACES)
    rows = theirs.filter(models.Exists(of_others)).values_list("account", "circle__kind")
    found = {bytes(account) for account, kind in rows if getattr(by[bytes(account)], PLACES[kind])}
    return found | {one for one, wish in by.items() if one not in found and wish.group and doors.waits(one, now)}


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


def remind(now: int, some: list[Due]) -> int:
    """Sends errands for the reminders of a few meetings. They are marked as taken in the same transaction."""
    turns.give_way()
    accounts = [account for due in some for account, _ in due.people]
    rows = Wish.objects.everywhere("those who wanted to be reminded").filter(account__in=accounts, meetings=True)
    wishes = {bytes(wish.account_id): wish for wish in rows.filter(account__closing_at=None)}
    turns.give_way()
    ways = ways_of(accounts)
    errands = [errands_by(ways, _when(due, wishes, now), Errand.Kind.MEETING) for due in turns.in_spells(some)]
    turns.give_way()
    with transaction.atomic():
        # Of one that a host changed meanwhile nobody is told.
        return send_out([one for due, theirs in zip(some, errands, strict=True) if due(now) for one in theirs])


def _when(due: Due, wishes: dict[bytes, Wish], now: int) -> dict[bytes, tuple[int, int]]:
    """For each who is reminded of this meeting, when, and until when."""
    when: dict[bytes, tuple[int, int]] = {}
    for account, latest in due.people:
        if account in wishes:
            passes(partial(_remind, wishes[account], latest, now, when))
    return when


def _remind(wish: Wish, latest: int, now: int, when: dict[bytes, tuple[int, int]]) -> None:
    free = hours_of(wish).free_from(now)
    if free < latest:
        when[bytes(wish.account_id)] = (free, latest)
