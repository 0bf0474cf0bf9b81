"""Opening a talk with another member of one's group, and closing it (SPEC 16)."""

from __future__ import annotations

from django.db import transaction

from sameboat.circles.actions.door import stir
from sameboat.circles.actions.log import Batch, begin, is_there, locked, verified
from sameboat.circles.actions.pairs import between
from sameboat.circles.hub import hub
from sameboat.circles.models import Circle, Closed, Membership, Talk
from sameboat.circles.refusals import Failed, TalkClosed, TalkThere
from sameboat.circles.states import states
from sameboat.protocol import verify
from sameboat.protocol.state import TALK
from sameboat.protocol.talks import GOES_ON, SOMEONE_LEFT, check_talk, standing


@transaction.atomic
def open_talk(membership: Membership, batch: Batch, *, now: int) -> bytes:
    """Makes a talk of this member and one other of the group. Returns its id.

    The same batch again is answered like the first time. Raises Failed, TalkThere with the one that goes on,
    TalkClosed, AttachmentMissing, AttachmentExtra.
    """
    # Held, so that of two opened at once the second finds the first.
    shared = locked(bytes(membership.circle_id))
    me = bytes(membership.member)
    after, events = verified(verify.State(), batch, author=me, now=now)
    if [event.type for event in events] != ["create", "epoch"]:
        raise Failed("epoch_required")
    _hold_against(states.of(shared), after)
    other = bytes(after.pair[2])
    them = Membership.objects.everywhere("who else is here").filter(circle=shared, member=other).first()
    if them is None:
        raise Failed("not_a_member")
    known = between(bytes(shared.pk), me, other).filter(over=False).first()
    if known is not None:
        if bytes(known.circle_id) == after.circle and is_there(known.circle, batch):
            return after.circle
        raise TalkThere(bytes(known.circle_id))
    _unclose(shared, me, other)
    circle, _, _ = begin(membership.account, batch, TALK, now=now)
    low, high = sorted((me, other))
    Talk.objects.everywhere("a new row").create(circle=circle, shared=bytes(shared.pk), low=low, high=high)
    Membership.objects.everywhere("a new row").create(account=them.account, circle=circle, member=other, admitted_seq=0)
    return bytes(circle.pk)


def _hold_against(shared: verify.State, talk: verify.State) -> None:
    """By the group's log as it is now: both are in it, with these keys. Raises Failed."""
    try:
        check_talk(shared, talk)
    except verify.Failure as failure:
        raise Failed(failure) from None
    now = standing(shared, talk)
    if now != GOES_ON:
        raise Failed("not_a_member" if now == SOMEONE_LEFT else "key_swapped")


def _unclose(shared: Circle, me: bytes, other: bytes) -> None:
    """Whoever closed may open again; the other may not."""
    rows = Closed.objects.everywhere("two members of one group").filter(circle=shared)
    if rows.filter(by=other, to=me).exists():
        raise TalkClosed
    rows.filter(by=me, to=other).delete()


@transaction.atomic
def close(membership: Membership) -> None:
    """Ends a talk for both; nothing of it is delivered to this member any more, and the other opens no new one."""
    talk = Talk.objects.within(membership).first()
    if talk is None:
        raise Failed("wrong_kind")
    me = bytes(membership.member)
    Talk.objects.within(membership).update(over=True)
    other = bytes(talk.high) if bytes(talk.low) == me else bytes(talk.low)
    stir(bytes(membership.circle_id), "aside", other)
    shared = Circle.objects.filter(pk=bytes(talk.shared)).first()
    # One that is over is only put away: that keeps nobody from beginning again.
    if shared is not None and not talk.over:
        Closed.objects.everywhere("one's own wish").get_or_create(circle=shared, by=me, to=other)
    membership.delete()
    transaction.on_commit(hub.look_soon, robust=True)
