"""Vectors of messages: sealing, opening, and what receivers and the server take."""

from dataclasses import astuple, replace
from typing import Any

from sameboat.protocol import epochs, making, messages
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.envelope import Header
from sameboat.protocol.locks import gcm_seal
from sameboat.protocol.primitives import mac, pad, sign
from sameboat.protocol.state import DAY, State
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_log import Log, ahead, new_keys, rekey_body
from sameboat.protocol.tests.world import World, four

SAY = ["room", None, None, 1, "It helps to be here."]


class Room:
    """A world where people write: headers and envelopes of `ben` and others under the newest epoch."""

    def __init__(self, cases: Cases, world: World, label: str) -> None:
        self.cases, self.world = cases, world
        self.told = Log(cases, world, label)
        self.sent = 0

    @property
    def key(self) -> bytes:
        """The key of the newest epoch."""
        epoch = self.world.state.epoch
        assert epoch
        return self.world.keys[epoch.id]

    def header(
        self, name: str, counter: int = 0, prev: bytes | None = None, stream: str = "", keep: bool = False
    ) -> Header:
        """A header without C."""
        state = self.world.state
        assert state.epoch
        self.sent += 1
        return Header(
            state.circle, state.epoch.id, state.head, self.world.id(name), bytes_of("stream " + name + stream, 16),
            counter, prev, bytes_of(f"message {self.sent}", 16), keep,
        )  # fmt: skip

    def seal(self, name: str, header: Header, rest: list[Any] | None = None, key: bytes = b"") -> tuple[bytes, Header]:
        """An envelope of `say`."""
        person = self.world.person(name)
        return messages.seal_message(person, key or self.key, header, self.world.now, [], "say", rest or SAY)

    def row(self, name: str, count: int, stream: str = "", prev: bytes | None = None) -> list[tuple[bytes, Header]]:
        """Messages of one stream."""
        made: list[tuple[bytes, Header]] = []
        for counter in range(count):
            header = self.header(name, counter, made[-1][1].hash if made else prev, stream)
            made.append(self.seal(name, header))
        return made


def message() -> Cases:
    """SPEC.md section 6."""
    cases = Cases(
        "Messages. `header` is header0 without v and suite; keys are [member, sign seed, box seed]. SPEC.md section 6."
    )
    room = Room(cases, four(), "four")
    _seal(room)
    _open(room)
    _tampered(room)
    _at_head(room)
    _receive(cases)
    _removed(cases)
    _server(room)
    _rang(room)
    return cases


def _add_sealed(
    room: Room, name: str, by: str, header: Header, type_: str, rest: list[Any], expect: str = "success"
) -> dict[str, Any]:
    return room.cases.add(
        name, "seal-message", expect, keys=raw_keys(room.world, by), key=room.key, header=list(astuple(header)[:-1]),
        time=room.world.now, after=[bytes_of("after", 32)], type=type_, rest=rest,
    )  # fmt: skip


