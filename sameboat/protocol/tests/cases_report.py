"""Vectors of reports: what is shown to those who decide, and what is sealed to the contact. SPEC.md section 15."""

from dataclasses import replace
from typing import Any

from sameboat.protocol import asides, reports
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import Header, read_envelope
from sameboat.protocol.keys import MemberKeys, member_keys, pkcs8
from sameboat.protocol.locks import box
from sameboat.protocol.messages import open_message
from sameboat.protocol.primitives import attachment_hash, mac, pad, sign
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_message import SAY, Room
from sameboat.protocol.tests.cases_report_talk import of_talks
from sameboat.protocol.tests.world import World, four

ID = bytes_of("report", 16)
WORDS = "It was about me."


def report() -> Cases:
    """SPEC.md section 15."""
    cases = Cases(
        "Reports. `row` is one of picks; `contact` and `seed` are raw X25519 private keys. SPEC.md section 15."
    )
    room = Room(cases, four("reports"), "reports")
    _recipients(room)
    row = _rows(room)
    _aside(room, row)
    _sealed(room, row)
    _answers(room)
    contact, seed = _contact(room.world)
    of_talks(room, contact, seed)
    return cases


def _recipients(room: Room) -> None:
    w, told = room.world, room.told

    def go(name: str, reporter: str, *authors: str) -> None:
        told.ask(name, "report-recipients", reporter=w.id(reporter), authors=[w.id(one) for one in authors])

    go("about one, none named: those who were here first", "dee", "cleo")
    go("never to whom it is about", "dee", "ana")
    go("never to one alone", "dee", "ana", "ben")
    go("about oneself", "dee", "dee")
    w.do("ana", "policy", w.policy_body("ben", [90, 8, 0, [w.id("cleo"), w.id("dee")], None]))
    go("those who are named", "ana", "ben")
    go("one of them wrote it", "ana", "cleo")
    go("one of them reports", "dee", "ben")


def _rows(room: Room) -> list[Any]:
    w, told = room.world, room.told
    header = room.header("ben")
    wire, full = room.seal("ben", header)
    opened = open_message(room.key, read_envelope(wire), w.person("ben").sign_pk)
    row = reports.pick(room.key, full, opened)
    raw, content, signature, frank = row
    told.ask("a reported message", "read-pick", row=row)

    def no(name: str, expect: str, *other: Any) -> None:
        told.ask(name, "read-pick", expect, row=list(other))

    no("a header that is none", "not_canonical", flip(raw, 0), content, signature, frank)
    no("of another version", "unknown_version", raw[:1] + b"\2" + raw[2:], content, signature, frank)
    no("of another suite", "unknown_suite", raw[:2] + b"\2" + raw[3:], content, signature, frank)
    no("of another circle", "wrong_circle", replace(full, circle=bytes(32)).raw, content, signature, frank)
    no("under an unknown head", "unknown_head", replace(full, head=bytes(32)).raw, content, signature, frank)
    no("under an older epoch", "wrong_epoch", replace(full, epoch=w.state.epochs[0].id).raw, content, signature, frank)
    no("by nobody here", "not_a_member", replace(full, author=bytes(16)).raw, content, signature, frank)
    no("as if by another", "bad_commitment", replace(full, author=w.id("cleo")).raw, content, signature, frank)
    no("other words", "bad_commitment", raw, enc([w.now, [], "say", *SAY[:4], "Something else."]), signature, frank)
    no("another key", "bad_commitment", raw, content, signature, flip(frank))
    _forged(room, full)
    return row


def _forged(room: Room, header: Header) -> None:
    """What whoever reports could make up: they choose kf, but sign for nobody else."""
    w, frank = room.world, bytes_of("a made-up key", 32)

    def no(name: str, expect: str, signature: bytes, content: bytes) -> None:
        commitment = mac(frank, "franking", header.bare, content, signature)
        raw = replace(header, commitment=commitment).raw
        room.told.ask(name, "read-pick", expect, row=[raw, content, signature, frank])

    words = enc([w.now, [], "say", *SAY])
    no("made up by whoever reports", "bad_signature", sign(w.person("dee").sign, "message", header.bare, words), words)
    no("signed by nobody", "bad_key", bytes(64), words)
    for name, expect, content in [
        ("a later type", "unknown_type", enc([w.now, [], "later"])),
        ("no content", "not_canonical", enc([w.now, "say"])),
        ("kept and not", "not_canonical", enc([w.now, [], "choice", "nudge", "off"])),
    ]:
        no(name, expect, sign(w.person("ben").sign, "message", header.bare, content), content)


def _aside(room: Room, row: list[Any]) -> None:
    w = room.world
    dee, cleo, circle = w.person("dee"), w.person("cleo"), w.state.circle
    what = {"keys": raw_keys(w, "cleo"), "circle": circle, "author": dee.member, "author_pk": dee.sign_pk}
    contents: dict[str, list[Any]] = {
        "report": [ID, [row], [bytes_of("neighbour", 32)], WORDS],
        "report-state": [ID, 2, "We have talked to Ben."],
        "folded": [bytes_of("folded", 32), "It says how. Could you say what it felt like?"],
        "before-remove": ["We have talked, and it went on."],
        "not-removed": [dee.member],
    }
    for type_, rest in contents.items():
        sealed = asides.seal_aside(dee, circle, cleo.member, cleo.box_pk, [w.now, type_, *rest], w.chance)
        room.cases.add(f"aside {type_}", "open-aside", sealed=sealed, **what)
    odd = {
        "no reason": ["before-remove", ""],
        "nobody in particular": ["not-removed", b""],
        "seventeen messages": ["report", ID, [row] * 17, [], ""],
        "thirty-three neighbours": ["report", ID, [], [bytes(32)] * 33, ""],
    }
    for name, content in odd.items():
        sealed = asides.seal_aside(dee, circle, cleo.member, cleo.box_pk, [w.now, *content], w.chance)
        room.cases.add(name, "open-aside", "not_canonical", sealed=sealed, **what)


