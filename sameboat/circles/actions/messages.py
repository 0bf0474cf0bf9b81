"""Sealed messages: taken in once, taken back by their author (SPEC 6)."""

from __future__ import annotations

from django.db import transaction

from sameboat.circles import access, feed
from sameboat.circles.actions.log import PAGE, locked
from sameboat.circles.actions.pairs import require_open
from sameboat.circles.hub import hub
from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.circles.refusals import Failed, IdReused, Superseded
from sameboat.circles.states import states
from sameboat.lib.refusals import NotHere
from sameboat.lib.rows import Rows, add, change
from sameboat.protocol import verify
from sameboat.protocol.state import TALK

NEXT = f"UPDATE {Circle._meta.db_table} SET position = %s WHERE id = %s"  # noqa: S608
KNOWN = Rows(Envelope, "circle_id = %s AND message = %s")


def post(membership: Membership, wire: bytes, *, now: int) -> tuple[Envelope, bool]:
    """Stores a message and says whether it is new. The same bytes again get their first answer.

    Raises Failed, IdReused, or Superseded with the events the author has not seen.
    """
    try:
        read = verify.read_envelope(wire)
    except verify.Failure as failure:
        raise Failed(failure) from None
    return _take_in(membership, read, wire, now=now)


@transaction.atomic
def _take_in(membership: Membership, read: verify.Envelope, wire: bytes, *, now: int) -> tuple[Envelope, bool]:
    circle, header = locked(bytes(membership.circle_id)), read.header
    name = header.hash
    known = KNOWN.first(membership.circle_id, header.id)
    if known is not None:
        # Of one that is gone only the hash is left to compare; it covers the whole header.
        if bytes(known.hash) != name or (known.wire is not None and bytes(known.wire) != wire):
            raise IdReused
        return known, False
    state = states.of(circle)
    if circle.kind == TALK:
        require_open(circle)
    try:
        verify.check_read(state, read, bytes(membership.member))
    except verify.Failure as failure:
        if failure.code == "superseded":
            raise Superseded(_missed(membership, state, header.head)) from None
        raise Failed(failure) from None
    epoch = state.epoch
    circle.position += 1
    change(NEXT, circle.position, circle.pk)
    envelope = Envelope(
        circle=circle, position=circle.position, message=header.id, hash=name, author=header.author,
        epoch_seq=epoch.seq if epoch else 0, at=now, keep=header.keep, wire=wire,
    )  # fmt: skip
    add(envelope)
    key = bytes(circle.pk)
    transaction.on_commit(lambda: hub.hint(key, [("message", feed.message_frame(envelope))]), robust=True)
    return envelope, True


def _missed(membership: Membership, state: verify.State, head: bytes) -> list[dict[str, object]]:
    events, _ = access.events_for(membership, after=state.index[head], most=PAGE)
    return events


@transaction.atomic
def take_back(membership: Membership, envelope: Envelope) -> None:
    """Deletes what was sealed; place and hash stay, so that a hole is not mistaken for a loss. Twice is once."""
    circle = locked(bytes(membership.circle_id))
    envelope.refresh_from_db(fields=["gone"], from_queryset=Envelope.objects.within(membership))
    if not envelope.gone:
        _empty(circle, envelope)


@transaction.atomic
def delete_message(circle: bytes, message: bytes) -> None:
    """Deletes one sealed message unread, for two people who run the site. Raises NotHere for one that is not there.

    No author's own take-back explains it, so to members it shows as missing; who holds it already keeps it.
    """
    row = locked(circle)
    found = Envelope.objects.everywhere("two named people").filter(circle=row, hash=message, gone="").first()
    if found is None:
        raise NotHere
    _empty(row, found)


def _empty(circle: Circle, envelope: Envelope) -> None:
    circle.gone += 1
    circle.save(update_fields=["gone"])
    envelope.wire, envelope.gone, envelope.gone_order = None, Envelope.Gone.TAKEN, circle.gone
    envelope.save(update_fields=["wire", "gone", "gone_order"])
    key = bytes(circle.pk)
    transaction.on_commit(lambda: hub.hint(key, [("gone", feed.gone_frame(envelope))]), robust=True)
