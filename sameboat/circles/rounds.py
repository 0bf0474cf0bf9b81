"""What happens by itself: talk fades, closed accounts go, what has run out is forgotten. `now` in seconds."""

from __future__ import annotations

from django.db import models, transaction

from sameboat.accounts.models import Account, Session, StartCode, UsedNonce
from sameboat.circles.actions.log import locked
from sameboat.circles.models import Aside, Attachment, Circle, Envelope, Invitation, Knock, Membership, Wanted
from sameboat.circles.states import states
from sameboat.protocol import verify

DAY = 86_400
SHORTEST_WINDOW = 30 * DAY
ASIDE_SECONDS = 14 * DAY
KNOCK_SECONDS = 60 * DAY
# Lists stay: they open nothing, and by them somebody who came later still reads what those who left gave to be kept.
UNDER_AN_EPOCH = [Attachment.Kind.BOX, Attachment.Kind.CARD]


def fade(now: int) -> int:
    """Deletes what each group's window has outlived (SPEC 10). Returns how many messages faded."""
    why = "every group's window is kept"
    old = Envelope.objects.everywhere(why).filter(gone="", keep=False, at__lte=now - SHORTEST_WINDOW)
    circles = [bytes(one) for one in old.values_list("circle", flat=True).distinct()]
    return sum(_fade_in(circle, now) for circle in circles)


@transaction.atomic
def _fade_in(key: bytes, now: int) -> int:
    circle = locked(key)
    state = states.of(circle)
    window = verify.window_at(state, now)
    if not window:
        return 0
    why = "one circle's window"
    rows = Envelope.objects.everywhere(why).filter(circle=circle)
    outlived = rows.filter(gone="", keep=False, at__lte=now - window * DAY)
    faded = outlived.update(wire=None, gone=Envelope.Gone.FADED)
    _let_epochs_go(circle, state)
    return faded


def _let_epochs_go(circle: Circle, state: verify.State) -> None:
    # Boxes open what lies under an epoch; with nothing left under it, they are only a key to old copies.
    if state.epoch is None:
        return
    why = "one circle's window"
    needed = set(
        Envelope.objects.everywhere(why).filter(circle=circle, gone="").values_list("epoch_seq", flat=True).distinct()
    )
    seqs = [epoch.seq for epoch in state.epochs if epoch.seq < state.epoch.seq and epoch.seq not in needed]
    attached = Attachment.objects.everywhere(why).filter(circle=circle, kind__in=UNDER_AN_EPOCH)
    attached.filter(seq__in=seqs).delete()
    _let_shared_go(circle, state, set(seqs))
    Wanted.objects.everywhere(why).filter(circle=circle, seq__in=seqs, kind__in=UNDER_AN_EPOCH).delete()


def _let_shared_go(circle: Circle, state: verify.State, seqs: set[int]) -> None:
    hashes = [box for epoch, rows in state.shared.items() if state.index[epoch] in seqs for _, box in rows]
    if hashes:
        boxes = Attachment.objects.everywhere("one circle's window").filter(circle=circle, hash__in=hashes)
        boxes.filter(kind=Attachment.Kind.HISTORY_BOX).delete()


def delete_closed(now: int) -> int:
    """Deletes accounts whose seven days are over, with their own circle. Their farewells wait for the groups."""
    due = Account.objects.filter(closing_at__lte=now)
    return sum(_delete(bytes(key), now) for key in due.values_list("pk", flat=True))


@transaction.atomic
def _delete(key: bytes, now: int) -> int:
    # Looked at again under a lock: the person may have come back a moment ago.
    account = Account.objects.select_for_update().filter(pk=key, closing_at__lte=now).first()
    if account is None:
        return 0
    own = bytes(account.own_circle)
    account.delete()
    Circle.objects.filter(pk=own).delete()
    states.forget(own)
    return 1


def empty_circles_go(now: int) -> int:
    """Deletes circles that no account belongs to any more: nobody could ever open them again."""
    members = Membership.objects.everywhere("whether anybody is left").filter(circle=models.OuterRef("pk"))
    empty = Circle.objects.filter(~models.Exists(members))
    count = empty.count()
    empty.delete()
    return count


def forget(now: int) -> None:
    """Lets go of what has run out: sessions, nonces, start codes, answered or old knocks, asides."""
    why = "what has run out"
    Session.objects.everywhere(why).filter(expires_at__lte=now).delete()
    UsedNonce.objects.filter(expires_at__lte=now).delete()
    StartCode.objects.filter(expires_at__lte=now).delete()
    Aside.objects.everywhere(why).filter(at__lte=now - ASIDE_SECONDS).delete()
    knocks = Knock.objects.everywhere(why)
    knocks.filter(since__lte=now - KNOCK_SECONDS).delete()
    over = Invitation.objects.everywhere(why).filter(
        ~models.Q(state=Invitation.State.OPEN) | models.Q(expires_at__lte=now)
    )
    knocks.filter(invitation__in=over).exclude(sealed=b"").update(sealed=b"")
    previews = Attachment.objects.everywhere(why).filter(kind=Attachment.Kind.PREVIEW)
    previews.filter(models.Exists(over.filter(circle=models.OuterRef("circle"), seq=models.OuterRef("seq")))).delete()