def _seal(room: Room) -> None:
    w = room.world
    target, head = bytes_of("target", 32), w.state.head
    affirmation = epochs.affirm(w.person("ben"), w.state.circle, w.words[1])
    policy = [365, 8, 0, [], None]
    signature = making.second_policy(w.person("ben"), w.state, w.words, policy, w.now + DAY)[3]
    role = making.second_role(w.person("ben"), w.state, w.id("dee"), 0, w.now + DAY)[3]
    kinds: dict[str, tuple[bool, list[Any]]] = {
        "say": (False, SAY),
        "hear": (False, [target]),
        "take-back": (False, [target]),
        "affirm": (True, affirmation),
        "propose-policy": (
            True,
            [w.group, w.agreement, w.safeguarding, policy, head, w.now + DAY, signature, "A year."],
        ),
        "propose-role": (True, [w.id("dee"), 0, head, w.now + DAY, role]),
        "choice": (True, ["nudge", "off"]),
        "fold": (False, [target]),
        "quiet": (True, [w.id("dee"), bytes_of("report", 16), "So that everyone can breathe."]),
        "decision": (True, ["fold", None, "It told how."]),
        "propose-remove": (True, _removal(w)),
        "lets-talk": (True, [target]),
        "meeting": (
            True,
            [bytes_of("meeting", 16), 1, bytes_of("plan", 32), "Tea and talk", "Back room", "Two steps", "A mug", ""],
        ),
        "coming": (True, [bytes_of("meeting", 16), "2026-11-24T19:00", 1]),
        "left-words": (True, ["Ring my sister. Sit with me, and do not ask much."]),
        "left-opened": (True, [w.id("dee"), target]),
    }
    for type_, (keep, rest) in kinds.items():
        header = room.header("ben", keep=keep)
        made = _add_sealed(room, f"seal {type_}", "ben", header, type_, rest)
        room.cases.add(
            f"open {type_}", "open-message", key=room.key, envelope=made["envelope"], sign_pk=w.person("ben").sign_pk
        )
    _add_sealed(room, "seal a kept take-back", "ben", room.header("ben", keep=True), "take-back", [target])
    for size in (200, 4000, 7900):
        made = _add_sealed(room, f"seal {size} letters", "ben", room.header("ben"), "say", [*SAY[:4], "a" * size])
    _add_sealed(room, "seal too much", "ben", room.header("ben"), "say", [*SAY[:4], "😀" * 4000], "too_long")
    _add_sealed(room, "seal no text", "ben", room.header("ben"), "say", [*SAY[:4], ""], "not_canonical")
    left = room.header("ben", keep=True)
    _add_sealed(room, "seal left words, none", "ben", left, "left-words", [""])
    _add_sealed(room, "seal left words, too many", "ben", left, "left-words", ["a" * 501], "not_canonical")


def _rang(room: Room) -> None:
    """A ring that nobody took: nothing but that, and it fades."""
    w = room.world
    made = _add_sealed(room, "seal rang", "ben", room.header("ben"), "rang", [])
    opened: dict[str, Any] = {"key": room.key, "sign_pk": w.person("ben").sign_pk}
    room.cases.add("open rang", "open-message", envelope=made["envelope"], **opened)
    much = _odd(room, "ben", room.header("ben"), content=enc([w.now, [], "rang", "9:10pm"]))
    room.cases.add("rang with more", "open-message", "not_canonical", envelope=much, **opened)
    kept = _odd(room, "ben", room.header("ben", keep=True), content=enc([w.now, [], "rang"]))
    room.cases.add("a rang that is kept", "open-message", "not_canonical", envelope=kept, **opened)


def _removal(w: World) -> list[Any]:
    """Dee is to go, Cleo is asked, by Ben, for a reason."""
    admitted, expiry = w.state.members[w.id("dee")].admitted, w.now + 13 * DAY
    _, head, _, signature = making.second_remove(w.person("ben"), w.state, w.id("dee"), w.id("cleo"), expiry)
    return [w.id("dee"), admitted, w.id("cleo"), head, expiry, signature, "We have talked, and it went on."]


def _odd(room: Room, name: str, header: Header, **odd: Any) -> bytes:
    """An envelope made by a member who does not keep to the rules."""
    content = odd.get("content", enc([room.world.now, [], "say", *SAY]))
    person = room.world.person(odd.get("signer", name))
    signature = sign(person.sign, odd.get("domain", "message"), odd.get("bare", header.bare), content)
    full = replace(header, commitment=odd.get("commitment", messages._commitment(room.key, header, content, signature)))
    padded = odd.get("padded", pad(odd.get("inner", enc([content, signature])), 16384))
    return enc([full.raw, gcm_seal(*messages.message_keys(room.key, full), padded, full.raw)])


