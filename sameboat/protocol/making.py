"""Making events: signing them, and signing under someone else's act. SPEC.md section 4."""

from typing import Any

from sameboat.protocol.encoding import enc
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance
from sameboat.protocol.log import encode_event
from sameboat.protocol.meetings import Plan
from sameboat.protocol.primitives import h, sign
from sameboat.protocol.state import TALK, State

Opening = list[Any]


def commit(what: str, opening: Opening) -> bytes:
    """The commitment to an opening `[r, text]`; `what` is `name`, `group`, `agreement` or `safeguarding`."""
    return h("commit", what, *opening)


def new_opening(text: str, chance: Chance = CHANCE) -> Opening:
    """A text with fresh random bytes, so that its commitment says nothing about it."""
    return [chance.take(32), text]


def make_event(keys: MemberKeys, state: State, time: int, type_: str, body: list[Any]) -> bytes:
    """The wire form of an event that follows this state."""
    prev = state.head if state.ids else None
    circle = state.circle if state.ids else None
    raw = encode_event(circle, len(state.ids), prev, time, type_, keys.member, body)
    return enc([raw, sign(keys.sign, "event", raw)])


def make_create(
    keys: MemberKeys, time: int, kind: int, rest: list[Any] | None = None, chance: Chance = CHANCE
) -> bytes:
    """The first event of a circle; `rest` is `[name commitment, W, P]` of a group."""
    body = [chance.take(32), kind, keys.member, keys.sign_pk, keys.box_pk, *(rest or [None, None, None])]
    return make_event(keys, State(), time, "create", body)


def make_talk(
    keys: MemberKeys, shared: State, other: bytes, time: int, before: bytes | None = None, chance: Chance = CHANCE
) -> bytes:
    """The first event of a talk with another member of a group as its log stands; `before`: one that ended."""
    them = shared.members[other]
    pair = [shared.circle, shared.head, other, them.sign_pk, them.box_pk, shared.window_at(time), before]
    body = [chance.take(32), TALK, keys.member, keys.sign_pk, keys.box_pk, None, None, None, pair]
    return make_event(keys, State(), time, "create", body)


def _second(keys: MemberKeys, head: bytes, expiry: int, domain: str, *parts: Any) -> list[Any]:
    return [keys.member, head, expiry, sign(keys.sign, domain, *parts, head, expiry)]


def second_remove(keys: MemberKeys, state: State, target: bytes, proposer: bytes, expiry: int) -> list[Any]:
    """The second's part of a removal, as of this state's head."""
    parts = [state.circle, target, state.members[target].admitted, proposer]
    return _second(keys, state.head, expiry, "second/remove", *parts)


def second_role(keys: MemberKeys, state: State, target: bytes, until: int, expiry: int) -> list[Any]:
    """The second's part of giving or ending the host's task."""
    return _second(keys, state.head, expiry, "second/role", state.circle, target, until)


def second_policy(keys: MemberKeys, state: State, words: list[Any], policy: list[Any], expiry: int) -> list[Any]:
    """The second's part of new words and settings."""
    return _second(keys, state.head, expiry, "second/policy", state.circle, h("proposal", words, policy))


def second_replaces(
    keys: MemberKeys, state: State, old: bytes, request: bytes, author: bytes, expiry: int
) -> list[Any]:
    """The second's part of letting someone back in under a new id."""
    parts = [state.circle, old, h("request", request), author]
    return _second(keys, state.head, expiry, "second/replaces", *parts)


def second_history(keys: MemberKeys, state: State, target: bytes, epochs: list[bytes], expiry: int) -> list[Any]:
    """The second's part of giving someone the keys of these epochs, the oldest first."""
    return _second(keys, state.head, expiry, "second/history", state.circle, target, h("history", epochs))


def second_heal(
    keys: MemberKeys, state: State, abandoned: bytes, fork: int, out: list[bytes], author: bytes, expiry: int
) -> list[Any]:
    """The second's part of going on with this state's branch, as of its newest event."""
    parts = [state.circle, abandoned, fork, h("heal-out", out), author]
    return _second(keys, state.head, expiry, "second/heal", *parts)


def sign_plan(keys: MemberKeys, plan: Plan) -> bytes:
    """A host's signature under the plan of a meeting (SPEC 17)."""
    return sign(keys.sign, "meeting", keys.member, plan.raw)


def make_parting(keys: MemberKeys, state: State, not_before: int) -> list[bytes]:
    """`[bytes, signature]` with which others may let this member go, from a time on, if they do nothing till then."""
    raw = enc([state.circle, keys.member, state.head, not_before])
    return [raw, sign(keys.sign, "parting", raw)]


def rekey_body(old: MemberKeys, new: MemberKeys, state: State) -> list[bytes]:
    """The body of a `rekey` from old to new keys of the same member."""
    parts = [state.circle, state.head, old.member, new.sign_pk, new.box_pk]
    return [new.sign_pk, new.box_pk, sign(new.sign, "rekey", *parts)]


def unlock_body(action: int, kind: int, unlocker_id: bytes, wrap: bytes, verifier: bytes, lookup: bytes) -> list[Any]:
    """The body of an `unlock`: hashes of what the server stores for this unlocker."""
    return [action, kind, unlocker_id, h("wrap-hash", wrap), h("verifier-hash", verifier, lookup)]


def sign_way_put(keys: MemberKeys, account: bytes, what: str, way: list[Any], time: int) -> bytes:
    """Adds a device, a mailbox or a calendar address (SPEC 12)."""
    return sign(keys.sign, "way-put", account, what, way, time)


def sign_record_put(keys: MemberKeys, account: bytes, slot: str, version: int, sealed: bytes) -> bytes:
    """With the own circle's key, somebody replaces a record of theirs (SPEC 3)."""
    return sign(keys.sign, "record-put", account, slot, version, h("attachment", sealed))


def sign_close(keys: MemberKeys, account: bytes, time: int) -> bytes:
    """With the own circle's key, somebody begins the deletion of their account (SPEC 12)."""
    return sign(keys.sign, "close", account, time)


def sign_device_sign_in(keys: MemberKeys, home: str, account: bytes, time: int, nonce: bytes) -> bytes:
    """With the own circle's key, a device that stays unlocked opens a session; `nonce` is 16 fresh bytes."""
    return sign(keys.sign, "device-sign-in", home, account, time, nonce)
