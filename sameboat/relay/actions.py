"""Handing a signal from one member to another of the same group."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db.models import Q

from sameboat.circles.hub import hub
from sameboat.circles.models import Closed, Membership
from sameboat.lib.refusals import NotHere
from sameboat.protocol.gatherings import gathering_of
from sameboat.protocol.primitives import same
from sameboat.protocol.state import GROUP
from sameboat.relay import waiting
from sameboat.told.actions import ring
from sameboat.told.trying import try_device


@dataclass(frozen=True)
class Sent:
    """What a member's page hands over. `rings`: a call begins, so that a closed page may be told.

    `device`: where one's own test ring is to arrive, the address that the push service gave this browser.
    """

    to: bytes
    call: bytes
    sealed: bytes
    rings: bool
    device: str | None = None


def hand_on(membership: Membership, sent: Sent, *, now: int) -> None:
    """Keeps it for the other for two minutes, and tells their open pages at once. Raises NotHere.

    Between two of whom one has closed their talk no call is handed on, and the answer is the same. The group's
    meeting by voice is theirs as its room is: of that all is handed on, and no closed page is told of it.
    """
    why = "whether the other is here"
    circle, me = bytes(membership.circle_id), bytes(membership.member)
    them = Membership.objects.everywhere(why).filter(circle=circle, circle__kind=GROUP, member=sent.to).first()
    if them is None:
        raise NotHere
    is_call = not same(sent.call, gathering_of(circle))
    if is_call and _have_closed(circle, me, sent.to):
        return
    signal = waiting.Signal(secrets.token_bytes(16), circle, me, sent.to, sent.call, sent.sealed, now + waiting.LASTS)
    waiting.put(signal, now=now)
    hub.stir(circle, "signal", 0, sent.to)
    if is_call and sent.rings:
        _tell(bytes(membership.account_id), bytes(them.account_id), sent.device, now=now)


def _tell(by: bytes, account: bytes, device: str | None, *, now: int) -> None:
    """Whoever rings themselves wants to know whether it comes to the device they have in their hands."""
    if by != account:
        ring(account, by=by, now=now)
    elif device is not None:
        try_device(account, device, now=now)


def _have_closed(circle: bytes, one: bytes, other: bytes) -> bool:
    closed = Closed.objects.everywhere("two members of one group").filter(circle=circle)
    return closed.filter(Q(by=one, to=other) | Q(by=other, to=one)).exists()
