"""Events of one circle as its founder makes them, and what is still to be sent."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from sameboat.protocol.encoding import b64u
from sameboat.protocol.log import extend
from sameboat.protocol.primitives import h
from sameboat.protocol.seal import MemberKeys, make_epoch, make_event
from sameboat.protocol.state import State


def now() -> int:
    return int(time.time())


@dataclass
class Made:
    """Events of one circle as its founder makes them, and what is still to be sent."""

    keys: MemberKeys
    state: State = field(default_factory=State)
    key: bytes = b""
    wires: list[bytes] = field(default_factory=list)
    attachments: dict[bytes, bytes] = field(default_factory=dict)

    def add(self, wire: bytes) -> None:
        self.state, _ = extend(self.state, [wire])
        self.wires.append(wire)

    def event(self, type_: str, body: list[Any]) -> bytes:
        """Adds one event and returns its id."""
        self.add(make_event(self.keys, self.state, now(), type_, body))
        return self.state.head

    def epoch(self, card: list[Any]) -> None:
        made = make_epoch(self.keys, self.state, now(), card)
        self.add(made.wire)
        self.key = made.key
        self.attachments.update(made.attachments)

    def attach(self, sealed: bytes) -> bytes:
        name = h("attachment", sealed)
        self.attachments[name] = sealed
        return name

    def take(self) -> dict[str, Any]:
        """The batch as the API takes it; the next one begins empty."""
        batch = {
            "events": [b64u(wire) for wire in self.wires],
            "attachments": {b64u(name): b64u(sealed) for name, sealed in self.attachments.items()},
        }
        self.wires, self.attachments = [], {}
        return batch
