"""Whether a talk of two goes on: it ends when either leaves their group or has new keys there (SPEC 16)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from sameboat.circles.models import Circle, Closed, Membership, Talk
from sameboat.circles.refusals import TalkOver

BOTH = 2


def between(shared: bytes, one: bytes, other: bytes) -> QuerySet[Talk]:
    """Every talk of these two members of a group."""
    low, high = sorted((one, other))
    return Talk.objects.everywhere("two members of one group").filter(shared=shared, low=low, high=high)


def require_open(circle: Circle) -> None:
    """Raises TalkOver where nobody would read it any more."""
    open_ = Talk.objects.everywhere("the circle written in").filter(circle=circle, over=False).exists()
    there = Membership.objects.everywhere("the circle written in").filter(circle=circle).count()
    if not open_ or there < BOTH:
        raise TalkOver


def end_talks(shared: Circle, *, gone: Collection[bytes], renewed: Collection[bytes]) -> None:
    """Ends what cannot go on: talks of those who left this group, and of those who have new keys in it."""
    why = "a batch of their group"
    changed = [*gone, *renewed]
    if not changed:
        return
    key = bytes(shared.pk)
    rows = Talk.objects.everywhere(why).filter(shared=key)
    rows.filter(Q(low__in=changed) | Q(high__in=changed), over=False).update(over=True)
    talks = rows.values("circle")
    Membership.objects.everywhere(why).filter(circle__in=talks, member__in=list(gone)).delete()
    Closed.objects.everywhere(why).filter(Q(by__in=list(gone)) | Q(to__in=list(gone)), circle=shared).delete()
