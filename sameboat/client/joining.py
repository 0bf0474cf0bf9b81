"""Making an account, inviting, knocking, opening the door and walking in (SPEC 3 and 7)."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.client.account import GROUP, OWN, Account, Clock, Entry
from sameboat.client.circle import Batch, Circle, found_in
from sameboat.client.epoch import Opening, Ring
from sameboat.client.http import BadAnswer, Wire, b64, listed, unb64
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log import read_event
from sameboat.protocol.log_rules.joining import read_request
from sameboat.protocol.primitives import h
from sameboat.protocol.seal import (
    LINK,
    Link,
    MemberKeys,
    check_admission,
    commit,
    link_from,
    make_create,
    make_request,
    new_member,
    new_opening,
    open_invite_card,
    open_knock,
    open_preview,
    passphrase_unlocker,
    read_link,
    seal_invite_card,
    seal_knock,
    seal_preview,
    sign_account_by_link,
    sign_knock_by_link,
    unlock_body,
    wrap,
)
from sameboat.protocol.state import DAY, Event, State

CONSENT = "client-1"
ADD = 1
Right = Callable[[bytes], dict[str, str] | None]


@dataclass(frozen=True)
class Shown:
    """What a link shows before anyone joins, opened and checked here."""

    link: Link
    circle: bytes
    invite: bytes
    sealed: bytes
    group: Opening
    agreement: Opening
    safeguarding: Opening
    welcomer: str
    for_whom: str
    looks_in: str
    reception_pk: bytes
    expires: int


@dataclass(frozen=True)
class Knocked:
    """Someone waiting: what they were shown, and who they will be."""

    shown: Shown
    keys: MemberKeys
    name: Opening


@dataclass(frozen=True)
class AtTheDoor:
    """A knock as those inside see it: opened, both signatures checked."""

    invite: bytes
    member: bytes
    name: str
    hello: str
    request: list[bytes]
    opening: Opening | None
    sealed: bytes = b""


def right_by_code(code: str) -> Right:
    """An operator's code lets one account be made; empty where the operator lets anybody start."""
    return lambda account: {"start_code": code} if code else None


def right_by_link(link: Link) -> Right:
    """So does an open invitation."""
    return lambda account: {"lookup": b64(link.lookup), "link_sig": b64(sign_account_by_link(link, account))}


def sign_up(
    wire: Wire, home: str, name: str, passphrase: str, right: Right, *, clock: Clock, device: str = "mine"
) -> Account:
    """Makes an account: its key, its own circle, its first unlocker, its record, all of it here."""
    account = Account(wire, home, os.urandom(16), os.urandom(32), clock=clock)
    batch = Batch(new_member(), State(), int(clock()))
    batch.put(make_create(batch.keys, batch.time, OWN))
    batch.put_epoch([None, None, None, [[batch.keys.member, None, None]]])
    by, unlocker = passphrase_unlocker(home, name, passphrase), os.urandom(16)
    wrapped = wrap(by, account.ak, account.id, unlocker)
    batch.add("unlock", unlock_body(ADD, by.kind, unlocker, wrapped, by.verifier, by.lookup))
    account.entries = [Entry(batch.state.circle, OWN, batch.keys)]
    told = wire.post(
        "/accounts",
        {
            "account": b64(account.id),
            "name": name,
            "unlocker": {
                "id": b64(unlocker),
                "kind": by.kind,
                "lookup": b64(by.lookup),
                "verifier": b64(by.verifier),
                "wrap": b64(wrapped),
            },
            **batch.body(),
            "record": {"version": 1, "sealed": b64(account.sealed_account(1))},
            "right": right(account.id),
            "device": device,
            "consent": {"version": CONSENT, "over_18": True},
        },
    )
    account.versions["account"] = 1
    account.can_start = told.get("can_start") is True
    return account


def found_group(
    account: Account, group: str, agreement: str, name: str, policy: list[Any], code: str | None
) -> tuple[Circle, Ring]:
    """Starts a group with oneself as its first member and host."""
    keys = new_member()
    batch = Batch(keys, State(), int(account.clock()))
    openings = {"group": new_opening(group), "agreement": new_opening(agreement), "name": new_opening(name)}
    names = {what: commit(what, opening) for what, opening in openings.items()}
    words = [names["group"], names["agreement"], None]
    batch.put(make_create(keys, batch.time, GROUP, [names["name"], words, policy]))
    lines = [[keys.member, openings["name"], None]]
    batch.put_epoch([openings["group"], openings["agreement"], None, lines])
    # The record first: a group whose keys are kept nowhere would be lost.
    account.remember(Entry(batch.state.circle, GROUP, keys))
    account.wire.post("/circles", batch.body() | ({"start_code": code} if code else {}))
    circle = Circle(account.wire, batch.state.circle, keys, account.clock)
    circle.adopt(batch)
    ring = Ring(circle)
    ring.open_new()
    return circle, ring


