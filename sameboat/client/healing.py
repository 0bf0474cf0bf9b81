"""Two branches of one log, and going on with one of them by the word of two (SPEC 11, P46).

The branch the server holds goes on. Nothing here is believed that was not replayed from its first event on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sameboat.client.http import Wire, attachments_of, listed, unb64
from sameboat.protocol.log import append
from sameboat.protocol.state import Event, State


@dataclass(frozen=True)
class Other:
    """The server's branch, verified whole. `fork`: the first seq at which it differs from ours."""

    state: State
    events: list[Event]
    wires: list[bytes]
    attachments: Mapping[bytes, bytes]
    fork: int


def look_at_other(wire: Wire, path: str, ours: State) -> Other | None:
    """The branch the server tells, where it is another than ours. Raises Failure where it does not hold."""
    told: list[dict[str, Any]] = []
    while True:
        page = wire.get(f"{path}/events", after=len(told) - 1)
        told += listed(page, "events")
        if page.get("more") is not True:
            break
    wires = [unb64(one.get("event")) for one in told]
    state, events = append(State(), wires)
    both = zip(state.ids, ours.ids, strict=False)
    fork = next((seq for seq, (one, other) in enumerate(both) if one != other), None)
    if fork is None or fork == 0 or state.circle != ours.circle:
        return None
    attachments: dict[bytes, bytes] = {}
    for one in told:
        attachments.update(attachments_of(one))
    return Other(state, events, wires, attachments, fork)


def healed_by(other: Other, ours: State) -> Event | None:
    """The `heal` that abandons our branch, by two who belonged before the branches parted; None without one."""
    before = ours.members_at(other.fork - 1)
    for event in other.events[other.fork :]:
        if event.type != "heal" or event.body[1] != other.fork:
            continue
        signers = {event.author, event.body[3][0]} if event.body[3] else {event.author}
        if ours.index.get(event.body[0], -1) >= other.fork and signers <= before.keys():
            return event
    return None


def gone_on(ours: State, other: Other) -> list[bytes]:
    """Who was removed or left on our branch since the fork, and belongs on the other, in ascending order."""
    since = [member for member, seq in ours.gone_at.items() if seq >= other.fork]
    return sorted(member for member in since if member in other.state.members)