def _contact(w: World) -> tuple[MemberKeys, bytes]:
    keys = member_keys(bytes(16), bytes(32), w.chance.take(32))
    return keys, pkcs8(keys.box)[-32:]


def _sealed(room: Room, row: list[Any]) -> None:
    w, cases = room.world, room.cases
    dee, circle = w.person("dee"), w.state.circle
    contact, seed = _contact(w)
    what = {"contact": seed, "circle": circle, "author": dee.member, "author_pk": dee.sign_pk, "id": ID}
    contents: dict[str, list[Any]] = {
        "report": [w.now, "report", ID, [row], [], WORDS],
        "appeal": [w.now, "appeal", ID, w.agreement[1], "We have talked, and it went on.", "Nobody asked me."],
    }
    for type_, content in contents.items():
        sealed, signature = reports.seal_report(dee, circle, contact.box_pk, content, w.chance)
        cases.add(f"{type_} to the contact", "open-report", sealed=sealed, **what)
    for name, changes in {
        "as if by another": {"author": w.id("ana")},
        "in another circle": {"circle": bytes(32)},
        "under another id": {"id": bytes(16)},
        "with another key": {"contact": flip(seed, 5)},
        "changed": {"sealed": flip(sealed)},
    }.items():
        cases.add(f"for the contact, {name}", "open-report", "cannot_open", **{**what, "sealed": sealed, **changes})
    cases.add(
        "another's signature",
        "open-report",
        "bad_signature",
        sealed=sealed,
        **{**what, "author_pk": w.person("ana").sign_pk},
    )
    _odd_sealed(room, contact.box_pk, what)
    _put(room, sealed, signature)


def _odd_sealed(room: Room, contact: bytes, what: dict[str, Any]) -> None:
    w, dee, circle = room.world, room.world.person("dee"), room.world.state.circle

    def no(name: str, expect: str, padded: bytes) -> None:
        sealed = box(contact, padded, "report", circle, dee.member, ID, chance=w.chance)
        room.cases.add(name, "open-report", expect, sealed=sealed, **what)

    def signed(content: list[Any]) -> bytes:
        raw = enc(content)
        return pad(enc([raw, sign(dee.sign, "report-note", circle, dee.member, ID, raw)]), 65536)

    no("bad padding for the contact", "bad_padding", b"\1" * 256)
    no("no pair", "not_canonical", pad(enc([b""]), 65536))
    no("no start", "not_canonical", signed(["report"]))
    no("a later type for the contact", "unknown_type", signed([w.now, "later", ID]))
    no("another id inside", "not_canonical", signed([w.now, "appeal", bytes(16), "", "", "Why?"]))
    no("an appeal without words", "not_canonical", signed([w.now, "appeal", ID, "", "", ""]))


def _put(room: Room, sealed: bytes, signature: bytes) -> None:
    w, told = room.world, room.told
    dee = w.person("dee")
    what: dict[str, Any] = {"author": dee.member, "id": ID, "sealed": sealed, "signature": signature}
    told.ask("the server takes a report", "check-report-put", **what)
    told.ask("a stranger's report", "check-report-put", "not_a_member", **{**what, "author": bytes(16)})
    told.ask("another's report", "check-report-put", "bad_signature", **{**what, "author": w.id("ana")})
    told.ask("another report's signature", "check-report-put", "bad_signature", **{**what, "id": bytes(16)})
    odd = sealed[:-1]
    parts = [w.state.circle, dee.member, ID, attachment_hash(odd)]
    odd_signature = sign(dee.sign, "report-put", *parts)
    told.ask(
        "a report of no bucket",
        "check-report-put",
        "bad_padding",
        **{**what, "sealed": odd, "signature": odd_signature},
    )
    then = told.with_epoch("ana", w.event("ana", "remove", w.remove_body("ana", "ben", "dee")))
    told.ask("of somebody who was removed", "check-report-put", then=then, **what)


def _answers(room: Room) -> None:
    w = room.world
    keys, seed = _contact(w)
    circle = w.state.circle
    sealed = reports.seal_answer(
        keys.box_pk, circle, ID, w.now, "Thank you. We have asked them to look again.", w.chance
    )
    room.cases.add("an answer", "open-answer", seed=seed, circle=circle, id=ID, sealed=sealed)
    room.cases.add(
        "another's answer", "open-answer", "cannot_open", seed=seed, circle=circle, id=bytes(16), sealed=sealed
    )
    odd = box(keys.box_pk, pad(enc([w.now]), 32768), "report-answer", circle, ID, chance=w.chance)
    room.cases.add("no words", "open-answer", "not_canonical", seed=seed, circle=circle, id=ID, sealed=odd)
    odd = box(keys.box_pk, b"\1" * 256, "report-answer", circle, ID, chance=w.chance)
    room.cases.add("an answer's bad padding", "open-answer", "bad_padding", seed=seed, circle=circle, id=ID, sealed=odd)
