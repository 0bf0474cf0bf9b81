"""What a live stream is fed with, read from the database: the truth behind every hint (ARCHITECTURE, Live delivery).

Everything here may wait for the database, so it is never called on the event loop.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from sameboat.accounts.models import Session
from sameboat.circles.models import Attachment, Circle, Envelope, LogEvent, Membership
from sameboat.lib.rows import column
from sameboat.protocol.encoding import b64u

PAGE = 200
TOGETHER = 500
# Asked with every message, so its SQL is made once.
LISTENING_IN = (
    f"SELECT session.id FROM {Membership._meta.db_table} AS member "  # noqa: S608
    f"JOIN {Session._meta.db_table} AS session ON session.account_id = member.account_id "
    "WHERE member.circle_id = %s AND session.expires_at > %s"
)
EVENT, MESSAGE, GONE = 0, 1, 2
SEAT = (
    "account_id", "pk", "circle_id", "member",
    "admitted_position", "circle__stirred", "circle__head_seq", "circle__position", "circle__gone",
)  # fmt: skip


class Counters(NamedTuple):
    """How far something is in one circle: newest seq, newest position, newest disappearance."""

    seq: int
    position: int
    gone: int


@dataclass(frozen=True)
class Frame:
    """One thing to tell: `which` counter it moves, to what number, and the JSON to send.

    `boxes` is what only one member is given: their own sealed key of an epoch.
    """

    which: int
    number: int
    told: bytes
    boxes: Mapping[bytes, bytes] = field(default_factory=dict)

    def pieces(self, member: bytes) -> Iterable[bytes]:
        """The JSON for one member, in pieces that the members share."""
        if self.which != EVENT:
            return (self.told,)
        return (self.told, self.boxes.get(member, b""), b"}}")


@dataclass(frozen=True)
class Seat:
    """A membership as the hub knows it: from which position on, and the circle's counters at that moment."""

    row: int
    circle: bytes
    member: bytes
    since: int
    now: Counters
    stirred: int


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def event_frame(event: LogEvent, attachments: Iterable[Attachment]) -> Frame:
    """An event with what belongs to it; the box of each member apart."""
    head = _json({"circle": b64u(event.circle_id), "seq": event.seq, "event": b64u(event.wire)})
    shared: list[bytes] = []
    boxes: dict[bytes, bytes] = {}
    for one in attachments:
        pair = _json(b64u(one.hash)) + b":" + _json(b64u(one.body))
        if one.kind in (Attachment.Kind.BOX, Attachment.Kind.HISTORY_BOX):
            before = boxes.get(bytes(one.member))
            boxes[bytes(one.member)] = pair if before is None else before + b"," + pair
        elif one.kind != Attachment.Kind.PREVIEW and pair not in shared:
            shared.append(pair)
    if shared:
        boxes = {member: b"," + pair for member, pair in boxes.items()}
    return Frame(EVENT, event.seq, head[:-1] + b',"attachments":{' + b",".join(shared), boxes)


def message_frame(envelope: Envelope) -> Frame:
    """A message, or where it was if it is gone by now."""
    if envelope.wire is None:
        return Frame(MESSAGE, envelope.position, gone_frame(envelope).told)
    told = {
        "circle": b64u(envelope.circle_id),
        "position": envelope.position,
        "at": envelope.at,
        "envelope": b64u(envelope.wire),
    }
    return Frame(MESSAGE, envelope.position, _json(told))


def gone_frame(envelope: Envelope) -> Frame:
    """That a message was taken back."""
    told = {"circle": b64u(envelope.circle_id), "position": envelope.position, "hash": b64u(envelope.hash)}
    return Frame(GONE, envelope.gone_order or 0, _json(told))


def attachments_by_seq(rows: QuerySet[Attachment]) -> dict[int, list[Attachment]]:
    """Attachments grouped by the event that names them."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    for one in rows:
        found[one.seq].append(one)
    return found


def after(circle: bytes, known: Counters) -> list[tuple[str, Frame]]:
    """What is newer than `known` in a circle, each with its name: events, then messages, then disappearances.

    At most a page of each; whoever asks goes on until nothing comes.
    """
    why = "read for those whose membership was just checked"
    events = list(LogEvent.objects.everywhere(why).filter(circle=circle, seq__gt=known.seq).order_by("seq")[:PAGE])
    told: list[tuple[str, Frame]] = []
    if events:
        seqs = Attachment.objects.everywhere(why).filter(circle=circle, seq__gt=known.seq, seq__lte=events[-1].seq)
        attached = attachments_by_seq(seqs.order_by("pk"))
        told += [("event", event_frame(event, attached.get(event.seq, []))) for event in events]
    envelopes = Envelope.objects.everywhere(why).filter(circle=circle)
    for one in envelopes.filter(position__gt=known.position).order_by("position")[:PAGE]:
        told.append(("message" if one.wire is not None else "gone", message_frame(one)))
    for one in envelopes.filter(gone_order__gt=known.gone).order_by("gone_order")[:PAGE]:
        told.append(("gone", gone_frame(one)))
    return told


def after_for(row: int, circle: bytes, known: Counters) -> list[tuple[str, Frame]]:
    """The same for one membership; nothing once it has ended."""
    if not Membership.objects.everywhere("is it still there").filter(pk=row, circle=circle).exists():
        return []
    return after(circle, known)


def counters(circles: list[bytes]) -> dict[bytes, tuple[Counters, int]]:
    """How far each of these circles is, and how often its door or its asides stirred."""
    found: dict[bytes, tuple[Counters, int]] = {}
    for start in range(0, len(circles), TOGETHER):
        rows = Circle.objects.filter(pk__in=circles[start : start + TOGETHER])
        for pk, seq, position, gone, stirred in rows.values_list("pk", "head_seq", "position", "gone", "stirred"):
            found[bytes(pk)] = (Counters(seq, position, gone), stirred)
    return found


def listening_in(circle: bytes, *, now: int) -> frozenset[int]:
    """The live sessions of this circle's members, as they are at this moment."""
    return frozenset(column(LISTENING_IN, circle, now))


def living(sessions: list[int], *, now: int) -> set[int]:
    """Which of these sessions still live."""
    found: set[int] = set()
    for start in range(0, len(sessions), TOGETHER):
        rows = Session.objects.everywhere("each has an open stream").filter(expires_at__gt=now)
        found.update(rows.filter(pk__in=sessions[start : start + TOGETHER]).values_list("pk", flat=True))
    return found


def seats(accounts: list[bytes]) -> dict[bytes, list[Seat]]:
    """Where each of these accounts belongs, as it is at this moment."""
    found: dict[bytes, list[Seat]] = {account: [] for account in accounts}
    for start in range(0, len(accounts), TOGETHER):
        rows = Membership.objects.everywhere("each has an open stream").filter(
            account__in=accounts[start : start + TOGETHER]
        )
        for account, row, circle, member, since, stirred, *known in rows.order_by("pk").values_list(*SEAT):
            found[bytes(account)].append(Seat(row, bytes(circle), bytes(member), since, Counters(*known), stirred))
    return found
