"""Vectors of epochs: rules, boxes, cards and lists; and of room words."""

from typing import Any

from sameboat.protocol import epochs, making
from sameboat.protocol.encoding import enc
from sameboat.protocol.keys import pkcs8
from sameboat.protocol.locks import box, lock
from sameboat.protocol.log import read_event
from sameboat.protocol.primitives import h, pad
from sameboat.protocol.state import DAY, OWN
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_log import Log, ahead, new_keys, rekey_body
from sameboat.protocol.tests.playing import Fixed
from sameboat.protocol.tests.world import World, four


def raw_keys(world: World, name: str) -> list[bytes]:
    """Someone's `[member, sign seed, box seed]`, as vectors give keys."""
    keys = world.person(name)
    return [keys.member, pkcs8(keys.sign)[-32:], pkcs8(keys.box)[-32:]]


def epoch() -> Cases:
    """SPEC.md section 5."""
    cases = Cases(
        "Epochs: who receives a key, and what comes with it. Keys are [member, sign seed, box seed]. SPEC.md section 5."
    )
    told = Log(cases, four(), "four")
    _rules(told)
    _closed(cases)
    _extra(cases)
    _opening(told)
    _cards(told)
    return cases


def _changed(w: World, name: str, made: epochs.MadeEpoch, state: Any, at: int, value: Any) -> bytes:
    body = list(read_event(made.wire).body)
    body[at] = value
    return w.event(name, "epoch", body, state)


def _rules(told: Log) -> None:
    w = told.world
    made = w.epoch("ben")
    body = read_event(made.wire).body
    told.yes("an extra epoch", made.wire)

    def odd(name: str, expect: str, at: int, value: Any) -> None:
        told.no(name, expect, _changed(w, "ben", made, w.state, at, value))

    odd("previous is an older epoch", "wrong_epoch", 0, w.state.epochs[0].id)
    odd("previous is null", "wrong_epoch", 0, None)
    odd("a member left out", "wrong_recipients", 1, body[1][1:])
    ghost = sorted([*body[1], [bytes_of("ghost", 16), bytes(32)]])
    odd("a ghost", "wrong_recipients", 1, ghost)
    odd("not in order", "wrong_recipients", 1, body[1][::-1])
    odd("one twice", "wrong_recipients", 1, [body[1][0], *body[1]])
    odd("an old key again", "key_reused", 2, w.state.epochs[0].commitment)
    odd("someone closed who is here", "wrong_closed", 4, [[w.id("dee"), bytes(32)]])
    told.no("by a stranger", "not_a_member", w.event("eve", "epoch", body))
    for event in (made.wire, w.wires[0], w.wires[3]):
        told.cases.add(
            f"attachments of {read_event(event).type} {event[-3:].hex()}", "required-attachments", wire=event
        )
    content = made.attachments[body[3]]
    told.cases.add("an attachment", "check-attachment", kind="card", hash=body[3], content=content)
    told.cases.add(
        "another attachment", "check-attachment", "wrong_attachment", kind="card", hash=body[3], content=flip(content)
    )
    for kind, size in (("card", 300), ("box", 81), ("list", 257), ("invite-card", 64 + 2048)):
        odd_size = bytes(size)
        told.cases.add(
            f"{kind} of {size} bytes", "check-attachment", "bad_padding",
            kind=kind, hash=h("attachment", odd_size), content=odd_size,
        )  # fmt: skip


