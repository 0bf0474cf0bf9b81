"""Taking events into a log: whole batches, under compare-and-swap on seq (SPEC 4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from sameboat.accounts.models import Account
from sameboat.circles import access, feed
from sameboat.circles.actions.consequences import follow
from sameboat.circles.actions.pairs import require_open
from sameboat.circles.actions.restoring import refuse_while_restoring
from sameboat.circles.hub import hub
from sameboat.circles.models import Attachment, Circle, LogEvent, Membership
from sameboat.circles.refusals import AttachmentExtra, AttachmentMissing, CircleTaken, Failed, Superseded
from sameboat.circles.states import states
from sameboat.lib.refusals import NotHere
from sameboat.lib.rows import Rows
from sameboat.protocol import verify
from sameboat.protocol.state import TALK

PAGE = 500
MOST_EVENTS = 16
LOCKED = Rows(Circle, "id = %s", lock=True)


@dataclass(frozen=True)
class Batch:
    """Events as they were signed, and the attachments they name, by hash."""

    wires: list[bytes]
    attachments: dict[bytes, bytes]


def locked(circle: bytes) -> Circle:
    """The circle's row, held until the transaction ends."""
    found = LOCKED.first(circle)
    if found is None:
        raise NotHere
    return found


@transaction.atomic
def append(membership: Membership, batch: Batch, *, now: int) -> int:
    """Takes a batch in, all or nothing, and returns the new head's seq.

    Raises Superseded with what came meanwhile, Failed with a name of SPEC.md, Restoring, AttachmentMissing or
    AttachmentExtra. The same batch again answers like the first time.
    """
    circle = locked(bytes(membership.circle_id))
    state = states.of(circle)
    if is_there(circle, batch):
        return circle.head_seq
    if state.kind != verify.OWN and read_first(batch).type != "heal":
        refuse_while_restoring(circle, now=now)
    if state.kind == TALK:
        require_open(circle)
    refuse_if_behind(membership, circle, batch)
    after, events = verified(state, batch, author=bytes(membership.member), now=now)
    if state.kind == verify.OWN and any(event.type == "unlock" for event in events):
        raise Failed("wrong_kind")
    store(circle, after, events, batch)
    follow(circle, state, after, events)
    return circle.head_seq


def refuse_if_behind(membership: Membership, circle: Circle, batch: Batch) -> None:
    """Raises Superseded with what the author has not seen, where the log has gone on meanwhile."""
    seq = read_first(batch).seq
    if seq <= circle.head_seq:
        events, _ = access.events_for(membership, after=seq - 1, most=PAGE)
        raise Superseded(events)


def read_first(batch: Batch) -> verify.Event:
    """The first event of a batch, read only. Raises Failed."""
    if not 0 < len(batch.wires) <= MOST_EVENTS:
        raise Failed("not_canonical")
    try:
        return verify.read_event(batch.wires[0])
    except verify.Failure as failure:
        raise Failed(failure) from None


def is_there(circle: Circle, batch: Batch) -> bool:
    """Whether this very batch was taken in before: its answer was lost, and it came again."""
    seq = read_first(batch).seq
    if seq > circle.head_seq:
        return False
    rows = LogEvent.objects.everywhere("the caller's own circle").filter(circle=circle, seq__gte=seq)
    there = [bytes(wire) for wire in rows.order_by("seq").values_list("wire", flat=True)[: len(batch.wires)]]
    return there == batch.wires


def verified(state: verify.State, batch: Batch, *, author: bytes, now: int) -> tuple[verify.State, list[verify.Event]]:
    """The state after a batch by `author`. Raises Failed."""
    try:
        after, events = verify.append(state, batch.wires)
        for event in events:
            verify.check_clock(event.time, now)
    except verify.Failure as failure:
        raise Failed(failure) from None
    if any(event.author != author for event in events):
        raise Failed("wrong_author")
    return after, events


def store(circle: Circle, after: verify.State, events: list[verify.Event], batch: Batch) -> None:
    """Writes events and attachments, moves the head, and tells who listens once all is durable."""
    write(circle, after, events, batch.wires, _attached(circle, events, batch.attachments))


def write(
    circle: Circle, after: verify.State, events: list[verify.Event], wires: list[bytes], attached: list[Attachment]
) -> None:
    """The same, of attachments that were looked at already."""
    rows = [
        LogEvent(circle=circle, seq=event.seq, event=event.id, wire=wire)
        for event, wire in zip(events, wires, strict=True)
    ]
    LogEvent.objects.everywhere("a new row").bulk_create(rows)
    Attachment.objects.everywhere("a new row").bulk_create(attached)
    circle.head, circle.head_seq = after.head, len(after.ids) - 1
    circle.save(update_fields=["head", "head_seq"])
    told = [("event", feed.event_frame(row, [one for one in attached if one.seq == row.seq])) for row in rows]
    key = bytes(circle.pk)

    def committed() -> None:
        states.keep(after)
        hub.hint(key, told)

    # A hint that fails is no reason to say no: what it would have told is found by the next look.
    transaction.on_commit(committed, robust=True)


def _attached(circle: Circle, events: list[verify.Event], given: dict[bytes, bytes]) -> list[Attachment]:
    rows: list[Attachment] = []
    for event in events:
        for asked in verify.required_attachments(event):
            content = given.get(asked.hash)
            if content is None:
                raise AttachmentMissing
            try:
                verify.check_attachment(asked, content)
            except verify.Failure as failure:
                raise Failed(failure) from None
            rows.append(
                Attachment(
                    circle=circle,
                    seq=event.seq,
                    kind=asked.kind,
                    member=asked.member or b"",
                    hash=asked.hash,
                    body=content,
                )
            )
    if set(given) != {bytes(row.hash) for row in rows}:
        raise AttachmentExtra
    return rows


def begin(account: Account, batch: Batch, kind: int, *, now: int) -> tuple[Circle, verify.State, list[verify.Event]]:
    """Makes a circle of this kind with its first batch; the account becomes its creator. Inside a transaction."""
    first = read_first(batch)
    after, events = verified(verify.State(), batch, author=first.author, now=now)
    if after.kind != kind:
        raise Failed("wrong_kind")
    if first.author not in after.members:
        raise Failed("not_a_member")
    circle = Circle(id=after.circle, kind=kind, head=after.head, head_seq=len(after.ids) - 1)
    try:
        with transaction.atomic():
            circle.save(force_insert=True)
    except IntegrityError:
        raise CircleTaken from None
    store(circle, after, events, batch)
    follow(circle, verify.State(), after, events)
    Membership.objects.everywhere("a new row").create(
        account=account, circle=circle, member=first.author, admitted_seq=0
    )
    return circle, after, events
