"""Notes from one member to one other about something pending (SPEC 9)."""

from __future__ import annotations

from typing import Any

from sameboat.client.circle import Circle
from sameboat.client.http import BadAnswer, b64, listed, unb64
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import open_aside, seal_aside
from sameboat.protocol.state import Member


def note(circle: Circle, to: bytes, content: list[Any]) -> None:
    """Leaves `[time, type, …]` for a member. Raises Failure `not_a_member`."""
    sealed = seal_aside(circle.keys, circle.id, to, member_of(circle, to).box_pk, content)
    circle.wire.post(f"{circle.path}/asides", {"to": b64(to), "sealed": b64(sealed)})


def notes(circle: Circle, type_: str) -> list[tuple[bytes, bytes, list[Any]]]:
    """Id, sender and content of the notes of one type. Those that do not open are left out."""
    found = []
    for row in listed(circle.wire.get(f"{circle.path}/asides"), "asides"):
        try:
            sender = unb64(row.get("from"))
            public = member_of(circle, sender).sign_pk
            sealed = unb64(row.get("sealed"))
            content = open_aside(circle.keys.box, circle.id, sender, public, circle.keys.member, sealed)
        except (Failure, BadAnswer):
            continue
        if content[1] == type_:
            found.append((unb64(row.get("id")), sender, content))
    return found


def member_of(circle: Circle, member: bytes) -> Member:
    """A member as this client knows them. Raises Failure `not_a_member`."""
    known = circle.state.members.get(member)
    if known is None:
        raise Failure("not_a_member")
    return known
