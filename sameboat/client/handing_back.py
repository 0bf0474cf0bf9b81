"""After a copy of the server was put back: this client hands back what it still holds (SPEC 11).

Bytes are handed back as they were signed and sealed, by whomever. What the server then says is believed as
little as ever: a log that stays shorter than what was seen stops this client as before.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sameboat.client.http import Refused, Wire, b64, number, unb64
from sameboat.protocol.log import read_event
from sameboat.protocol.log_rules import RULES
from sameboat.protocol.verify import required_attachments

EVENTS = 32
MESSAGES = 32


@dataclass(frozen=True)
class Restored:
    """A copy made at `to` was put back at `at`; what stood behind `position` may be gone. `open`: that day lasts."""

    at: int
    to: int
    open: bool
    position: int


def restored_in(page: dict[str, Any]) -> Restored | None:
    """What the server says of it."""
    told = page.get("restored")
    if not isinstance(told, dict):
        return None
    return Restored(number(told, "at"), number(told, "to"), told.get("open") is True, number(told, "position"))


def hand_back_log(wire: Wire, path: str, wires: list[bytes], held: Mapping[bytes, bytes], head: int) -> int:
    """Gives the server the events behind its head, and what is held of what they name. Returns its head then."""
    start = max(head, 1)
    with contextlib.suppress(Refused):
        for batch in _in_batches(wires[start:]):
            wire.post(f"{path}/repair", _told(start, batch, held))
            start += len(batch)
    return number(wire.get(f"{path}/events", after=len(wires) - 1), "head")


def hand_back_wanted(wire: Wire, path: str, held: Mapping[bytes, bytes]) -> None:
    """Gives the server bytes that its log names and that only some members hold."""
    wanted = wire.get(f"{path}/repair").get("wanted")
    given = _of(held, [unb64(name) for name in wanted] if isinstance(wanted, list) else [])
    if given:
        wire.post(f"{path}/repair", {"from_seq": 1, "events": [], "attachments": given})


def hand_back_messages(wire: Wire, path: str, lost: list[tuple[bytes, int]]) -> list[int | None]:
    """Gives the server sealed messages, with when it had taken them; where each stands now, if anywhere."""
    found: list[int | None] = []
    for start in range(0, len(lost), MESSAGES):
        some = lost[start : start + MESSAGES]
        offered = [{"envelope": b64(envelope), "at": at} for envelope, at in some]
        told = wire.post(f"{path}/repair/messages", {"messages": offered}).get("positions")
        places = told if isinstance(told, list) and len(told) == len(some) else [None] * len(some)
        found += [place if type(place) is int and place > 0 else None for place in places]
    return found


def _in_batches(wires: list[bytes]) -> Iterator[list[bytes]]:
    """No batch ends where an epoch is needed."""
    batch: list[bytes] = []
    for wire in wires:
        batch.append(wire)
        if len(batch) >= EVENTS and not RULES[read_event(wire).type].needs_epoch:
            yield batch
            batch = []
    if batch:
        yield batch


def _told(start: int, wires: list[bytes], held: Mapping[bytes, bytes]) -> dict[str, Any]:
    names = [asked.hash for wire in wires for asked in required_attachments(read_event(wire))]
    return {"from_seq": start, "events": [b64(wire) for wire in wires], "attachments": _of(held, names)}


def _of(held: Mapping[bytes, bytes], names: list[bytes]) -> dict[str, str]:
    return {b64(name): b64(held[name]) for name in names if name in held}
