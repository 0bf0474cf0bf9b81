"""The talk in one circle: fetching, verifying and showing messages, and sending each exactly once (SPEC 6).

A message is shown only after every check. What must have been there and is not is shown as missing. What was
written stands in the outbox until the server has answered, and is sent again byte for byte.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace
from typing import Any

from sameboat.client.circle import RESENDS, TRIES, Batch, Circle, Evidence, Stopped
from sameboat.client.epoch import Ring
from sameboat.client.gaps import Gaps, written_after
from sameboat.client.handing_back import Restored, hand_back_messages, hand_back_wanted
from sameboat.client.http import Away, BadAnswer, Refused, b64, listed, number, unb64
from sameboat.protocol.envelope import Envelope, Header, read_envelope
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import Tracker, author_at_head, open_message, seal_message
from sameboat.protocol.state import DAY

PAGE = 200
SPOKEN = ("say", "voice-part", "voice")


@dataclass(frozen=True)
class Message:
    """One verified message. `content` is `[time, after, type, …]` (SPEC 6)."""

    hash: bytes
    position: int
    at: int
    header: Header
    content: list[Any]

    @property
    def author(self) -> bytes:
        return self.header.author

    @property
    def type(self) -> str:
        return str(self.content[2])

    @property
    def rest(self) -> list[Any]:
        return self.content[3:]


@dataclass(frozen=True)
class Waiting:
    """A sealed message on its way: what goes over the wire never changes, what is said never changes."""

    wire: bytes
    header: Header
    type: str
    rest: list[Any]


@dataclass
class Talk:
    """All messages of one circle that this client holds."""

    circle: Circle
    ring: Ring
    stream: bytes = field(default_factory=lambda: os.urandom(16))
    counter: int = 0
    messages: dict[bytes, Message] = field(default_factory=dict)
    refused: dict[bytes, str] = field(default_factory=dict)
    outbox: list[Waiting] = field(default_factory=list)
    tracker: Tracker = field(default_factory=Tracker)
    taken: dict[bytes, int] = field(default_factory=dict)
    early: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    last: bytes | None = None
    newest: int = 0
    envelopes: dict[bytes, bytes] = field(default_factory=dict)
    mended_at: int = 0
    branch: int = 0
    again: list[Message] = field(default_factory=list)
    plans: list[Any] = field(default_factory=list)

    def in_order(self) -> list[Message]:
        """Everything held, as the server placed it; but what one person said in one go stays in its order."""
        placed = sorted(self.messages.values(), key=lambda message: message.position)
        streams: dict[tuple[bytes, bytes], list[Message]] = {}
        for message in sorted(placed, key=lambda message: -message.header.counter):
            streams.setdefault((message.author, message.header.stream), []).append(message)
        return [streams[message.author, message.header.stream].pop() for message in placed]

    def fetch(self) -> list[Message]:
        """Fetches and verifies what is new since the last look."""
        self._catch_up()
        return self.read_on()

    def read_on(self) -> list[Message]:
        """The same where the log was just brought up to date, as when a group is opened."""
        self._open_new()
        if not self.circle.state.ids:
            return []
        fresh = [message for row in list(self.early.values()) for message in self.take(row)]
        restored = self.circle.restored
        if restored is not None and restored.at > self.mended_at:
            self._hand_back(restored)
        while True:
            page = self.circle.wire.get(f"{self.circle.path}/messages", after=self.newest, limit=PAGE)
            rows = listed(page, "messages")
            for row in rows:
                self.newest = max(self.newest, number(row, "position"))
                fresh += self.take(row)
            if not rows or page.get("more") is not True:
                return fresh

    def look(self) -> None:
        """Brings log and keys up to date; a log that was seen altered leaves what is held readable."""
        self._catch_up()
        self._open_new()

    def _catch_up(self) -> None:
        try:
            self.circle.catch_up()
        except Stopped:
            if not self.circle.state.ids:
                raise

    def _open_new(self) -> None:
        given = self.ring.given
        self.ring.open_new()
        if self.circle.branches > self.branch:
            self._leave_branch()
        if self.ring.given > given:
            # What could not be opened before is asked for again.
            self.newest = 0
        for member, hashes in self.ring.closed.items():
            if member not in self.tracker.lists:
                self.tracker.close(member, hashes)

    def take(self, row: dict[str, Any]) -> list[Message]:
        """Verifies one message as the server gave it. What is refused is counted, and never shown."""
        if "envelope" not in row:
            self._take_gone(row)
            return []
        wire = unb64(row.get("envelope"))
        try:
            message = self._opened(wire, number(row, "position"), number(row, "at"))
        except Failure as failure:
            self.refused[wire] = failure.code
            if failure.code == "unknown_head":
                # What it was written after may still come, when a clock is put right or a lie ends.
                self.early[wire] = row
            elif failure.code == "after_removal":
                # It came, and by the list of those who closed somebody's words it is not shown: not missing.
                self.tracker.account_for([read_envelope(wire).header.hash])
            return []
        self.refused.pop(wire, None)
        self.early.pop(wire, None)
        if message is None:
            return []
        self.envelopes[message.hash] = wire
        self._hold(message)
        return [message]

    def missing(self) -> set[bytes]:
        """Hashes of messages that were there and are not, without a reason: shown as gaps (P26, P61)."""
        if not self.circle.state.ids:
            return set()
        said = list(self.messages.values())
        return Gaps(self.circle.state, self.tracker, self.circle.keys.member, said, set(self.taken)).missing()

    def send(self, type_: str, rest: list[Any], *, keep: bool) -> Message:
        """Seals and sends a message once. Raises Away when it waits in the outbox, Stopped after a fork."""
        if self.circle.stopped:
            self.circle.catch_up()
            self._open_new()
        self.send_waiting()
        self.outbox.append(self._sealed(type_, rest, keep))
        return self.send_waiting()[-1]

    def send_waiting(self) -> list[Message]:
        """Sends what waits, first written first, each with the bytes it was sealed into."""
        sent = []
        while self.outbox:
            sent.append(self._send(self.outbox[0]))
            self.outbox.pop(0)
        return sent

    def known_by(self, member: bytes) -> list[bytes]:
        """Hashes of this person's messages, oldest first, for the list of an epoch."""
        return [message.hash for message in self.in_order() if message.author == member]

    def rotate(self) -> None:
        """Makes a fresh epoch if someone left since the newest. When two do so at once, one wins."""
        self.fetch()

        def build(batch: Batch) -> None:
            self.ring.open_new()
            if self.ring.needs_rotation():
                self.ring.rotate(batch, self.known_of_gone())

        self.circle.send(build)
        self.look()

    def known_of_gone(self) -> dict[bytes, list[bytes]]:
        """What is known of those who went since the newest epoch."""
        return {member: self.known_by(member) for member in self.circle.state.gone_since_epoch}

    def _hand_back(self, restored: Restored) -> None:
        """Gives the server what stood behind the copy that was put back, and reads on from there."""
        circle = self.circle
        lost = [message for message in self.in_order() if message.position > restored.position]
        with contextlib.suppress(Refused):
            hand_back_wanted(circle.wire, circle.path, circle.attachments)
            rows = [(self.envelopes[message.hash], message.at) for message in lost]
            places = hand_back_messages(circle.wire, circle.path, rows)
            for message, place in zip(lost, places, strict=True):
                self.messages[message.hash] = replace(message, position=place or message.position)
                self._delete_again(message)
        self.newest = min(self.newest, restored.position)
        self.mended_at = restored.at

    def _leave_branch(self) -> None:
        """What was said on an abandoned branch goes; one's own words of it wait in `again` to be said anew."""
        self.branch = self.circle.branches
        index, ordered = self.circle.state.index, self.in_order()
        kept = [message for message in ordered if message.header.head in index]
        gone = [message for message in ordered if message.header.head not in index]
        me = self.circle.keys.member
        self.again += [message for message in gone if message.author == me and message.type in SPOKEN]
        self.tracker, self.messages, self.newest = Tracker(), {}, 0
        self.stream, self.counter = os.urandom(16), 0
        self.last = next((message.hash for message in reversed(kept) if message.author == me), None)
        for message in kept:
            self.tracker.accept(self.circle.state, message.header)
            self.messages[message.hash] = message
        self.tracker.account_for(message.hash for message in gone)

    def say_again(self) -> list[Message]:
        """Says again what was said on an abandoned branch, for whoever wants that."""
        waiting, self.again = self.again, []
        return [self.send(message.type, message.rest, keep=message.header.keep) for message in waiting]

    def _delete_again(self, message: Message) -> None:
        """What one's own words took back stands in the copy again."""
        if message.type == "take-back" and message.author == self.circle.keys.member:
            with contextlib.suppress(Refused):
                self.circle.wire.delete(f"{self.circle.path}/messages/{b64(message.rest[0])}")

    def _opened(self, wire: bytes, position: int, at: int) -> Message | None:
        envelope = read_envelope(wire)
        header = envelope.header
        known = self.tracker.by_id.get(header.id)
        if known is not None:
            if known != header.hash:
                raise Failure("id_reused")
            return None
        if header.head not in self.circle.state.index:
            self._look_for(header.head)
        author = author_at_head(self.circle.state, header)
        key = self.ring.key(header.epoch)
        if key is None:
            # From before one's own time, or an epoch that does not open: not ours to read, but no gap.
            self.tracker.account_for([header.hash])
            return None
        # Opened before it is taken in: a forged header must not use up a place in its stream.
        content = _content(key, envelope, author.sign_pk)
        self.tracker.accept(self.circle.state, header)
        return Message(header.hash, position, at, header, content)

    def _look_for(self, head: bytes) -> None:
        """A message names an event not seen yet. One that cannot be had shows a split log (P18)."""
        self.look()
        if head not in self.circle.state.index and not self.circle.held:
            self.circle.remember(Evidence("unknown_head", len(self.circle.state.ids), None, head))

    def _hold(self, message: Message) -> None:
        if not self._taken_back(message.hash, message.author):
            self.messages[message.hash] = message
        if message.author == self.circle.keys.member and (self.counter == 0 or message.header.stream == self.stream):
            # From another of one's devices it is only followed by the first message of a stream (SPEC 6).
            self.last = message.hash
        self.ring.learn_from(message.author, message.type, message.rest)
        if message.type == "take-back":
            target = self.messages.get(message.rest[0])
            if target is not None and target.author == message.author:
                del self.messages[target.hash]

    def _take_gone(self, row: dict[str, Any]) -> None:
        name = unb64(row.get("hash"))
        if row.get("gone") == "faded" and self._may_have_faded(number(row, "at")):
            self.tracker.account_for([name])
        elif name not in self.tracker.held:
            self.taken[name] = number(row, "position")

    def _may_have_faded(self, at: int) -> bool:
        """By this clock as well as by the server's word, to a day (SPEC 10)."""
        now = int(self.circle.clock())
        window = self.circle.state.window_at(now)
        return window > 0 and at + window * DAY <= now + DAY

    def _taken_back(self, name: bytes, author: bytes) -> bool:
        return any(
            message.type == "take-back" and message.rest[0] == name and message.author == author
            for message in self.messages.values()
        )

    def _sealed(self, type_: str, rest: list[Any], keep: bool) -> Waiting:
        self.circle.check_open()
        if self.circle.state.ids and self.ring.needs_rotation():
            self.rotate()
        state = self.circle.state
        if not state.ids:
            raise Stopped("clock")
        epoch = state.epoch
        key = self.ring.key(epoch.id) if epoch else None
        if epoch is None or key is None:
            raise Failure("bad_box")
        header = Header(
            state.circle, epoch.id, state.head, self.circle.keys.member,
            self.stream, self.counter, self.last, os.urandom(16), keep,
        )  # fmt: skip
        after = written_after(self.in_order(), state, epoch)
        now = int(self.circle.clock())
        wire, full = seal_message(self.circle.keys, key, header, now, after, type_, rest)
        return Waiting(wire, full, type_, rest)

    def _send(self, waiting: Waiting) -> Message:
        if waiting.header.head not in self.circle.state.index:
            # It was sealed on a branch that ended; it never left.
            waiting = self.outbox[0] = self._sealed(waiting.type, waiting.rest, waiting.header.keep)
        for _ in range(TRIES):
            try:
                told = self._post(waiting.wire)
            except Refused as refused:
                if refused.code == "unknown_head":
                    self.circle.compare_whole()
                if refused.code != "superseded":
                    raise
                # Somebody came or went: the same words, sealed anew under a new id (SPEC 6).
                self.look()
                if self.circle.held:
                    raise Stopped("clock") from None
                waiting = self._sealed(waiting.type, waiting.rest, waiting.header.keep)
                self.outbox[0] = waiting
                continue
            return self._sent(waiting, number(told, "position"), number(told, "at"))
        raise Away("others are always quicker")

    def _post(self, wire: bytes) -> dict[str, Any]:
        for attempt in range(RESENDS):
            try:
                return self.circle.wire.post(f"{self.circle.path}/messages", {"envelope": b64(wire)})
            except Away:
                if attempt == RESENDS - 1:
                    raise
        raise BadAnswer("unreachable")

    def _sent(self, waiting: Waiting, position: int, at: int) -> Message:
        if waiting.header.hash not in self.messages:
            self.take({"envelope": b64(waiting.wire), "position": position, "at": at})
        self.last = waiting.header.hash
        self.counter += 1
        return self.messages[waiting.header.hash]


def _content(key: bytes, envelope: Envelope, sign_pk: bytes) -> list[Any]:
    """What a message says. A type of a later version is kept as `reload`, so that nothing seems missing."""
    try:
        return open_message(key, envelope, sign_pk).content
    except Failure as failure:
        if failure.code != "unknown_type":
            raise
        return [0, [], "reload"]
