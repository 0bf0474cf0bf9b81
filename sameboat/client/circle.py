"""One circle as this client has verified it: its log, what came with it, and what it saw go wrong.

The server's word is never enough: every event is checked here before anything is built on it. Events that
contradict what was seen are kept as evidence, and meanwhile nothing is sent (SPEC 11, PROTOCOL P17).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sameboat.client.account import Clock
from sameboat.client.handing_back import Restored, hand_back_log, restored_in
from sameboat.client.healing import Other, gone_on, healed_by, look_at_other
from sameboat.client.http import Away, BadAnswer, Refused, Wire, attachments_of, b64, listed, number, unb64
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import append, check_no_fork, extend, read_event
from sameboat.protocol.primitives import h
from sameboat.protocol.seal import MemberKeys, make_epoch, make_event
from sameboat.protocol.state import DAY, Event, State

TRIES = 12
RESENDS = 3


class Stopped(Exception):
    """Nothing is sent in this circle any more: its log was seen to be altered. `code` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Evidence:
    """What was seen: the name of the failure, the event held here and the other one, as received."""

    code: str
    seq: int
    ours: bytes | None
    theirs: bytes | None


@dataclass
class Batch:
    """Events being made, each on top of the one before, and judged by the same rules as everybody's."""

    keys: MemberKeys
    state: State
    time: int
    wires: list[bytes] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    attachments: dict[bytes, bytes] = field(default_factory=dict)
    epoch_keys: dict[bytes, bytes] = field(default_factory=dict)

    def add(self, type_: str, body: list[Any]) -> bytes:
        """Signs one event onto the batch and returns its id. Raises Failure where a rule says no."""
        return self.put(make_event(self.keys, self.state, self.time, type_, body))

    def put(self, wire: bytes) -> bytes:
        """Takes in an event that is signed already."""
        self.state, events = extend(self.state, [wire])
        self.wires.append(wire)
        self.events += events
        return events[0].id

    def put_epoch(self, card: list[Any], known: dict[bytes, list[bytes]] | None = None) -> bytes:
        """A fresh key for those who belong by now. `known`: messages of those who went, oldest first."""
        made = make_epoch(self.keys, self.state, self.time, card, known)
        self.attachments.update(made.attachments)
        self.epoch_keys[made.id] = made.key
        return self.put(made.wire)

    def attach(self, sealed: bytes) -> bytes:
        """Lays bytes beside the batch and returns the hash that names them."""
        name = h("attachment", sealed)
        self.attachments[name] = sealed
        return name

    def body(self) -> dict[str, Any]:
        """The batch as the server takes it."""
        return {
            "events": [b64(wire) for wire in self.wires],
            "attachments": {b64(name): b64(sealed) for name, sealed in self.attachments.items()},
        }


Build = Callable[[Batch], object]


