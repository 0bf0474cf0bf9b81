"""One member of a group, from the sign-in to the last word: what the rest of this package is assembled into.

>>> ana = Member.start("http://localhost:8000", "quiet-harbour", passphrase, group=..., name="Ana", ...)
>>> link = ana.invite("Ben")
>>> ben = Member.knock_at("http://localhost:8000", link, "slow-tide", other_passphrase, name="Ben")
>>> ana.admit(ana.door()[0]); ben.enter(); ben.say("Hello")
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sameboat.client import governance, joining, live, parting, renewal, speaking, unlockers
from sameboat.client.account import GROUP, Account, Clock, Entry, come_back, sign_in
from sameboat.client.circle import Circle, Evidence, Stopped
from sameboat.client.epoch import Ring
from sameboat.client.http import Away, BadAnswer, Wire, b64, listed, unb64
from sameboat.client.joining import AtTheDoor, Knocked
from sameboat.client.live import News
from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import Card, Unlocker, code_unlocker, passkey_unlocker, passphrase_unlocker, room_words

ROOM, EVERYDAY = "room", "everyday"
POLICY: tuple[Any, ...] = (90, 30, 0, [], None)


@dataclass(frozen=True)
class Said:
    """One message in a room, as it is shown."""

    hash: bytes
    name: str
    mine: bool
    time: int
    place: str
    text: str
    note: str | None
    want: int
    reply: bytes | None
    heard_by: tuple[str, ...]


@dataclass
class Member:
    """A signed-in person, and the group that is open."""

    wire: Wire
    account: Account
    talks: dict[bytes, Talk] = field(default_factory=dict)
    here: bytes | None = None
    knocked: Knocked | None = None
    agreement_changed: bool = False

    # Coming in ---------------------------------------------------------------------------------------

    @classmethod
    def start(
        cls, origin: str, sign_in_name: str, passphrase: str, *, group: str, name: str, agreement: str,
        safeguarding: str | None = None, code: str = "", policy: tuple[Any, ...] = POLICY,
        clock: Clock = time.time, wire: Wire | None = None,
    ) -> Member:  # fmt: skip
        """Makes an account and a group of one's own. `code`: the operator's, where one is asked."""
        wire = wire or Wire(origin)
        right = joining.right_by_code(code)
        account = joining.sign_up(wire, home_of(wire), sign_in_name, passphrase, right, clock=clock)
        me = cls(wire, account)
        circle, ring = joining.found_group(account, group, agreement, name, list(policy), None)
        me._opened(circle, ring)
        if safeguarding is not None:
            governance.set_words_alone(me.talk, {"safeguarding": safeguarding})
        return me

    @classmethod
    def knock_at(
        cls, origin: str, link: str, sign_in_name: str, passphrase: str, *, name: str, hello: str = "",
        clock: Clock = time.time, wire: Wire | None = None,
    ) -> Member:  # fmt: skip
        """Makes an account by an invitation and asks to be let in; `enter` goes through the opened door."""
        wire = wire or Wire(origin)
        shown = joining.look_at(wire, link)
        right = joining.right_by_link(shown.link)
        account = joining.sign_up(wire, home_of(wire), sign_in_name, passphrase, right, clock=clock)
        me = cls(wire, account)
        me.knocked = joining.knock(account, shown, name, hello)
        return me

    @classmethod
    def come_in(
        cls, origin: str, sign_in_name: str, passphrase: str, *, clock: Clock = time.time,
        seen: dict[str, int] | None = None, wire: Wire | None = None,
    ) -> Member:  # fmt: skip
        """Signs in with sign-in name and passphrase. Raises Refused `not_known`."""
        wire = wire or Wire(origin)
        home = home_of(wire)
        by = passphrase_unlocker(home, sign_in_name, passphrase)
        return cls._come_in(sign_in(wire, home, by, name=sign_in_name, clock=clock, seen=seen))

    @classmethod
    def come_in_with_code(cls, origin: str, code: str, *, clock: Clock = time.time, wire: Wire | None = None) -> Member:
        """Signs in with a recovery code. Raises Failure `code_length` or `code_group`, Refused `not_known`."""
        wire = wire or Wire(origin)
        home = home_of(wire)
        return cls._come_in(sign_in(wire, home, code_unlocker(home, code), clock=clock))

    @classmethod
    def come_in_with_passkey(
        cls, origin: str, result: bytes, *, clock: Clock = time.time, wire: Wire | None = None
    ) -> Member:
        """Signs in with what a passkey's `prf` gave (32 bytes). Raises Refused `not_known`, Failure `bad_key`."""
        wire = wire or Wire(origin)
        home = home_of(wire)
        return cls._come_in(sign_in(wire, home, passkey_unlocker(home, result), clock=clock))

    @classmethod
    def _come_in(cls, account: Account) -> Member:
        me = cls(account.wire, account)
        for entry in account.entries:
            if entry.kind == GROUP and entry.circle not in me.talks and me._is_in(entry.circle):
                me._open(entry)
        return me

    def come_back(self) -> None:
        """A new session on one's own device, without typing anything."""
        self.account = come_back(self.wire, self.account)

    def go_out(self) -> None:
        """Ends this session."""
        self.wire.delete("/session")

    def enter(self) -> bool:
        """Goes through the door if somebody opened it. Stops where anything was swapped meanwhile.

        `agreement_changed` then says whether the agreement is a newer one than the link had shown.
        """
        if self.knocked is None or not self._is_in(self.knocked.shown.circle):
            return False
        circle = Circle(self.wire, self.knocked.shown.circle, self.knocked.keys, self.account.clock)
        circle.catch_up()
        joining.check_entry(circle, self.knocked)
        ring = Ring(circle)
        ring.learn("name", self.knocked.name)
        shown = circle.state.invites[self.knocked.shown.invite]
        self.agreement_changed = circle.state.words[1] != shown.agreement
        self._opened(circle, ring)
        self.knocked = None
        if self.account.mine.get(renewal.RENEWING):
            # Somebody may know the keys that knocked: they were made before all the others were made new.
            with contextlib.suppress(Away):
                self.go_on_renewing()
        return True

    # The group ---------------------------------------------------------------------------------------

    @property
    def talk(self) -> Talk:
        """The open group. Raises BadAnswer where there is none."""
        if self.here is None:
            raise BadAnswer("in no group")
        return self.talks[self.here]

    @property
    def id(self) -> bytes:
        """Who one is in the open group."""
        return self.talk.circle.keys.member

    @property
    def evidence(self) -> list[Evidence]:
        """What was seen to be wrong in the open group."""
        return self.talk.circle.evidence

    def circles(self) -> list[tuple[bytes, str]]:
        """The groups one is in, with their names."""
        return [(circle, talk.ring.words().group or "") for circle, talk in self.talks.items()]

    def words(self) -> Card:
        """The group's name, agreement, safeguarding page, members' names; with what could not be verified."""
        self.talk.look()
        return self.talk.ring.words()

    def members(self) -> dict[bytes, str]:
        """Who belongs, with their names."""
        names = self.words().names
        return {member: names.get(member, "") for member in self.talk.circle.state.members}

    def member_named(self, name: str) -> bytes:
        """The member of this name. Raises Failure `not_a_member`."""
        for member, known in self.members().items():
            if known == name:
                return member
        raise Failure("not_a_member")

    def room_words(self) -> list[int]:
        """The numbers of the seven words that all members see alike."""
        self.talk.look()
        return room_words(self.talk.circle.state)

    # Joining -----------------------------------------------------------------------------------------

    def invite(self, for_whom: str, *, looks_in: str = "", days: int = 14, any_member: bool = False) -> str:
        """A link for one person."""
        if self.talk.ring.needs_rotation():
            self.talk.rotate()
        talk = self.talk
        address, _ = joining.invite(talk.circle, talk.ring, for_whom, looks_in, days=days, any_member=any_member)
        return address

    def door(self) -> list[AtTheDoor]:
        """Who waits to be let in."""
        self.talk.look()
        return joining.at_the_door(self.talk.circle, self.talk.ring)

    def admit(self, door: AtTheDoor) -> None:
        """Opens the door to someone who knocked."""
        self.talk.fetch()
        joining.admit(self.talk.circle, self.talk.ring, door, self.talk.known_of_gone())

    def decline(self, door: AtTheDoor) -> None:
        """Leaves the door shut for someone who knocked."""
        self.wire.post(f"{self.talk.circle.path}/knocks/{b64(door.invite)}/decline")

    def withdraw(self) -> None:
        """Does not want to be let in any more."""
        if self.knocked is not None:
            joining.withdraw(self.account, self.knocked)
            self.knocked = None

    # Talking -----------------------------------------------------------------------------------------

    def say(
        self, text: str, *, place: str = ROOM, reply: bytes | None = None, note: str | None = None, want: int = 0
    ) -> Message:
        """Says something. Raises Away when it waits in the outbox: `send_waiting` sends it, once."""
        return self.talk.send("say", [place, reply, note, want, text], keep=False)

    def hear(self, message: bytes) -> Message:
        """ "I hear you", to a message."""
        return self.talk.send("hear", [message], keep=False)

    def take_back(self, message: bytes) -> Message:
        """Takes back a message of one's own: says so, and lets the server delete it."""
        target = self.talk.messages[message]
        pieces = speaking.pieces_of(self.talk, target)
        said = self.talk.send("take-back", [message], keep=target.header.keep)
        self.wire.delete(f"{self.talk.circle.path}/messages/{b64(message)}")
        for piece in pieces:
            self.take_back(piece.hash)
        return said

    def affirm(self) -> Message:
        """Stands by the group's agreement."""
        return governance.affirm_agreement(self.talk)

    def send_waiting(self) -> list[Message]:
        """Sends what could not be sent before, with the same bytes."""
        return self.talk.send_waiting()

    def read(self, place: str | None = None) -> list[Said]:
        """All messages of a room, or of both, oldest first."""
        self.talk.fetch()
        heard: dict[bytes, list[str]] = {}
        messages = self.talk.in_order()
        for message in messages:
            if message.type == "hear":
                heard.setdefault(message.rest[0], []).append(self._name(message))
        said = [message for message in messages if message.type in ("say", "voice")]
        return [self._said(one, heard) for one in said if place in (None, one.rest[0])]

    def missing(self) -> set[bytes]:
        """Messages that must have been there and are not."""
        return self.talk.missing()

    def follow(self) -> Iterator[News]:
        """What happens, as it happens."""
        return live.follow(self.wire, self.talks.get)

    # Parting and deciding ----------------------------------------------------------------------------

    def leave(self) -> None:
        """Leaves the open group."""
        parting.leave(self.talk, self.account)
        if self.here is not None:
            del self.talks[self.here]
        self.here = next(iter(self.talks), None)

    def propose_removal(self, target: bytes, to: bytes, why: str = "") -> None:
        """Asks another member to remove someone, together."""
        governance.propose_removal(self.talk, target, to, why)

    def complete_removals(self) -> int:
        """Completes every removal this member was asked to complete; says how many."""
        asked = governance.removals_asked(self.talk)
        for one in asked:
            governance.complete_removal(self.talk, one)
        return len(asked)

    def close_account(self) -> int:
        """Closes the account; within seven days a sign-in can undo it. Returns when it will be gone."""
        return parting.close_account(self.account, list(self.talks.values()))

    def reopen_account(self) -> None:
        """Takes the closing back, after `come_back`."""
        parting.reopen_account(self.account, list(self.talks.values()))

    # Unlockers ---------------------------------------------------------------------------------------

    def add_code(self) -> str:
        """Makes a recovery code, to be shown once."""
        return unlockers.add_code(self.account, self.own_circle())

    def change_passphrase(self, by: Unlocker, sign_in_name: str, passphrase: str) -> None:
        """Another passphrase; `by` is the old one, or the recovery code, typed again."""
        unlockers.change_passphrase(self.account, self.own_circle(), by, sign_in_name, passphrase)

    def add_passkey(self, result: bytes, label: str) -> bytes:
        """Adds a passkey, by what its `prf` gave (32 bytes). Returns the id of the new way in."""
        return unlockers.add_passkey(self.account, self.own_circle(), result, label)

    def renew(self, by: Unlocker, sign_in_name: str, passphrase: str) -> str:
        """Someone may know the passphrase: every key anew, here and in each group. Returns the new recovery code."""
        code = renewal.renew_account(self.account, self.own_circle(), by, sign_in_name, passphrase)
        with contextlib.suppress(Away):
            # The code is shown once: groups whose turn could not come now follow by `go_on_renewing`.
            self.go_on_renewing()
        return code

    def go_on_renewing(self) -> int:
        """Renews one's keys in the groups still to come, open here or not; says in how many. Raises Away at the end."""
        here = self.here
        try:
            return renewal.renew_groups(self.account, self.talks, self._open)
        finally:
            self.here = here

    def own_circle(self) -> Circle:
        """The circle in which only this account is: its log names the ways in."""
        own = self.account.own
        circle = Circle(self.wire, own.circle, own.keys, self.account.clock)
        circle.catch_up()
        circle.take_keys(*self.account.keys_of(own.circle))
        return circle

    def pin(self) -> None:
        """Keeps how far the logs were seen, for the next device."""
        self.account.pin({circle: talk.circle.pin() for circle, talk in self.talks.items()})

    # Inside ------------------------------------------------------------------------------------------

    def _is_in(self, circle: bytes) -> bool:
        return any(unb64(one.get("circle")) == circle for one in listed(self.wire.get("/circles"), "circles"))

    def _open(self, entry: Entry) -> None:
        circle = Circle(self.wire, entry.circle, entry.keys, self.account.clock)
        circle.pinned = self.account.pins.get(entry.circle)
        ring = Ring(circle)
        try:
            circle.catch_up()
            circle.take_keys(*self.account.keys_of(entry.circle))
            self._check_me(circle)
        except Stopped:
            if not circle.state.ids:
                raise
        self._opened(circle, ring)

    def _check_me(self, circle: Circle) -> None:
        """The log must know one by the keys in one's own record, or the record was put back (P9)."""
        mine = circle.state.members.get(circle.keys.member)
        if circle.state.ids and (mine is None or mine.sign_pk != circle.keys.sign_pk):
            circle.stop("rolled_back", len(circle.state.ids) - 1, circle.wires[-1], None)

    def _opened(self, circle: Circle, ring: Ring) -> None:
        talk = Talk(circle, ring)
        self.talks[circle.id] = talk
        self.here = circle.id
        talk.read_on()

    def _name(self, message: Message) -> str:
        state = self.talk.circle.state
        author = state.members_at(state.index[message.header.head]).get(message.author)
        now = state.members.get(message.author, author)
        opening = self.talk.ring.openings.get(now.name or b"") if now else None
        return str(opening[1]) if opening else ""

    def _said(self, message: Message, heard: dict[bytes, list[str]]) -> Said:
        place, reply, note, want, text = message.rest[:5]
        return Said(
            message.hash, self._name(message), message.author == self.id, message.content[0],
            place, text, note, want, reply, tuple(heard.get(message.hash, ())),
        )  # fmt: skip


def home_of(wire: Wire) -> str:
    """The constant by which this instance is known; everything about an account is bound to it."""
    home = wire.get("/home").get("home")
    if not isinstance(home, str) or not 1 <= len(home) <= 64:
        raise BadAnswer("no home")
    return home