def _open(room: Room) -> None:
    w, cases = room.world, room.cases
    ben = w.person("ben").sign_pk

    def no(name: str, expect: str, envelope: bytes, key: bytes = room.key, sign_pk: bytes = ben) -> None:
        cases.add(name, "open-message", expect, key=key, envelope=envelope, sign_pk=sign_pk)

    header = room.header("ben")
    good, full = room.seal("ben", header)
    raw, sealed = decode(good, ["b", "b"], 17408)
    no("another epoch's key", "cannot_open", good, flip(room.key))
    no("changed text", "cannot_open", enc([raw, flip(sealed)]))
    no("cut text", "cannot_open", enc([raw, sealed[:-1]]))
    no("no text", "cannot_open", enc([raw, b""]))
    no("another's key", "bad_signature", good, sign_pk=w.person("cleo").sign_pk)
    no("a key of small order", "bad_key", good, sign_pk=bytes(32))
    no("signed by another", "bad_signature", _odd(room, "ben", header, signer="cleo"))
    no("signed as another kind", "bad_signature", _odd(room, "ben", header, domain="event"))
    no(
        "signed for another header",
        "bad_signature",
        _odd(room, "ben", header, bare=room.header("ben", 1, bytes(32)).bare),
    )
    no("another commitment", "bad_commitment", _odd(room, "ben", header, commitment=bytes(32)))
    plain_mac = mac(room.key, "franking", header.bare, b"", b"")
    no("commitment under the epoch's key", "bad_commitment", _odd(room, "ben", header, commitment=plain_mac))
    no("bad padding", "bad_padding", _odd(room, "ben", header, padded=b"\1" * 256))
    no("no padding", "bad_padding", _odd(room, "ben", header, padded=enc([b"", bytes(64)])))
    no("inside no pair", "not_canonical", _odd(room, "ben", header, inner=b"\x80"))
    contents = {
        "content no array": b"\x00",
        "content cut": enc([w.now, [], "say"]),
        "content not encoded": b"\xff",
        "content empty": enc([]),
        "five in after": enc([w.now, [bytes(32)] * 5, "say", *SAY]),
        "text where want stands": enc([w.now, [], "say", *SAY[:3], "1", "a"]),
        "say with too much": enc([w.now, [], "say", *SAY, 0]),
        "an affirm that is not kept": enc([w.now, [], "affirm", bytes(32), bytes(64)]),
        "left words that fade": enc([w.now, [], "left-words", "Ring my sister."]),
        "opened words that fade": enc([w.now, [], "left-opened", bytes(16), bytes(32)]),
    }
    for name, content in contents.items():
        no(name, "not_canonical", _odd(room, "ben", header, content=content))
    no("a say that is kept", "not_canonical", _odd(room, "ben", room.header("ben", keep=True)))
    no("a later type", "unknown_type", _odd(room, "ben", header, content=enc([w.now, [], "later", 1, [2]])))
    _envelopes(room, full, sealed)


def _envelopes(room: Room, full: Header, sealed: bytes) -> None:
    def no(name: str, expect: str, envelope: bytes) -> None:
        room.cases.add(name, "read-envelope", expect, envelope=envelope)

    fields = [1, 1, *astuple(full)]
    room.cases.add("read an envelope", "read-envelope", envelope=enc([full.raw, sealed]))
    no("envelope of version 2", "unknown_version", enc([enc([2, *fields[1:]]), sealed]))
    no("envelope of suite 2", "unknown_suite", enc([enc([1, 2, *fields[2:]]), sealed]))
    no("envelope with too few fields", "not_canonical", enc([enc(fields[:-1]), sealed]))
    no("envelope with too many fields", "not_canonical", enc([enc([*fields, 0]), sealed]))
    no("envelope with an integer as keep bit", "not_canonical", enc([enc([*fields[:10], 0, *fields[11:]]), sealed]))
    no("envelope, prev null at counter 1", "not_canonical", enc([enc([*fields[:7], 1, None, *fields[9:]]), sealed]))
    no("envelope too long", "not_canonical", enc([full.raw, bytes(17408)]))
    no("envelope with a byte left over", "not_canonical", enc([full.raw, sealed]) + b"\0")


