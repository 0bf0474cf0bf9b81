"""Members hand back what a copy did not hold: events, the bytes they name, messages (SPEC 11). Nothing is changed."""

from __future__ import annotations

from django.db import transaction

from sameboat.circles import feed
from sameboat.circles.actions.consequences import follow
from sameboat.circles.actions.log import Batch, locked, write
from sameboat.circles.actions.restoring import Span, is_restoring, spans
from sameboat.circles.hub import hub
from sameboat.circles.models import Attachment, Circle, Envelope, LogEvent, Membership, Parting, Wanted
from sameboat.circles.refusals import BadParting, Failed, Forked, NotRestored
from sameboat.circles.states import states
from sameboat.protocol import verify
from sameboat.protocol.offered import check_offered


@transaction.atomic
def mend(membership: Membership, from_seq: int, batch: Batch) -> int:
    """Takes in events that a member still holds, byte for byte, and bytes that were wanted. Returns the head's seq.

    Raises Forked where they contradict what is here, NotRestored, Failed. The same again changes nothing.
    """
    circle = locked(bytes(membership.circle_id))
    fresh = _beyond(circle, from_seq, batch.wires)
    state = states.of(circle)
    if fresh:
        after, events = _verified(state, fresh, spans())
        attached = _judged(circle, events, batch.attachments)
        follow(circle, state, after, events, mended=True)
        write(circle, after, events, fresh, attached)
    _fill(circle, batch.attachments)
    return circle.head_seq


def _beyond(circle: Circle, from_seq: int, wires: list[bytes]) -> list[bytes]:
    """Those that are not here yet. Raises Forked for another event in a place that is taken, Failed for a hole."""
    if from_seq > circle.head_seq + 1:
        raise Failed("wrong_seq")
    rows = LogEvent.objects.everywhere("the caller's own circle").filter(circle=circle, seq__gte=from_seq)
    here = [bytes(wire) for wire in rows.order_by("seq").values_list("wire", flat=True)[: len(wires)]]
    if here != wires[: len(here)]:
        raise Forked
    return wires[len(here) :]


def _verified(state: verify.State, wires: list[bytes], lost: list[Span]) -> tuple[verify.State, list[verify.Event]]:
    try:
        after, events = verify.append(state, wires)
    except verify.Failure as failure:
        raise Failed(failure) from None
    if not all(any(span.holds(event.time) for span in lost) for event in events):
        raise Failed("clock")
    return after, events


def _judged(circle: Circle, events: list[verify.Event], given: dict[bytes, bytes]) -> list[Attachment]:
    """Rows of what came along; what did not is wanted from whoever holds it."""
    rows: list[Attachment] = []
    wanted: list[Wanted] = []
    for event in events:
        for asked in verify.required_attachments(event):
            kind, member = asked.kind, asked.member or b""
            body = _checked(asked, given)
            if body is None:
                wanted.append(Wanted(circle=circle, seq=event.seq, kind=kind, member=member, hash=asked.hash))
            else:
                row = Attachment(circle=circle, seq=event.seq, kind=kind, member=member, hash=asked.hash, body=body)
                rows.append(row)
    Wanted.objects.everywhere("a new row").bulk_create(wanted)
    return rows


def _checked(asked: verify.Attachment, given: dict[bytes, bytes]) -> bytes | None:
    body = given.get(asked.hash)
    if body is None:
        return None
    try:
        verify.check_attachment(asked, body)
    except verify.Failure as failure:
        raise Failed(failure) from None
    return body


def _fill(circle: Circle, given: dict[bytes, bytes]) -> None:
    """Bytes that were wanted have come. Bytes that nobody wants are passed over."""
    if not given:
        return
    waiting = Wanted.objects.everywhere("the caller's own circle").filter(circle=circle, hash__in=list(given))
    for one in list(waiting):
        asked = verify.Attachment(one.kind, bytes(one.hash), bytes(one.member))
        body = _checked(asked, given) or b""
        Attachment.objects.everywhere("a new row").create(
            circle=circle, seq=one.seq, kind=one.kind, member=one.member, hash=one.hash, body=body
        )
        one.delete()


def offer(membership: Membership, offered: list[tuple[bytes, int]], *, now: int) -> list[int | None]:
    """Takes messages by anyone's hand that were right as of their own head. Where each stands; None for a refused one.

    `offered`: envelopes and when the server had taken them. Raises NotRestored.
    """
    lost = spans()
    return [_take_in(membership, wire, _in_span(at, lost, now)) for wire, at in offered]


def _in_span(at: int, lost: list[Span], now: int) -> int:
    """The time a message keeps: its own where it was lost then, so that it fades when it would have."""
    newest = lost[-1]
    return min(at, now) if any(span.holds(at) for span in lost) else min(max(at, newest.to), newest.at)


@transaction.atomic
def _take_in(membership: Membership, wire: bytes, at: int) -> int | None:
    circle = locked(bytes(membership.circle_id))
    try:
        read = verify.read_envelope(wire)
        epoch_seq = check_offered(states.of(circle), read)
    except verify.Failure:
        return None
    header, why = read.header, "the caller's own circle"
    known = Envelope.objects.everywhere(why).filter(circle=circle, message=header.id).first()
    if known is not None:
        return known.position if bytes(known.hash) == header.hash else None
    circle.position += 1
    circle.save(update_fields=["position"])
    envelope = Envelope(
        circle=circle, position=circle.position, message=header.id, hash=header.hash, author=header.author,
        epoch_seq=epoch_seq, at=at, keep=header.keep, wire=wire,
    )  # fmt: skip
    envelope.save(force_insert=True)
    key = bytes(circle.pk)
    transaction.on_commit(lambda: hub.hint(key, [("message", feed.message_frame(envelope))]), robust=True)
    return envelope.position


@transaction.atomic
def go(membership: Membership, body: bytes, signature: bytes, *, now: int) -> None:
    """While the log takes no `leave`: delivery stops at once, and the farewell waits for the next to bring it.

    Raises NotRestored when the log does take one, BadParting.
    """
    if not is_restoring(now=now):
        raise NotRestored
    circle = locked(bytes(membership.circle_id))
    try:
        due = verify.check_parting(states.of(circle), bytes(membership.member), body, signature)
    except verify.Failure:
        raise BadParting from None
    if due > now + verify.CLOCK:
        raise BadParting
    Parting.objects.everywhere("a new row").update_or_create(
        circle=circle, member=membership.member,
        defaults={"account": None, "body": body, "signature": signature},
    )  # fmt: skip
    membership.delete()
    transaction.on_commit(hub.look_soon, robust=True)
