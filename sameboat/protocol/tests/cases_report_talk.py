"""Vectors of reports from a talk: its log comes along, and is held against the group's. SPEC.md section 15."""

from dataclasses import replace
from typing import Any

from sameboat.protocol import asides, reports
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.keys import MemberKeys, new_member
from sameboat.protocol.messages import open_message
from sameboat.protocol.primitives import mac, sign
from sameboat.protocol.tests.cases import bytes_of, flip
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_message import SAY, Room
from sameboat.protocol.tests.cases_talk import between, create_in
from sameboat.protocol.tests.world import World, four

ID = bytes_of("report of a talk", 16)


def picked(room: Room, by: str) -> list[Any]:
    """The row that shows what somebody said in a talk."""
    wire, header = room.seal(by, room.header(by))
    opened = open_message(room.key, read_envelope(wire), room.world.person(by).sign_pk)
    return reports.pick(room.key, header, opened)


def made_up(shared: World, by: str, other: MemberKeys) -> World:
    """A talk that the group's log knows nothing of: begun with keys that are not the other's."""
    w = World("talk made up")
    w.people, w.names, w.now = {by: shared.person(by), "other": other}, {**shared.names, "other": []}, shared.now
    state = shared.state
    pair = [state.circle, state.head, other.member, other.sign_pk, other.box_pk, 90, None]
    w.take_with_epoch(by, create_in(w, by, pair))
    return w


def of_talks(room: Room, contact: MemberKeys, seed: bytes) -> None:
    """What Ana was told by Ben, alone."""
    w, cases = room.world, room.cases
    told = Room(cases, between(w, "ben", "ana", "reported"), "a talk")
    row, wires = picked(told, "ben"), told.world.wires
    _read(room, told, row)
    _logs(room, row)
    rest = [ID, wires, [row], [bytes_of("neighbour", 32)], "It was said to me alone."]
    _sealed(room, rest)
    ana, circle = w.person("ana"), w.state.circle
    content = [w.now, "report-talk", *rest]
    sealed, _ = reports.seal_report(ana, circle, contact.box_pk, content, w.chance)
    what = {"contact": seed, "circle": circle, "author": ana.member, "author_pk": ana.sign_pk, "id": ID}
    cases.add("report-talk to the contact", "open-report", sealed=sealed, **what)


def _read(room: Room, told: Room, row: list[Any]) -> None:
    """Rows, against a talk that holds."""
    w, talk, wires = room.world, told.world, told.world.wires
    raw, content, signature, frank = row
    ana = w.id("ana")

    def ask(name: str, expect: str = "success", *other: Any, reporter: bytes = ana, **more: Any) -> None:
        inputs = {"talk": wires, "reporter": reporter, "row": list(other) or row, **more}
        room.told.ask(f"in a talk, {name}", "read-talk-pick", expect, **inputs)

    ask("told by the one it was said to")
    ask("told by the other", reporter=w.id("ben"))
    ask("told by somebody of the group", "not_a_member", reporter=w.id("dee"))
    left = room.told.with_epoch("cleo", w.event("cleo", "remove", w.remove_body("cleo", "dee", "ben")))
    ask("of somebody who is gone since", then=left)
    full = read_envelope(enc([raw, bytes(272)])).header
    group = Room(room.cases, w, "reports")
    ask("what was said in the group", "wrong_circle", *picked(group, "ben"))
    another = Room(room.cases, between(w, "ben", "ana", "another"), "another talk")
    ask("what was said in another talk", "wrong_circle", *picked(another, "ben"))
    epoch = another.world.state.epoch
    assert epoch
    ask("another talk's epoch", "wrong_epoch", replace(full, epoch=epoch.id).raw, content, signature, frank)
    ask("after what came along", "unknown_head", replace(full, head=epoch.id).raw, content, signature, frank)
    ask("as if by a third", "not_a_member", replace(full, author=w.id("dee")).raw, content, signature, frank)
    ask("as if by the other", "bad_commitment", replace(full, author=ana).raw, content, signature, frank)
    words = enc([talk.now, [], "say", *SAY[:4], "What Ben never said."])
    by_ana = sign(w.person("ana").sign, "message", full.bare, words)
    fitting = replace(full, commitment=mac(frank, "franking", full.bare, words, by_ana)).raw
    ask("made up by whoever reports", "bad_signature", fitting, words, by_ana, frank)


def _logs(room: Room, row: list[Any]) -> None:
    """Logs that are not of a talk of these two."""
    w = room.world
    good = between(w, "ben", "ana", "reported")

    def no(name: str, expect: str, wires: list[bytes], **more: Any) -> None:
        inputs = {"talk": wires, "reporter": w.id("ana"), "row": row, **more}
        room.told.ask(f"a talk {name}", "read-talk-pick", expect, **inputs)

    no("without a log", "wrong_kind", [])
    no("without its epoch", "epoch_required", good.wires[:1])
    no("without its beginning", "wrong_circle", good.wires[1:])
    no("with a byte turned", "bad_signature", [good.wires[0], flip(good.wires[1])])
    no("that is the group", "wrong_kind", w.wires)
    no("of another group", "wrong_circle", between(four("elsewhere"), "ben", "ana", "elsewhere").wires)
    keys = new_member(w.chance)
    swapped = type(keys)(w.id("ben"), keys.sign, keys.box)
    no("made up, with keys of one's own for the other", "key_swapped", made_up(w, "ana", swapped).wires)
    no("with a stranger", "not_a_member", made_up(w, "ana", new_member(w.chance)).wires)
    third = between(w, "ben", "ana", "reported")
    third.people["dee"] = w.person("dee")
    no("with an epoch of somebody else", "not_a_member", [*good.wires, third.epoch("dee").wire])


def _sealed(room: Room, rest: list[Any]) -> None:
    w = room.world
    ana, cleo, circle = w.person("ana"), w.person("cleo"), w.state.circle
    what = {"keys": raw_keys(w, "cleo"), "circle": circle, "author": ana.member, "author_pk": ana.sign_pk}

    def ask(name: str, expect: str, content: list[Any]) -> None:
        sealed = asides.seal_aside(ana, circle, cleo.member, cleo.box_pk, [w.now, "report-talk", *content], w.chance)
        room.cases.add(name, "open-aside", expect, sealed=sealed, **what)

    ask("aside report-talk", "success", rest)
    ask("a talk's log of sixty-five", "not_canonical", [ID, [b""] * 65, [], [], ""])
    ask("a report of a talk without its log", "not_canonical", [ID, *rest[2:]])