def _tampered(room: Room) -> None:
    """P25: each header field changed by whoever carries the message."""
    good, full = room.seal("ben", room.header("ben", 3, bytes_of("prev", 32)))
    sealed = decode(good, ["b", "b"], 17408)[1]
    changes: dict[str, Any] = {
        "circle": bytes(32),
        "epoch": bytes(32),
        "head": room.world.state.ids[2],
        "author": room.world.id("cleo"),
        "stream": bytes(16),
        "counter": 4,
        "prev": bytes(32),
        "id": bytes(16),
        "keep": True,
        "commitment": flip(full.commitment),
    }
    for field, value in changes.items():
        changed = enc([replace(full, **{field: value}).raw, sealed])
        sign_pk = room.world.person("ben").sign_pk
        room.cases.add(
            f"header, other {field}", "open-message", "cannot_open", key=room.key, envelope=changed, sign_pk=sign_pk
        )


def _at_head(room: Room) -> None:
    w, told = room.world, room.told
    good, full = room.seal("ben", room.header("ben"))
    old = w.state.epochs[-2]

    def no(name: str, expect: str, then: tuple[bytes, ...] = (), **changes: Any) -> None:
        told.ask(name, "author-at-head", expect, then, envelope=enc([replace(full, **changes).raw, bytes(272)]))

    told.ask("author at head", "author-at-head", envelope=good)
    rekey = w.event("ben", "rekey", rekey_body(w, "ben"))
    told.ask(
        "key at head, not now", "author-at-head", then=told.with_epoch("ben", rekey, new_keys(w, "ben")), envelope=good
    )
    no("message of another circle", "wrong_circle", circle=bytes(32))
    no("head is not in the log", "unknown_head", head=bytes(32))
    no("epoch is an older one", "wrong_epoch", epoch=old.id)
    no("epoch is unknown", "wrong_epoch", epoch=bytes(32))
    no("epoch is newer than head", "wrong_epoch", head=w.state.ids[old.seq])
    leave = w.event("dee", "leave", [None])
    no("head is a leave", "wrong_epoch", (leave,), head=ahead(w, leave).head)
    no("head is a change without its epoch", "wrong_epoch", head=w.state.ids[-2])
    no("author is a stranger", "not_a_member", author=bytes(16))
    early = w.state.epochs[1]
    no("author came later", "not_a_member", author=w.id("dee"), epoch=early.id, head=early.id)


def _receive(cases: Cases) -> None:
    world = four("receive")
    world.do("ben", "name", [bytes_of("name", 32)])
    room = Room(cases, world, "receive")
    told = room.told
    one, two, three = room.row("ben", 3)
    wires = [one[0], two[0], three[0]]

    def receive(
        name: str, expect: str, envelopes: list[bytes], accounted: list[bytes] | None = None, closed: Any = ()
    ) -> None:
        told.ask(name, "receive", expect, envelopes=envelopes, accounted=accounted or [], closed=list(closed))

    receive("three in order", "success", wires)
    receive("one twice", "success", [*wires, wires[1]])
    receive("in another order", "success", wires[::-1])
    receive("the middle one dropped", "gap", [wires[0], wires[2]])
    receive("the first dropped", "gap", wires[1:])
    receive("the middle one taken back", "success", [wires[0], wires[2]], [two[1].hash])
    later = room.row("ben", 2, "later", prev=three[1].hash)
    receive("another page", "success", [*wires, *[wire for wire, _ in later]])
    receive("a whole page dropped", "gap", [wire for wire, _ in later])
    receive("the end of a page dropped", "gap", [*wires[:2], *[wire for wire, _ in later]])
    fork, _ = room.seal("ben", room.header("ben", 1, one[1].hash))
    receive("two at one counter", "stream_fork", [*wires, fork])
    astray, _ = room.seal("ben", room.header("ben", 3, two[1].hash))
    receive("prev is not the one before", "stream_fork", [*wires, astray])
    receive(
        "prev is not the one before, turned round",
        "stream_fork",
        [wires[2], wires[0], room.seal("ben", room.header("ben", 1, bytes(32)))[0]],
    )
    older = replace(room.header("ben", 1, one[1].hash), head=_earlier_head(room.world))
    back, _ = room.seal("ben", older)
    receive("head goes back", "head_back", [wires[0], back])
    receive("head goes back, turned round", "head_back", [back, wires[0]])
    reused = replace(room.header("ben", 1, one[1].hash), id=one[1].id)
    again, _ = room.seal("ben", reused)
    receive("a known id with other bytes is ignored", "success", [wires[0], again, wires[1]])


