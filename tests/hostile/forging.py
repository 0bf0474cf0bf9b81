"""What somebody who holds the server, or a member who means ill, can make with what they have."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sameboat.client import Member
from sameboat.client.http import b64, unb64
from sameboat.protocol.log import extend
from sameboat.protocol.seal import MemberKeys, make_epoch, make_event
from sameboat.protocol.state import State
from tests.hostile.mallory import Answered, Asked, Tamper

EVENTS = "GET /api/circles/*/events"
MESSAGES = "GET /api/circles/*/messages"
Rows = list[dict[str, Any]]


def log_rows(member: Member) -> Rows:
    """The whole log as the server tells it, from what this member holds."""
    circle = member.talk.circle
    return [row(seq, wire) for seq, wire in enumerate(circle.wires)]


def row(seq: int, wire: bytes, attachments: dict[bytes, bytes] | None = None) -> dict[str, Any]:
    """One event as the server tells it."""
    given = {b64(name): b64(sealed) for name, sealed in (attachments or {}).items()}
    return {"seq": seq, "event": b64(wire), "attachments": given}


def retold(change: Callable[[Rows], Rows]) -> Tamper:
    """The log with its events changed, and a head that fits them."""

    def tamper(asked: Asked, answer: Answered) -> Answered:
        told = answer.json
        if answer.status != 200:
            return answer
        told["events"] = change(told["events"])
        seqs = [one["seq"] for one in told["events"]]
        return answer.telling(told | {"head": max([told["head"] if not seqs else -1, *seqs])})

    return tamper


def another_log(rows: Rows) -> Tamper:
    """Another log altogether, told from wherever one asks."""

    def tamper(asked: Asked, answer: Answered) -> Answered:
        after = int(dict(part.split("=") for part in asked.query.split("&"))["after"])
        told = [one for one in rows if one["seq"] > after]
        return answer.telling({"events": told, "head": rows[-1]["seq"], "more": False}, 200)

    return tamper


def messages_as(change: Callable[[Rows], Rows]) -> Tamper:
    """The listing of messages, changed."""

    def tamper(asked: Asked, answer: Answered) -> Answered:
        told = answer.json
        return answer.telling(told | {"messages": change(told["messages"])})

    return tamper


def signed(keys: MemberKeys, state: State, type_: str, body: list[Any]) -> bytes:
    """A well signed event on top of a state, whether or not a rule allows it."""
    return make_event(keys, state, state.time, type_, body)


def posing_as(member: bytes, keys: MemberKeys) -> MemberKeys:
    """Somebody else's keys under a member's name."""
    return replace(keys, member=member)


def forged_chain(member: Member, author: bytes, keys: MemberKeys, type_: str, body: list[Any]) -> list[bytes]:
    """An event and the epoch after it, right in everything but the signatures: `keys` are not the author's."""
    state, posing = member.talk.circle.state, posing_as(author, keys)
    first = make_event(posing, state, state.time, type_, body)
    state, _ = extend(state, [first], trusted=True)
    return [first, make_epoch(posing, state, state.time, member.talk.ring.card(state)).wire]


def after(state: State, *wires: bytes) -> State:
    """The state once these valid events are in it."""
    return extend(state, wires)[0]


def flipped(wire: bytes, place: int) -> bytes:
    """The same bytes with one bit turned."""
    altered = bytearray(wire)
    altered[place % len(wire)] ^= 1
    return bytes(altered)


def envelopes_in(rows: Rows) -> list[bytes]:
    return [unb64(one["envelope"]) for one in rows if "envelope" in one]


def post_raw(
    member: Member, *wires: bytes, attachments: dict[bytes, bytes] | None = None
) -> tuple[int, dict[str, Any]]:
    """Brings events to the real server past every check of the client: status and answer."""
    circle = member.talk.circle
    body = {
        "events": [b64(wire) for wire in wires],
        "attachments": {b64(name): b64(sealed) for name, sealed in (attachments or {}).items()},
    }
    answer = member.wire.http.post(
        f"{circle.path}/events", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    return answer.status_code, answer.json()