@dataclass
class Circle:
    """The log of one circle, verified from its first event on."""

    wire: Wire
    id: bytes
    keys: MemberKeys
    clock: Clock
    state: State = field(default_factory=State)
    wires: list[bytes] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    attachments: dict[bytes, bytes] = field(default_factory=dict)
    epoch_keys: dict[bytes, bytes] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    pinned: tuple[int, bytes] | None = None
    stopped: str | None = None
    held: bool = False
    earlier: list[MemberKeys] = field(default_factory=list)
    restored: Restored | None = None
    abandoned: list[Event] = field(default_factory=list)
    branches: int = 0

    @property
    def path(self) -> str:
        return f"/circles/{b64(self.id)}"

    def take_keys(self, *newer: MemberKeys) -> None:
        """Acts with the keys that the log has for this member; the others stay, to open what was sealed to them."""
        known = {keys.sign_pk: keys for keys in (*newer, self.keys, *self.earlier)}
        me = self.state.members.get(self.keys.member)
        now = known[me.sign_pk] if me and me.sign_pk in known else self.keys
        self.keys, self.earlier = now, [keys for keys in known.values() if keys is not now]

    def pin(self) -> tuple[int, bytes]:
        """How far this log was verified."""
        return len(self.state.ids) - 1, self.state.head

    def _check_pinned(self) -> None:
        """Compares with how far another device saw it (P9, P17)."""
        seq, head = self.pinned or (-1, b"")
        if self.pinned is None or self.held:
            return
        if seq >= len(self.state.ids):
            self.stop("rolled_back", seq, None, None)
        elif self.state.ids[seq] != head:
            self.stop("fork", seq, self.wires[seq], None)

    def catch_up(self) -> list[Event]:
        """Fetches and verifies what is new. Raises Stopped where the log contradicts what was seen."""
        if self.stopped == "fork" and not self.go_on_healed():
            raise Stopped(self.stopped)
        after = len(self.state.ids) - 1
        told: list[dict[str, Any]] = []
        while True:
            page = self.wire.get(f"{self.path}/events", after=after + len(told))
            found = listed(page, "events")
            told += found
            if not found or page.get("more") is not True:
                break
        self.restored = restored_in(page)
        head = number(page, "head")
        if head < len(self.state.ids) - 1:
            head = hand_back_log(self.wire, self.path, self.wires, self.attachments, head)
        if head < len(self.state.ids) - 1:
            self.compare_whole()
            self.stop("rolled_back", head + 1, self.wires[head + 1], None)
        events = self.take(told)
        self._check_pinned()
        self.stopped = None
        return events

    def take(self, told: list[dict[str, Any]]) -> list[Event]:
        """Verifies events as the server gave them and takes in those that are new; all or nothing."""
        wires = [unb64(one.get("event")) for one in told]
        arrived: dict[bytes, bytes] = {}
        for one in told:
            arrived.update(attachments_of(one))
        fresh = self._not_from_tomorrow(self._fresh(wires))
        try:
            state, events = append(self.state, fresh)
        except Failure as failure:
            self._failed(failure, fresh)
        if self.state.ids == [] and events and state.circle != self.id:
            self.stop("wrong_circle", 0, None, fresh[0])
        self._keep(state, events, fresh)
        self.attachments.update({n: sealed for n, sealed in arrived.items() if h("attachment", sealed) == n})
        return events

    def send(self, build: Build) -> list[Event]:
        """Builds a batch on the newest events and appends it; when others were quicker, builds it anew.

        Raises Stopped, Refused by a rule, Away when nothing is known about its fate, Failure of our own.
        """
        for _ in range(TRIES):
            self.catch_up()
            batch = self.batch()
            build(batch)
            if not batch.wires:
                return []
            try:
                self._post(batch)
            except Refused as refused:
                if refused.code != "superseded":
                    raise
                continue
            self.adopt(batch)
            return batch.events
        raise Away("others are always quicker")

    def batch(self) -> Batch:
        """An empty batch on top of the newest event."""
        self.check_open()
        now = max(int(self.clock()), self.state.time)
        return Batch(self.keys, self.state, now)

    def adopt(self, batch: Batch) -> None:
        """Takes in a batch of our own that the server has."""
        if batch.events[-1].id not in self.state.index:
            self._keep(batch.state, batch.events, batch.wires)
        self.attachments.update(batch.attachments)
        self.epoch_keys.update(batch.epoch_keys)

    def check_open(self) -> None:
        """Raises Stopped where nothing may be sent any more."""
        if self.stopped:
            raise Stopped(self.stopped)

    def stop(self, code: str, seq: int, ours: bytes | None, theirs: bytes | None) -> None:
        """Keeps the evidence and sends nothing here: after a fork never, else until the log is whole again."""
        self.stopped = code
        self.remember(Evidence(code, seq, ours, theirs))
        raise Stopped(code)

    def remember(self, seen: Evidence) -> None:
        """Keeps evidence, once."""
        if seen not in self.evidence:
            self.evidence.append(seen)

    def _post(self, batch: Batch) -> None:
        for attempt in range(RESENDS):
            try:
                self.wire.post(f"{self.path}/events", batch.body())
                return
            except Away:
                # The answer was lost: look whether the batch is there before asking again.
                if attempt == RESENDS - 1:
                    raise
                self.catch_up()
                if batch.events[-1].id in self.state.index:
                    return

    def _keep(self, state: State, events: list[Event], wires: list[bytes]) -> None:
        self.state = state
        self.events += events
        self.wires += wires

    def _fresh(self, wires: list[bytes]) -> list[bytes]:
        if not self.state.ids:
            return wires
        try:
            return check_no_fork(self.state, wires)
        except Failure as failure:
            theirs = next((w for w in wires if self._contradicts(w)), None)
            seq = read_event(theirs).seq if theirs else 0
            self.stop(failure.code, seq, self.wires[seq], theirs)
            raise

    def _contradicts(self, wire: bytes) -> bool:
        event = read_event(wire)
        return event.seq < len(self.state.ids) and self.state.ids[event.seq] != event.id

    def other_branch(self) -> Other | None:
        """The branch the server holds, where it is another than this one and holds in itself."""
        try:
            return look_at_other(self.wire, self.path, self.state)
        except Failure:
            return None

    def go_on_healed(self) -> bool:
        """Goes on with the server's branch, where two who belonged before the fork have said so."""
        other = self.other_branch()
        if other is None or healed_by(other, self.state) is None:
            return False
        self.go_on_with(other)
        return True

    def go_on_with(self, other: Other) -> None:
        """Takes the other branch; what was seen of this one stays as evidence."""
        left_in = gone_on(self.state, other)
        if left_in:
            self.remember(Evidence("not_out", other.fork, None, None))
        self.abandoned += self.events[other.fork :]
        self.state, self.events, self.wires = other.state, list(other.events), list(other.wires)
        self.attachments.update({n: sealed for n, sealed in other.attachments.items() if h("attachment", sealed) == n})
        self.branches += 1
        self.stopped = None

    def _not_from_tomorrow(self, wires: list[bytes]) -> list[bytes]:
        """Holds back everything from the first event that is more than a day ahead of this clock."""
        now = self.clock()
        self.held = False
        for place, wire in enumerate(wires):
            try:
                ahead = read_event(wire).time > now + DAY
            except Failure:
                continue
            if ahead:
                self.held = True
                return self._whole(wires[:place])
        return wires

    def _whole(self, wires: list[bytes]) -> list[bytes]:
        # A held epoch holds the event that needs it.
        try:
            append(self.state, wires)
        except Failure as failure:
            if failure.code == "epoch_required" and wires:
                return wires[:-1]
        return wires

    def _failed(self, failure: Failure, fresh: list[bytes]) -> None:
        """Says what is wrong with events that do not follow: maybe the server tells another story by now."""
        if failure.code in ("unknown_version", "unknown_suite", "unknown_type"):
            raise failure
        if failure.code == "broken_chain" and self.state.ids:
            self.compare_whole()
        self.stop(failure.code, len(self.state.ids), self.wires[-1] if self.wires else None, fresh[0])

    def compare_whole(self) -> None:
        """Raises Stopped where the server's log holds another event than was seen, and keeps both."""
        whole = listed(self.wire.get(f"{self.path}/events", after=-1), "events")
        self._fresh([unb64(one.get("event")) for one in whole])


def found_in(circle: Circle, name: bytes) -> bytes:
    """An attachment by its hash. Raises BadAnswer where the server did not give it."""
    sealed = circle.attachments.get(name)
    if sealed is None:
        raise BadAnswer("an attachment is missing")
    return sealed