def _earlier_head(w: World) -> bytes:
    """An event between the newest epoch and the head."""
    assert w.state.epoch
    return w.state.epoch.id


def _removed(cases: Cases) -> None:
    w = four("removed")
    room = Room(cases, w, "removed before")
    known, unknown = room.row("dee", 2)
    old = w.state
    wire = w.event("ana", "remove", w.remove_body("ana", "ben", "dee"))
    w.take(wire, w.epoch("ana", wire, known={w.id("dee"): [known[1].hash]}).wire)
    told = Log(cases, w, "removed")
    closed = [[0, w.id("dee"), [known[1].hash]]]

    def receive(name: str, expect: str, envelopes: list[bytes], when: Any) -> None:
        told.ask(name, "receive", expect, envelopes=envelopes, accounted=[], closed=when)

    receive("known of who was removed", "success", [known[0]], closed)
    receive("backdated by who was removed", "after_removal", [known[0], unknown[0]], closed)
    receive("held before the removal was known", "success", [known[0], unknown[0]], [[2, *closed[0][1:]]])
    newer = replace(room.header("dee"), head=w.state.head)
    envelope, _ = room.seal("dee", newer)
    told.ask("after removal, under the new head", "author-at-head", "not_a_member", envelope=envelope)
    _superseded(cases, w, old, known[0])


def _superseded(cases: Cases, w: World, old: State, in_flight: bytes) -> None:
    told = Log(cases, w, "superseded")
    told.ask("in flight, by who was removed", "check-envelope", "not_a_member", envelope=in_flight, member=w.id("dee"))
    room = Room(cases, w, "superseded now")
    room.told.ask(
        "under the new epoch", "check-envelope", envelope=room.seal("ben", room.header("ben"))[0], member=w.id("ben")
    )
    assert old.epoch
    late = replace(room.header("ben"), epoch=old.epoch.id, head=old.head)
    told.ask(
        "in flight, by a member", "check-envelope", "superseded", envelope=room.seal("ben", late)[0], member=w.id("ben")
    )


def _server(room: Room) -> None:
    w, told = room.world, room.told
    good, full = room.seal("ben", room.header("ben"))

    def no(
        name: str, expect: str, member: str = "ben", then: tuple[bytes, ...] = (), sealed: int = 272, **changes: Any
    ) -> None:
        envelope = enc([replace(full, **changes).raw, bytes(sealed)])
        told.ask(name, "check-envelope", expect, then, envelope=envelope, member=w.id(member))

    told.ask("the server takes it", "check-envelope", envelope=good, member=w.id("ben"))
    no("for another circle", "wrong_circle", circle=bytes(32))
    no("as another", "wrong_author", "cleo")
    no("by a stranger", "not_a_member", "eve", author=w.id("eve"))
    no("under an unknown head", "unknown_head", head=bytes(32))
    no("under an older epoch", "superseded", epoch=w.state.epochs[-2].id)
    no("after a leave", "superseded", then=(w.event("dee", "leave", [None]),))
    no("of no bucket's size", "bad_padding", sealed=273)
    no("of nothing", "bad_padding", sealed=16)
    told.ask(
        "an older head, the newest epoch",
        "check-envelope",
        envelope=enc([replace(full, head=w.state.ids[0]).raw, bytes(272)]),
        member=w.id("ben"),
    )
    room.cases.add("a retry", "check-known", known=good, envelope=good)
    room.cases.add("an id again, other bytes", "check-known", "id_reused", known=good, envelope=flip(good))
