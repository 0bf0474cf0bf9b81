"""A made-up group to write logs with: Ana began it; Ben, Cleo and Dee came in. Fully decided by its seed."""

from typing import Any

from sameboat.protocol import doorway, epochs, making
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.keys import MemberKeys, new_member
from sameboat.protocol.log import append, event_id, extend
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY, GROUP, State
from sameboat.protocol.tests.playing import Fixed

START = 1_790_000_000
POLICY: list[Any] = [90, 8, 0, [], None]


class World:
    """A log being written. `now` moves by hand; nothing is taken in unless it is valid."""

    def __init__(self, seed: str) -> None:
        self.chance = Fixed("world " + seed)
        self.now = START
        self.state = State()
        self.wires: list[bytes] = []
        self.people: dict[str, MemberKeys] = {}
        self.names: dict[str, list[Any]] = {}
        self.keys: dict[bytes, bytes] = {}
        self.attachments: dict[bytes, bytes] = {}
        self.group = making.new_opening("The Lighthouse", self.chance)
        self.agreement = making.new_opening("We listen, and what is said here stays here.", self.chance)
        self.safeguarding = making.new_opening("In danger we call for help together.", self.chance)

    def person(self, name: str) -> MemberKeys:
        """Someone's keys, made when first asked for."""
        if name not in self.people:
            self.people[name] = new_member(self.chance)
            self.names[name] = making.new_opening(name.title(), self.chance)
        return self.people[name]

    def id(self, name: str) -> bytes:
        """Someone's member id."""
        return self.person(name).member

    @property
    def words(self) -> list[Any]:
        """W with safeguarding."""
        whats = ("group", "agreement", "safeguarding")
        openings = (self.group, self.agreement, self.safeguarding)
        return [making.commit(what, opening) for what, opening in zip(whats, openings, strict=True)]

    def event(self, name: str, type_: str, body: list[Any], state: State | None = None) -> bytes:
        """A signed event of someone, not taken in."""
        return making.make_event(self.person(name), state or self.state, self.now, type_, body)

    def odd_event(self, name: str, type_: str, body: Any, **changes: Any) -> bytes:
        """A signed event with fields that are not as they should be."""
        state = changes.pop("state", self.state)
        fields = {
            "v": 1,
            "suite": 1,
            "circle": state.circle,
            "seq": len(state.ids),
            "prev": state.head if state.ids else None,
            "time": self.now,
            "type": type_,
            "author": self.id(name),
            "body": body,
        }
        signer = changes.pop("signer", self.person(name))
        fields.update(changes)
        raw = enc(list(fields.values()))
        return enc([raw, sign(signer.sign, "event", raw)])

    def take(self, *wires: bytes) -> State:
        """Take valid events in."""
        self.state, _ = append(self.state, wires)
        self.wires += wires
        return self.state

    def do(self, name: str, type_: str, body: list[Any]) -> bytes:
        """Someone does something valid; the id of the event."""
        self.take(self.event(name, type_, body))
        return self.state.head

    def card(self, state: State) -> list[Any]:
        """A card with every name."""
        by_id = {keys.member: name for name, keys in self.people.items()}
        lines = [[member, self.names[by_id[member]], None] for member in sorted(state.members)]
        if state.kind != GROUP:
            return [None, None, None, [[member, None, None] for member in sorted(state.members)]]
        safeguarding = self.safeguarding if state.words[2] else None
        return [self.group, self.agreement, safeguarding, lines]

    def epoch(self, name: str, *wires: bytes, known: dict[bytes, list[bytes]] | None = None) -> epochs.MadeEpoch:
        """An epoch after events not yet taken in, nor taken in itself."""
        state, _ = extend(self.state, wires)
        made = epochs.make_epoch(self.person(name), state, self.now, self.card(state), known, self.chance)
        self.keys[made.id] = made.key
        self.attachments.update(made.attachments)
        return made

    def take_with_epoch(self, name: str, wire: bytes) -> State:
        """Take in an event that needs an epoch, and its epoch."""
        return self.take(wire, self.epoch(name, wire).wire)

    def begin(self, name: str, kind: int = GROUP, policy: list[Any] | None = None) -> None:
        """The first two events."""
        rest = [making.commit("name", self._name(name)), [*self.words[:2], None], policy or POLICY]
        wire = making.make_create(self.person(name), self.now, kind, rest if kind == GROUP else None, self.chance)
        self.take_with_epoch(name, wire)

    def _name(self, name: str) -> list[Any]:
        self.person(name)
        return self.names[name]

    def link(self) -> doorway.Link:
        """A fresh link."""
        return doorway.link_from(self.chance.take(16))

    def invite_body(self, link: doorway.Link, any_member: bool = False, days: int = 30) -> list[Any]:
        """The body of an invite; its attachments are made where a test needs them."""
        hashes = [self.chance.take(32), self.chance.take(32)]
        return [link.link_pk, link.lookup, self.now + days * DAY, self.words[1], *hashes, any_member]

    def request(self, name: str, link: doorway.Link, invite: bytes) -> list[bytes]:
        """Someone's request at the door."""
        commitment = making.commit("name", self._name(name))
        return doorway.make_request(self.person(name), link, self.state.circle, invite, commitment, self.words[1])

    def admit_body(self, name: str, link: doorway.Link, invite: bytes, replaces: Any = None) -> list[Any]:
        """The body of an admit."""
        return [*self.request(name, link, invite), self.chance.take(32), replaces]

    def bring_in(self, by: str, name: str) -> None:
        """Invite and admit someone."""
        link = self.link()
        invite = self.do(by, "invite", self.invite_body(link))
        self.take_with_epoch(by, self.event(by, "admit", self.admit_body(name, link, invite)))

    def set_safeguarding(self, name: str) -> None:
        """The only member says what happens in danger; only then may they invite."""
        self.do(name, "policy", [self.words, self.state.policy, None])

    def remove_body(self, by: str, second: str, target: str, expiry: int | None = None) -> list[Any]:
        """The body of a removal with its second."""
        expiry = self.now + DAY if expiry is None else expiry
        return [
            self.id(target),
            making.second_remove(self.person(second), self.state, self.id(target), self.id(by), expiry),
        ]

    def policy_body(self, second: str | None, policy: list[Any], words: list[Any] | None = None) -> list[Any]:
        """The body of a policy with its second."""
        words = words or self.state.words
        signed = second and making.second_policy(self.person(second), self.state, words, policy, self.now + DAY)
        return [words, policy, signed or None]

    def history_body(self, second: str | None, target: str, *epochs: bytes) -> list[Any]:
        """The body of a `history` with its second; boxes where a test needs their names alone."""
        rows = [[epoch, self.chance.take(32)] for epoch in epochs]
        expiry = self.now + DAY
        signed = second and making.second_history(
            self.person(second), self.state, self.id(target), list(epochs), expiry
        )
        return [self.id(target), rows, signed or None]

    def heal_body(
        self, by: str, second: str | None, abandoned: bytes, fork: int, out: list[bytes] | None = None
    ) -> list[Any]:
        """The body of a `heal` with its second."""
        gone = sorted(out or [])
        who, expiry = self.id(by), self.now + DAY
        signed = second and making.second_heal(self.person(second), self.state, abandoned, fork, gone, who, expiry)
        return [abandoned, fork, gone, signed or None]

    def role_body(self, second: str | None, target: str, until: int) -> list[Any]:
        """The body of a role with its second."""
        signed = second and making.second_role(self.person(second), self.state, self.id(target), until, self.now + DAY)
        return [self.id(target), until, signed or None]


def last_id(wire: bytes) -> bytes:
    """The id of an event in wire form."""
    return event_id(decode(wire, ["b", "b64"], 65536)[0])


def four(seed: str = "four") -> World:
    """Ana, host, with Ben, Cleo and Dee, twenty days after the beginning."""
    world = World(seed)
    world.begin("ana")
    world.set_safeguarding("ana")
    for name in ("ben", "cleo", "dee"):
        world.now += 60
        world.bring_in("ana", name)
    world.now += 20 * DAY
    return world
