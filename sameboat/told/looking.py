"""Those who asked for it are asked once a day, at their own hour, to look in (ETHOS I4), in the same words as ever.

Whether somebody waits for an answer only members' devices can work out: this site cannot tell a reply from any other
message. It asks where somebody else said anything within the last week, and keeps nothing of it.
"""

from __future__ import annotations

from functools import partial

from django.db import models, transaction

from sameboat.circles.models import Envelope, Membership
from sameboat.lib import turns
from sameboat.protocol.state import GROUP
from sameboat.told import here
from sameboat.told.actions import HOUR, errands_for, send_out
from sameboat.told.hours import next_at
from sameboat.told.models import Errand, Wish
from sameboat.told.telling import passes

WEEK = 7 * 86_400
AT_ONCE = 50


def look_in(now: int) -> int:
    """One round of it. Returns how many errands were set out."""
    due = Wish.objects.everywhere("those who asked to be told to look in").filter(look_at__lte=now)
    wishes = list(due.order_by("look_at").select_related("account")[:1_000])
    return sum(_ask(wishes[first : first + AT_ONCE], now) for first in range(0, len(wishes), AT_ONCE))


def _ask(wishes: list[Wish], now: int) -> int:
    turns.give_way()
    then: dict[bytes, int] = {}
    for wish in wishes:
        if not passes(partial(_work_out, wish, now, then)):
            # Not first in every round from now on.
            then[bytes(wish.account_id)] = now + HOUR
    news = _with_news([wish for wish in wishes if _may_be_asked(wish, now)], now)
    with transaction.atomic():
        # Whoever chose another hour meanwhile is left as they chose.
        same = {bytes(wish.account_id) for wish in wishes if _put_on(wish, then[bytes(wish.account_id)])}
        return send_out(errands_for(dict.fromkeys(news & same, (now, now + 2 * HOUR)), Errand.Kind.LOOK))


def _work_out(wish: Wish, now: int, then: dict[bytes, int]) -> None:
    then[bytes(wish.account_id)] = next_at(wish.zone, wish.looks_at or 0, now)


def _put_on(wish: Wish, look_at: int) -> bool:
    rows = Wish.objects.everywhere("those whose hour has come")
    return bool(rows.filter(account=wish.account_id, look_at=wish.look_at).update(look_at=look_at))


def _may_be_asked(wish: Wish, now: int) -> bool:
    """Not long after their hour, as when the site was away; nor while they look at the page."""
    is_late = wish.look_at is None or wish.look_at <= now - HOUR
    return not is_late and wish.account.closing_at is None and not here.is_here(bytes(wish.account_id), now=now)


def _with_news(wishes: list[Wish], now: int) -> set[bytes]:
    """In whose groups somebody else said something within the week."""
    why = "whether anything was said"
    said = Envelope.objects.everywhere(why).filter(
        ~models.Q(author=models.OuterRef("member")),
        circle=models.OuterRef("circle"), position__gt=models.OuterRef("admitted_position"),
        gone="", keep=False, at__gt=now - WEEK,
    )  # fmt: skip
    theirs = Membership.objects.everywhere(why).filter(account__in=[one.account_id for one in wishes])
    found = theirs.filter(models.Exists(said), circle__kind=GROUP).values_list("account", flat=True)
    return {bytes(account) for account in found}
