"""What follows on the server when an event was taken in: invitations, and which account is which member."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from sameboat.accounts.actions import set_own_key
from sameboat.accounts.models import Account, Unlocker
from sameboat.circles.actions.pairs import end_talks
from sameboat.circles.hub import hub
from sameboat.circles.models import Aside, Circle, Envelope, Invitation, Knock, Membership, Parting
from sameboat.circles.refusals import LookupTaken, NoKnock
from sameboat.protocol import verify


def follow(
    circle: Circle, before: verify.State, after: verify.State, events: list[verify.Event], *, mended: bool = False
) -> None:
    """Does what each event of a batch asks of the server's own rows. Inside the batch's transaction.

    `mended`: the batch was taken in once before, and a copy put back since does not hold all that came with it.
    """
    acts = ACTS | MENDED if mended else ACTS
    for event in events:
        act = acts.get(event.type)
        if act:
            act(circle, after, event)
    gone = after.gone_at.keys() - before.gone_at.keys()
    if gone:
        part(circle, after)
        _void(circle, after)
    if circle.kind == verify.GROUP:
        end_talks(circle, gone=gone, renewed=[event.author for event in events if event.type == "rekey"])
    if set(before.members) != set(after.members):
        transaction.on_commit(hub.look_soon, robust=True)


def _in(circle: Circle) -> QuerySet[Membership]:
    return Membership.objects.everywhere("a batch of this circle").filter(circle=circle)


def _invitations(circle: Circle) -> QuerySet[Invitation]:
    return Invitation.objects.everywhere("a batch of this circle").filter(circle=circle)


def _invite(circle: Circle, after: verify.State, event: verify.Event) -> None:
    invite = after.invites[event.id]
    if Invitation.objects.everywhere("a lookup is used once").filter(lookup=invite.lookup).exists():
        raise LookupTaken
    _invitations(circle).create(
        circle=circle, lookup=invite.lookup, event=event.id, seq=event.seq,
        link_key=invite.link_pk, any_member=invite.any_member, expires_at=invite.expires,
    )  # fmt: skip


def _admit(circle: Circle, after: verify.State, event: verify.Event) -> None:
    asked = event.inside or []
    at_the_door = Knock.objects.everywhere("those this admit answers").filter(invitation__circle=circle)
    waiting = at_the_door.filter(
        invitation__event=asked[1], invitation__state=Invitation.State.OPEN, state=Knock.State.WAITING
    )
    knock = waiting.filter(member=asked[2]).first()
    if knock is None or _in(circle).filter(account=knock.account_id).exists():
        raise NoKnock
    _in(circle).create(
        account_id=knock.account_id, circle=circle, member=knock.member,
        admitted_seq=event.seq, admitted_position=circle.position,
    )  # fmt: skip
    knock.state, knock.sealed = Knock.State.ADMITTED, b""
    knock.save(update_fields=["state", "sealed"])
    # Whoever is in waits nowhere else for the same group.
    at_the_door.filter(account=knock.account_id).exclude(pk=knock.pk).delete()
    _invitations(circle).filter(event=asked[1]).update(state=Invitation.State.USED)


def _rekey(circle: Circle, after: verify.State, event: verify.Event) -> None:
    if circle.kind == verify.OWN:
        owner = Account.objects.get(own_circle=bytes(circle.pk))
        set_own_key(owner, after.members[event.author].sign_pk)


def _share(circle: Circle, after: verify.State, event: verify.Event) -> None:
    """From the first message under the oldest of these keys on, the member is given what lies there."""
    oldest = min(after.index[epoch] for epoch, _ in event.body[1])
    under = Envelope.objects.everywhere("a batch of this circle").filter(circle=circle, epoch_seq__gte=oldest)
    first = under.order_by("position").values_list("position", flat=True).first()
    if first is not None:
        theirs = _in(circle).filter(member=event.body[0], admitted_position__gte=first)
        theirs.update(admitted_position=first - 1)


def _admit_again(circle: Circle, after: verify.State, event: verify.Event) -> None:
    """Whoever was at the door when the copy was made is let in again; of others the server knows no account."""
    try:
        _admit(circle, after, event)
    except NoKnock:
        invite = (event.inside or [b"", b""])[1]
        _invitations(circle).filter(event=invite).update(state=Invitation.State.USED)


def _unlock_again(circle: Circle, after: verify.State, event: verify.Event) -> None:
    """A way in that was taken away stays away, so long as another is left that the log knows."""
    owner = Account.objects.get(own_circle=bytes(circle.pk))
    rows = Unlocker.objects.of(owner)
    gone = event.body[2]
    if gone not in after.unlockers and rows.filter(unlocker__in=list(after.unlockers)).exists():
        rows.filter(unlocker=gone).delete()


ACTS: dict[str, Callable[[Circle, verify.State, verify.Event], None]] = {
    "invite": _invite,
    "admit": _admit,
    "rekey": _rekey,
    "history": _share,
}
MENDED: dict[str, Callable[[Circle, verify.State, verify.Event], None]] = {
    "admit": _admit_again,
    "unlock": _unlock_again,
}


def part(circle: Circle, after: verify.State) -> None:
    """Forgets who those were that no longer belong, and what waited for them."""
    staying, why = list(after.members), "those who went"
    _in(circle).exclude(member__in=staying).delete()
    Parting.objects.everywhere(why).filter(circle=circle).exclude(member__in=staying).delete()
    Aside.objects.everywhere(why).filter(circle=circle).exclude(recipient__in=staying).delete()
    admitted = Knock.objects.everywhere(why).filter(invitation__circle=circle, state=Knock.State.ADMITTED)
    admitted.exclude(member__in=staying).delete()


def _void(circle: Circle, after: verify.State) -> None:
    void = [invite.id for invite in after.invites.values() if invite.void]
    _invitations(circle).filter(event__in=void, state=Invitation.State.OPEN).update(state=Invitation.State.VOID)
