"""A group made by its founder with the real protocol, who then can seal as any member."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench.desk import Person, quick_unlocker, sign_up
from bench.made import Made, now
from sameboat.protocol.encoding import b64u
from sameboat.protocol.envelope import Header
from sameboat.protocol.seal import (
    Link,
    MemberKeys,
    Unlocker,
    commit,
    link_from,
    make_create,
    make_request,
    new_member,
    new_opening,
    seal_invite_card,
    seal_knock,
    seal_message,
    seal_preview,
    sign_account_by_link,
    sign_knock_by_link,
)
from sameboat.protocol.state import GROUP

DAY = 86_400
WINDOW, LARGEST = 90, 30
AT_ONCE = 6
WORDS = {"group": "Kitchen table", "agreement": "What is said here stays here.", "safeguarding": "Ask Ana."}


@dataclass
class Guest:
    """Somebody on the way in: their link, and what they knock with."""

    link: Link
    invite: bytes
    reception_pk: bytes
    keys: MemberKeys = field(default_factory=new_member)
    person: Person | None = None
    request: list[bytes] = field(default_factory=list)


class Circle:
    """A group made by its founder, who keeps everything needed to seal as any member."""

    def __init__(self, founder: Person, names: list[str]) -> None:
        self.founder = founder
        self.people = [founder]
        keys = new_member()
        self.keys = [keys]
        self.made = Made(keys)
        self.names = {keys.member: new_opening(names[0])}
        self.words = [
            new_opening("Kitchen table"),
            new_opening("What is said here stays here."),
            new_opening("Ask Ana."),
        ]
        self.streams: dict[bytes, tuple[bytes, int, bytes | None]] = {}
        group, agreement, page = (
            commit(w, o) for w, o in zip(("group", "agreement", "safeguarding"), self.words, strict=True)
        )
        policy = [WINDOW, LARGEST, 0, [], None]
        self.made.add(make_create(keys, now(), GROUP, [self._name(keys), [group, agreement, None], policy]))
        self.made.epoch(self._card())
        founder.ask("POST", "/circles", self.made.take())
        self.made.event("policy", [[group, agreement, page], policy, None])
        self.let_in(names[1:])

    @property
    def id(self) -> bytes:
        return self.made.state.circle

    @property
    def path(self) -> str:
        return f"/circles/{b64u(self.id)}"

    def seal(self, number: int, text: str) -> str:
        """The next envelope of one member, base64url."""
        keys = self.keys[number]
        stream, counter, prev = self.streams.get(keys.member, (os.urandom(16), 0, None))
        state = self.made.state
        assert state.epoch is not None
        header = Header(self.id, state.epoch.id, state.head, keys.member, stream, counter, prev, os.urandom(16), False)
        wire, full = seal_message(keys, self.made.key, header, now(), [], "say", ["room", None, None, 0, text])
        self.streams[keys.member] = (stream, counter + 1, full.hash)
        return b64u(wire)

    def _name(self, keys: MemberKeys) -> bytes:
        return commit("name", self.names[keys.member])

    def _card(self) -> list[Any]:
        page = self.words[2] if self.made.state.ids and self.made.state.words[2] else None
        lines = [[member, self.names[member], None] for member in sorted(self.made.state.members)]
        return [self.words[0], self.words[1], page, lines]

    def let_in(self, names: list[str], ways: list[tuple[str, Unlocker]] | None = None) -> None:
        """Invites, hears the knocks, and opens the door. `ways`: sign-in name and unlocker, where they matter."""
        guests = []
        for name in names:
            guests.append(self._invite(name))
            if len(self.made.wires) >= AT_ONCE:
                self._send()
        self._send()
        for number, (guest, name) in enumerate(zip(guests, names, strict=True)):
            self._knock(guest, name, ways[number] if ways else self._some_way())
        for start in range(0, len(guests), AT_ONCE):
            for guest in guests[start : start + AT_ONCE]:
                self.made.event("admit", [*guest.request, os.urandom(32), None])
                self.made.epoch(self._card())
            self._send()

    def _send(self) -> None:
        if self.made.wires:
            self.founder.ask("POST", f"{self.path}/events", self.made.take())

    def _invite(self, name: str) -> Guest:
        link, reception, state = link_from(os.urandom(16)), X25519PrivateKey.generate(), self.made.state
        reception_pk, until = reception.public_key().public_bytes_raw(), now() + 7 * DAY
        preview = [self.id, state.head, *self.words, "Ana", name, "", reception_pk, until]
        card = [reception.private_bytes_raw(), name, self.made.keys.member]
        hashes = [
            self.made.attach(seal_preview(link, preview)),
            self.made.attach(seal_invite_card(self.made.key, self.id, state.head, card)),
        ]
        agreement = commit("agreement", self.words[1])
        invite = self.made.event("invite", [link.link_pk, link.lookup, until, agreement, *hashes, False])
        return Guest(link, invite, reception_pk)

    def _some_way(self) -> tuple[str, Unlocker]:
        name = f"bench {secrets.token_hex(8)}"
        return name, quick_unlocker(self.founder.desk.home, name)

    def _knock(self, guest: Guest, name: str, way: tuple[str, Unlocker]) -> None:
        account = os.urandom(16)
        right = {"lookup": b64u(guest.link.lookup), "link_sig": b64u(sign_account_by_link(guest.link, account))}
        person = sign_up(self.founder.desk, right, *way, account)
        member = guest.keys.member
        self.names[member] = new_opening(name)
        agreement = commit("agreement", self.words[1])
        guest.request = make_request(guest.keys, guest.link, self.id, guest.invite, self._name(guest.keys), agreement)
        sealed = seal_knock(guest.reception_pk, self.id, guest.invite, guest.request, self.names[member], "Hello")
        signature = sign_knock_by_link(guest.link, account, member, sealed)
        person.ask("POST", "/knocks", {
            "lookup": b64u(guest.link.lookup), "member": b64u(member),
            "sealed": b64u(sealed), "link_sig": b64u(signature),
        })  # fmt: skip
        self.people.append(person)
        self.keys.append(guest.keys)
