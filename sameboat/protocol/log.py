"""Reading and replaying a log: SPEC.md section 4. Pure: the same bytes, the same verdict, for everyone."""

from collections.abc import Iterable
from typing import Any

from sameboat.protocol.encoding import Shape, decode, enc, fits
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log_rules import RULES
from sameboat.protocol.primitives import check_signature, h
from sameboat.protocol.state import Event, State

VERSION, SUITE = 1, 1
WIRE_MOST = 65536
WIRE: Shape = ["b", "b64"]
EVENT: Shape = ["u", "u", "b32?", "u", "b32?", "u", "t32", "b16", "any"]


def encode_event(
    circle: bytes | None, seq: int, prev: bytes | None, time: int, type_: str, author: bytes, body: list[Any]
) -> bytes:
    """The bytes an author signs."""
    return enc([VERSION, SUITE, circle, seq, prev, time, type_, author, body])


def event_id(raw: bytes) -> bytes:
    """The hash by which an event is named; its signature is not part of it."""
    return h("event-id", raw)


def read_event(wire: bytes, trusted: bool = False) -> Event:
    """Read one event alone: form, version, suite, type. Nothing is verified yet."""
    raw, signature = decode(wire, WIRE, WIRE_MOST)
    version, suite, circle, seq, prev, time, type_, author, body = decode(raw, EVENT, WIRE_MOST)
    require(type(body) is list, "not_canonical")
    require(version == VERSION, "unknown_version")
    require(suite == SUITE, "unknown_suite")
    require(type_ in RULES, "unknown_type")
    rule = RULES[type_]
    require(fits(body, rule.shape), "not_canonical")
    inside = rule.inside(body) if rule.inside else None
    return Event(event_id(raw), raw, signature, circle, seq, prev, time, type_, author, body, inside, trusted)


def _check_place(state: State, event: Event) -> None:
    first = not state.ids
    require(event.circle == (None if first else state.circle), "wrong_circle")
    require(event.seq == len(state.ids), "wrong_seq")
    require(event.prev == (None if first else state.head), "broken_chain")
    require(event.time >= state.time, "time_backwards")
    require((event.type == "create") == first, "wrong_seq")
    waiting = state.needs_epoch_by
    require(waiting is None or (event.type == "epoch" and event.author == waiting), "epoch_required")
    require(first or state.kind in RULES[event.type].kinds, "wrong_kind")
    require(first or event.author in state.members, "not_a_member")


def _check_signature(state: State, event: Event) -> None:
    rule = RULES[event.type]
    for check, key in rule.keys(event) if rule.keys else []:
        check(key)
    public = event.body[3] if event.type == "create" else state.members[event.author].sign_pk
    check_signature(public, event.signature, "event", event.raw)


def _take(state: State, wire: bytes, trusted: bool) -> Event:
    event = read_event(wire, trusted)
    _check_place(state, event)
    if not trusted:
        _check_signature(state, event)
    RULES[event.type].apply(state, event)
    state.ids.append(event.id)
    state.index[event.id] = event.seq
    state.time = event.time
    state.acted[event.author] = event.seq
    state.needs_epoch_by = event.author if RULES[event.type].needs_epoch else None
    if RULES[event.type].needs_epoch or event.type == "leave":
        state.change(event)
    return event


def extend(state: State, wires: Iterable[bytes], trusted: bool = False) -> tuple[State, list[Event]]:
    """Like `append`, for whoever is still making the batch: it may end where an epoch is needed."""
    after = state.copy()
    return after, [_take(after, wire, trusted) for wire in wires]


def append(state: State, wires: Iterable[bytes], trusted: bool = False) -> tuple[State, list[Event]]:
    """The state after a batch, and its events. All or nothing; the state given is not touched.

    Raises the first Failure. A batch that ends where an epoch is needed is `epoch_required`.
    """
    after, events = extend(state, wires, trusted)
    require(after.needs_epoch_by is None, "epoch_required")
    return after, events


def replay(wires: Iterable[bytes], trusted: bool = False) -> State:
    """The state a whole log says. `trusted` skips the signatures of bytes that were verified when taken in."""
    return append(State(), wires, trusted)[0]


def check_no_fork(state: State, wires: Iterable[bytes]) -> list[bytes]:
    """From events another side shows, those not known yet. Another event at a seq already held is a `fork`,
    if one who was a member there signed it; without such a signature it is only noise (`bad_signature`)."""
    fresh = []
    for wire in wires:
        event = read_event(wire)
        if event.seq >= len(state.ids):
            fresh.append(wire)
        elif state.ids[event.seq] != event.id:
            _raise_fork(state, event, wire)
    return fresh


def _raise_fork(state: State, event: Event, wire: bytes) -> None:
    require(event.circle == state.circle and event.seq > 0, "wrong_circle")
    author = state.members_at(event.seq - 1).get(event.author)
    if author is None:
        raise Failure("not_a_member")
    check_signature(author.sign_pk, event.signature, "event", event.raw)
    raise Failure("fork", event.seq)
