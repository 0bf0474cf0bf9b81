"""What must have been said and is not here, and what a message names so that this shows (SPEC 6, P26, P61)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sameboat.protocol.envelope import Header
from sameboat.protocol.seal import Tracker
from sameboat.protocol.state import Epoch, State

AFTER = 4
LOOKED_AT = 64


class Said(Protocol):
    """An opened message, as `sameboat.client.messages.Message`."""

    @property
    def hash(self) -> bytes: ...
    @property
    def header(self) -> Header: ...
    @property
    def content(self) -> list[Any]: ...


def written_after(said: Sequence[Said], state: State, epoch: Epoch) -> list[bytes]:
    """Hashes of up to four of the newest messages that everyone can open who will be able to open the next one.

    `said` oldest first. Those that no other names yet come first, so that each is named by somebody soon.
    """
    newest = [*reversed(said[-LOOKED_AT:])]
    named = {name for message in newest for name in (message.header.prev, *_after(message))}
    recipients = state.members_at(epoch.seq).keys()
    open_to_all = [
        message.hash for message in newest if recipients <= state.members_at(state.index[message.header.epoch]).keys()
    ]
    return sorted(open_to_all, key=lambda name: name in named)[:AFTER]


@dataclass
class Gaps:
    """Looks for what is missing among what one member holds. `holes`: told as taken back, without its author's word."""

    state: State
    tracker: Tracker
    me: bytes
    said: Sequence[Said]
    holes: set[bytes]
    take_backs: dict[bytes, set[bytes]] = field(default_factory=dict)
    since: int = 0

    def __post_init__(self) -> None:
        changes = self.state.changes
        self.since = next((seq for seq in changes if self.me in self.state.members_at(seq)), 0)
        for message in self.said:
            if message.content[2] == "take-back":
                self.take_backs.setdefault(message.content[3], set()).add(message.header.author)

    def missing(self) -> set[bytes]:
        """Hashes of messages that were there and are not, without a reason."""
        whose: dict[bytes, bytes | None] = dict.fromkeys(self.holes)
        for message in self.said:
            for name, author in self._named_by(message):
                whose[name] = author or whose.get(name)
        return {name for name, author in whose.items() if not self._is_explained(name, author)}

    def _is_explained(self, name: bytes, author: bytes | None) -> bool:
        if name in self.tracker.held or name in self.tracker.accounted:
            return True
        by = self.take_backs.get(name, set())
        return author in by if author is not None else bool(by)

    def _named_by(self, message: Said) -> Iterator[tuple[bytes, bytes | None]]:
        """What must have been there before this message, and whose it was where that is known."""
        header, older = message.header, self._is_older(message.header)
        if header.prev is not None and not (older and self._is_first(header)):
            yield header.prev, header.author
        for name in _after(message):
            yield name, None
        target = _answered(message)
        if target is not None and not older:
            yield target, None

    def _is_first(self, header: Header) -> bool:
        return header.counter == min(self.tracker.streams[header.author, header.stream])

    def _is_older(self, header: Header) -> bool:
        """Whether the author was here before oneself, and may speak of what is from before one's own time."""
        author = self.state.members_at(self.state.index[header.head])[header.author]
        return self.state.index[author.admitted] < self.since


def _after(message: Said) -> list[bytes]:
    after: list[bytes] = message.content[1]
    return after


def _answered(message: Said) -> bytes | None:
    """What this replies to or hears. What somebody takes back is their own, and explained by that."""
    kind, rest = message.content[2], message.content[3:]
    target: bytes | None = rest[1] if kind in ("say", "voice") else rest[0] if kind == "hear" else None
    return target
