"""At the door: knocking, thinking better of it, being told no. Being let in is an `admit` in the log."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from sameboat.accounts.models import Account
from sameboat.circles import access
from sameboat.circles.hub import hub
from sameboat.circles.models import Circle, Invitation, Knock, Membership
from sameboat.circles.refusals import AlreadyIn, DoorBusy, Failed
from sameboat.protocol import verify


def state_of(invitation: Invitation, *, now: int) -> str:
    """`open`, `used`, `void` or `expired`, as it stands at `now`."""
    if invitation.state == Invitation.State.OPEN and invitation.expires_at <= now:
        return "expired"
    return invitation.state


def require_open(invitation: Invitation, *, now: int) -> None:
    """Raises Failed with the name of what is wrong."""
    state = state_of(invitation, now=now)
    if state != "open":
        raise Failed(f"invite_{state}")


def knock(account: Account, lookup: bytes, member: bytes, sealed: bytes, signature: bytes, *, now: int) -> Knock:
    """Asks to be let in. Knocking again with the same link replaces one's own earlier knock."""
    invitation = access.invitation(lookup)
    require_open(invitation, now=now)
    try:
        verify.check_knock_by_link(bytes(invitation.link_key), lookup, bytes(account.pk), member, sealed, signature)
    except verify.Failure as failure:
        raise Failed(failure) from None
    if Membership.objects.of(account).filter(circle=invitation.circle_id).exists():
        raise AlreadyIn
    return _stand_waiting(account, invitation, member, sealed, now=now)


@transaction.atomic
def _stand_waiting(account: Account, invitation: Invitation, member: bytes, sealed: bytes, *, now: int) -> Knock:
    mine = Knock.objects.of(account).filter(invitation=invitation)
    if mine.filter(state=Knock.State.DECLINED).exists():
        raise DoorBusy
    mine.delete()
    try:
        with transaction.atomic():
            waiting = mine.create(account=account, invitation=invitation, member=member, sealed=sealed, since=now)
    except IntegrityError:
        raise DoorBusy from None
    stir(bytes(invitation.circle_id), "knock")
    return waiting


@transaction.atomic
def void(invitation: Invitation) -> None:
    """The host takes an unused invitation back; who waits with it is told no."""
    if invitation.state == Invitation.State.OPEN:
        invitation.state = Invitation.State.VOID
        invitation.save(update_fields=["state"])
    waiting = Knock.objects.everywhere("those who wait with this invitation").filter(invitation=invitation)
    for one in waiting.select_related("invitation").filter(state=Knock.State.WAITING):
        decline(one)


def withdraw(knock: Knock) -> None:
    """The person thought better of it; nothing of the knock remains."""
    knock.delete()


@transaction.atomic
def decline(knock: Knock) -> None:
    """A member says no. What was sealed inside goes at once."""
    knock.state = Knock.State.DECLINED
    knock.sealed = b""
    knock.save(update_fields=["state", "sealed"])
    stir(bytes(knock.invitation.circle_id), "knock")


def stir(circle: bytes, name: str, member: bytes | None = None) -> None:
    """Counts that something waits to be fetched, and hints it to those who listen. Inside a transaction."""
    Circle.objects.filter(pk=circle).update(stirred=F("stirred") + 1)
    number = Circle.objects.values_list("stirred", flat=True).get(pk=circle)
    transaction.on_commit(lambda: hub.stir(circle, name, number, member), robust=True)