def _closed(cases: Cases) -> None:
    w = four("closed")
    known = [bytes_of(f"message {n}", 32) for n in range(3)]
    w.do("dee", "leave", [None])
    told = Log(cases, w, "closed")
    made = w.epoch("ben", known={w.id("dee"): known})
    told.yes("the first after a leave", made.wire)
    told.no("who left is not named", "wrong_closed", _changed(w, "ben", made, w.state, 4, []))
    told.no("another is named", "wrong_closed", _changed(w, "ben", made, w.state, 4, [[w.id("cleo"), bytes(32)]]))
    removal = w.event("ana", "remove", w.remove_body("ana", "ben", "cleo"))
    both = w.epoch("ana", removal)
    told.yes("left and removed, both named", removal, both.wire)
    rows = read_event(both.wire).body[4]
    told.no("both, not in order", "wrong_closed", removal, _changed(w, "ana", both, ahead(w, removal), 4, rows[::-1]))
    content = made.attachments[read_event(made.wire).body[4][0][1]]
    what = {"wire": made.wire, "member": w.id("dee")}
    cases.add("make a list", "make-list", hashes=known)
    cases.add("open a list", "open-list", list=content, **what)
    cases.add("another list", "open-list", "wrong_attachment", list=flip(content), **what)
    cases.add("list of another", "open-list", "wrong_attachment", list=content, wire=made.wire, member=w.id("ben"))
    for name, hashes, expect in [
        ("list not in order", sorted(known)[::-1], "not_canonical"),
        ("list names one twice", [known[0], known[0]], "not_canonical"),
    ]:
        bad = pad(enc(hashes), 262144)
        wire = _changed(w, "ben", made, w.state, 4, [[w.id("dee"), h("attachment", bad)]])
        cases.add(name, "open-list", expect, list=bad, wire=wire, member=w.id("dee"))


def _extra(cases: Cases) -> None:
    w = four("extra")
    for _ in range(6):
        w.take(w.epoch("ben").wire)
        w.now += 60
    told = Log(cases, w, "extra")
    told.no("a seventh in a day", "too_many_epochs", w.epoch("ben").wire)
    told.yes("by another", w.epoch("cleo").wire)
    needed = w.event("ben", "rekey", rekey_body(w, "ben"))
    told.yes("one that is needed", *told.with_epoch("ben", needed, new_keys(w, "ben")))
    leave = w.event("dee", "leave", [None])
    told.yes("one after a leave", leave, w.epoch("ben", leave).wire)
    w.now += DAY - 360 - 1
    told.no("one second before the day is over", "too_many_epochs", w.epoch("ben").wire)
    w.now += 1
    told.yes("a day after the first", w.epoch("ben").wire)


def _opening(told: Log) -> None:
    w = told.world
    made = w.epoch("ana")
    boxes = dict(read_event(made.wire).body[1])
    for name in ("ana", "ben", "cleo", "dee"):
        sealed = made.attachments[boxes[w.id(name)]]
        told.cases.add(f"box of {name}", "open-box", keys=raw_keys(w, name), wire=made.wire, box=sealed)
    told.cases.add(
        "another's box", "open-box", "wrong_attachment", keys=raw_keys(w, "cleo"), wire=made.wire, box=sealed
    )
    told.cases.add(
        "a stranger's box", "open-box", "wrong_attachment", keys=raw_keys(w, "eve"), wire=made.wire, box=sealed
    )
    cleo = w.person("cleo")
    place = [w.state.circle, w.state.head]
    bad = {
        "a box of noise": bytes_of("noise", 80),
        "a box to another recipient": box(cleo.box_pk, made.key, "box", *place, w.id("dee"), chance=Fixed("a")),
        "a box of another place": box(
            cleo.box_pk, made.key, "box", place[0], bytes(32), w.id("cleo"), chance=Fixed("b")
        ),
        "a box with another key": box(cleo.box_pk, flip(made.key), "box", *place, w.id("cleo"), chance=Fixed("c")),
        "a box with a short key": box(cleo.box_pk, made.key[:31], "box", *place, w.id("cleo"), chance=Fixed("d")),
        "a box of another kind": box(cleo.box_pk, made.key, "knock", *place, w.id("cleo"), chance=Fixed("e")),
    }
    for name, sealed in bad.items():
        rows = [[id_, h("attachment", sealed) if id_ == cleo.member else hash_] for id_, hash_ in boxes.items()]
        wire = _changed(w, "ana", made, w.state, 1, rows)
        told.yes(f"{name}: the event stands", wire)
        told.cases.add(name, "open-box", "bad_box", keys=raw_keys(w, "cleo"), wire=wire, box=sealed)