def invite(
    circle: Circle, ring: Ring, for_whom: str, looks_in: str, *, days: int, any_member: bool
) -> tuple[str, bytes]:
    """Makes a link for one person; returns its address and the id of its event."""
    link, reception = link_from(os.urandom(16)), X25519PrivateKey.generate()

    def build(batch: Batch) -> None:
        ring.open_new()
        state, epoch = batch.state, batch.state.epoch
        key = ring.key(epoch.id) if epoch else None
        if key is None:
            raise Failure("bad_box")
        require(state.words[2] is not None, "no_safeguarding")
        me, expires = circle.keys.member, batch.time + days * DAY
        shown = [ring.openings[commitment] for commitment in state.words]
        welcomer = ring.words().names.get(me, "")
        body = [circle.id, state.head, *shown, welcomer, for_whom, looks_in, _public(reception), expires]
        preview = batch.attach(seal_preview(link, body))
        inside = [reception.private_bytes_raw(), for_whom, me]
        card = batch.attach(seal_invite_card(key, circle.id, state.head, inside))
        batch.add("invite", [link.link_pk, link.lookup, expires, state.words[1], preview, card, any_member])

    event = circle.send(build)[-1]
    return f"{circle.wire.origin}{LINK}{link.fragment}", event.id


def look_at(wire: Wire, address: str) -> Shown:
    """What the link shows. Raises Failure `bad_link`, `invite_used`, `invite_expired`, `invite_void`, …"""
    link = read_link(address.rpartition(LINK)[2])
    told = wire.get(f"/invitations/{b64(link.lookup)}")
    state = told.get("state")
    if state != "open":
        raise Failure(f"invite_{state}" if state in ("used", "expired", "void") else "unknown_invite")
    sealed = unb64(told.get("preview"))
    event = read_event(unb64(told.get("event")))
    body = open_preview(link, sealed)
    require(event.type == "invite" and event.circle == body[0], "preview_swapped")
    require(event.prev == body[1], "preview_head")
    same = event.body[:2] == [link.link_pk, link.lookup] and event.body[4] == h("attachment", sealed)
    require(same and event.body[3] == commit("agreement", body[3]), "preview_swapped")
    return Shown(link, body[0], event.id, sealed, *body[2:])


def knock(account: Account, shown: Shown, name: str, hello: str) -> Knocked:
    """Asks to be let in: seals a request that only those inside can open."""
    keys, opening = new_member(), new_opening(name)
    agreement = commit("agreement", shown.agreement)
    request = make_request(keys, shown.link, shown.circle, shown.invite, commit("name", opening), agreement)
    sealed = seal_knock(shown.reception_pk, shown.circle, shown.invite, request, opening, hello)
    account.remember(Entry(shown.circle, GROUP, keys))
    signature = sign_knock_by_link(shown.link, account.id, keys.member, sealed)
    account.wire.post(
        "/knocks",
        {
            "lookup": b64(shown.link.lookup),
            "member": b64(keys.member),
            "sealed": b64(sealed),
            "link_sig": b64(signature),
        },
    )
    return Knocked(shown, keys, opening)


def withdraw(account: Account, knocked: Knocked) -> None:
    """Does not want to be let in any more."""
    account.wire.delete(f"/knocks/{b64(knocked.shown.link.lookup)}")
    account.forget(knocked.shown.circle)


def at_the_door(circle: Circle, ring: Ring) -> list[AtTheDoor]:
    """Who waits. A knock that cannot be opened or does not hold together is not shown."""
    found = []
    for one in listed(circle.wire.get(f"{circle.path}/knocks"), "knocks"):
        try:
            found.append(opened_knock(circle, ring, unb64(one.get("invite")), unb64(one.get("sealed"))))
        except (Failure, BadAnswer):
            continue
    return found


def admit(circle: Circle, ring: Ring, door: AtTheDoor, known: dict[bytes, list[bytes]]) -> None:
    """Opens the door to exactly the keys that knocked. A person's act, never automatic."""
    if door.opening is not None:
        ring.learn("name", door.opening)

    def build(batch: Batch) -> None:
        batch.add("admit", [*door.request, os.urandom(32), None])
        ring.rotate(batch, known)

    circle.send(build)


def check_entry(circle: Circle, knocked: Knocked) -> None:
    """The newcomer's own look before the room opens (P13, P50); stops where anything was swapped."""
    shown = knocked.shown
    try:
        check_admission(
            shown.link, knocked.keys, shown.sealed, circle.state, shown.invite, _admit_of(circle, knocked.keys)
        )
    except Failure as failure:
        circle.stop(failure.code, 0, None, shown.sealed)


def _admit_of(circle: Circle, keys: MemberKeys) -> Event:
    for event in circle.events:
        if event.type == "admit" and event.inside and event.inside[2] == keys.member:
            return event
    raise Failure("key_swapped")


def opened_knock(circle: Circle, ring: Ring, invite_id: bytes, sealed: bytes) -> AtTheDoor:
    """A knock as any member opens it. Raises Failure where it does not hold together."""
    seq = circle.state.index.get(invite_id)
    if seq is None:
        raise Failure("unknown_invite")
    event = circle.events[seq]
    epoch = circle.state.epoch_at(seq)
    key = ring.key(epoch.id) if epoch else None
    if key is None or event.prev is None:
        raise Failure("cannot_open")
    card = open_invite_card(key, circle.id, event.prev, found_in(circle, event.body[5]))
    reception = X25519PrivateKey.from_private_bytes(card[0])
    request, link_sig, joiner_sig, opening, hello = open_knock(reception, circle.state, invite_id, sealed)
    inside = read_request([request])
    return AtTheDoor(
        invite_id, inside[2], opening[1] if opening else "", hello, [request, link_sig, joiner_sig], opening, sealed
    )


def _public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()