def _cards(told: Log) -> None:
    w, cases = told.world, told.cases
    made = w.epoch("ana")
    event = read_event(made.wire)
    sealed = made.attachments[event.body[3]]
    cases.add("open a card", "open-card", key=made.key, wire=made.wire, sealed=sealed)
    cases.add("card with another key", "open-card", "cannot_open", key=flip(made.key), wire=made.wire, sealed=sealed)
    cases.add("another card", "open-card", "wrong_attachment", key=made.key, wire=made.wire, sealed=flip(sealed))
    card = w.card(w.state)
    again = cases.add(
        "seal a card",
        "seal-card",
        key=made.key,
        circle=w.state.circle,
        prev=w.state.head,
        card=card,
        random=bytes_of("card", 16),
    )["sealed"]
    del again
    moved = lock(made.key, pad(enc(card), 262144), "card", w.state.circle, bytes(32), chance=Fixed("moved"))
    wire = _changed(w, "ana", made, w.state, 3, h("attachment", moved))
    cases.add("card of another place", "open-card", "cannot_open", key=made.key, wire=wire, sealed=moved)
    for name, content in [
        ("card of another form", enc([1])),
        ("card, members not in order", enc([*card[:3], card[3][::-1]])),
    ]:
        odd = lock(made.key, pad(content, 262144), "card", w.state.circle, w.state.head, chance=Fixed("odd"))
        wire = _changed(w, "ana", made, w.state, 3, h("attachment", odd))
        cases.add(name, "open-card", "not_canonical", key=made.key, wire=wire, sealed=odd)
    told.ask("read a card", "read-card", card=card)
    told.ask("another group's name", "read-card", card=[[card[0][0], "The Harbour"], *card[1:]])
    told.ask("another agreement", "read-card", card=[card[0], [card[1][0], "Anything goes."], *card[2:]])
    told.ask("an empty card", "read-card", card=[None, None, None, []])
    said = epochs.affirm(w.person("ben"), w.state.circle, w.words[1])
    forged = [said[0], epochs.affirm(w.person("dee"), w.state.circle, w.words[1])[1]]
    lines = [
        [id_, name, said if id_ == w.id("ben") else forged if id_ == w.id("cleo") else None] for id_, name, _ in card[3]
    ]
    told.ask("one affirmed, one forged", "read-card", card=[*card[:3], lines])
    renamed = [[id_, [name[0], "Someone"], None] for id_, name, _ in card[3]]
    told.ask("other names", "read-card", card=[*card[:3], renamed])
    cases.add("affirm", "affirm", keys=raw_keys(w, "ben"), circle=w.state.circle, agreement=w.words[1])
    for what, opening in [
        ("name", [bytes(32), "Ana"]),
        ("group", w.group),
        ("agreement", w.agreement),
        ("safeguarding", w.safeguarding),
    ]:
        cases.add(f"commitment to {what}", "commit", what=what, opening=opening)


def room_words() -> Cases:
    """SPEC.md section 8."""
    cases = Cases("Room words as numbers into room-words.json. SPEC.md section 8.")
    for n in range(4):
        cases.add(f"numbers {n}", "word-numbers", circle=bytes_of("circle", 32), event=bytes_of(f"event {n}", 32))
    cases.add("another circle", "word-numbers", circle=bytes_of("other", 32), event=bytes_of("event 0", 32))
    w = four("words")
    told = Log(cases, w, "words")
    told.ask("four members", "room-words")
    told.ask("a name changes nothing", "room-words", then=(w.event("ben", "name", [bytes(32)]),))
    told.ask("an epoch changes nothing", "room-words", then=(w.epoch("ben").wire,))
    told.ask("a leave", "room-words", then=(w.event("dee", "leave", [None]),))
    rekey = w.event("ben", "rekey", rekey_body(w, "ben"))
    told.ask("new keys", "room-words", then=told.with_epoch("ben", rekey, new_keys(w, "ben")))
    remove = w.event("ben", "remove", w.remove_body("ben", "cleo", "dee"))
    told.ask("a removal", "room-words", then=told.with_epoch("ben", remove))
    own = World("own words")
    own.begin("ana", OWN)
    Log(cases, own, "own").ask("an own circle", "room-words")
    what = {
        "keys": raw_keys(w, "ben"),
        "time": w.now,
        "type": "name",
        "body": [making.commit("name", [bytes(32), "Ben"])],
    }
    told.ask("make an event", "make-event", **what)
    return cases
