"""Vectors of `history`: keys of earlier epochs, given to one member in sight of all."""

from sameboat.protocol import making
from sameboat.protocol.epochs import open_history_box, seal_history_box
from sameboat.protocol.primitives import h
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import Cases, bytes_of
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_log import Log
from sameboat.protocol.tests.world import World, four


def history() -> Cases:
    """SPEC.md section 4, `history`, and its boxes in section 5."""
    cases = Cases("history: keys of earlier epochs for one member (SPEC.md sections 4 and 5)")
    told = Log(cases, four("history"), "history")
    _given(told)
    _refused(told)
    _seconds(told)
    _boxes(cases, told.world)
    return cases


def _given(told: Log) -> None:
    w = told.world
    first, second, third, newest = (epoch.id for epoch in w.state.epochs[-4:])
    told.yes(
        "host and a second give two epochs", w.event("ana", "history", w.history_body("ben", "dee", first, second))
    )
    told.yes("second is host", w.event("ben", "history", w.history_body("ana", "dee", second, third)))
    told.yes("a missed key, by anyone alone", w.event("cleo", "history", w.history_body(None, "dee", newest)))
    told.yes("a missed key, with a second", w.event("ana", "history", w.history_body("ben", "dee", newest)))
    twice = w.event("ana", "history", w.history_body("ben", "dee", first))
    told.cases.add("what has to come along", "required-attachments", wire=twice)
    told.ask("who was given what", "shared", then=(twice,))


def _refused(told: Log) -> None:
    w = told.world
    first, second, third, newest = (epoch.id for epoch in w.state.epochs[-4:])
    body = w.history_body("ben", "dee", first, second)
    told.no("no epoch at all", "not_canonical", w.event("ana", "history", [body[0], [], body[2]]))
    told.no("for a stranger", "not_a_member", w.event("ana", "history", [bytes(16), *body[1:]]))
    told.no("no epoch of this log", "unknown_epoch", w.event("ana", "history", w.history_body("ben", "dee", bytes(32))))
    told.no(
        "no epoch but an event",
        "unknown_epoch",
        w.event("ana", "history", w.history_body("ben", "dee", w.state.circle)),
    )
    told.no("newer first", "unknown_epoch", w.event("ana", "history", w.history_body("ben", "dee", second, first)))
    told.no("one epoch twice", "unknown_epoch", w.event("ana", "history", w.history_body("ben", "dee", first, first)))
    told.no("host alone", "second_required", w.event("ana", "history", w.history_body(None, "dee", third)))
    told.no(
        "one of two was never theirs",
        "second_required",
        w.event("ana", "history", w.history_body(None, "dee", third, newest)),
    )
    told.no("two who are not host", "not_a_host", w.event("ben", "history", w.history_body("cleo", "dee", first)))
    told.no("in another shape", "not_canonical", w.event("ana", "history", [body[0], body[1]]))


def _seconds(told: Log) -> None:
    w = told.world
    first, second = (epoch.id for epoch in w.state.epochs[-4:-2])
    body = w.history_body("ben", "dee", first)
    told.no(
        "second for other epochs",
        "bad_second",
        w.event("ana", "history", [*w.history_body("ben", "dee", second)[:2], body[2]]),
    )
    told.no("second for another person", "bad_second", w.event("ana", "history", [w.id("cleo"), *body[1:]]))
    told.no("second is who gets it", "not_distinct", w.event("ana", "history", w.history_body("dee", "dee", first)))
    told.no("second is the author", "not_distinct", w.event("ana", "history", w.history_body("ana", "dee", first)))
    stranger = [bytes(16), *body[2][1:]]
    told.no("second is a stranger", "not_a_member", w.event("ana", "history", [*body[:2], stranger]))
    old = making.second_history(w.person("ben"), w.state, w.id("dee"), [first], w.now - 1)
    told.no("second has run out", "second_expired", w.event("ana", "history", [*body[:2], old]))
    far = making.second_history(w.person("ben"), w.state, w.id("dee"), [first], w.now + 15 * DAY)
    told.no("second holds too long", "bad_expiry", w.event("ana", "history", [*body[:2], far]))
    head = [body[2][0], bytes(32), *body[2][2:]]
    told.no("second of no head", "unknown_head", w.event("ana", "history", [*body[:2], head]))


def _boxes(cases: Cases, w: World) -> None:
    epoch, dee = w.state.epochs[-4], w.person("dee")
    key = w.keys[epoch.id]
    sealed = seal_history_box(dee.box_pk, key, w.state.circle, epoch.id, dee.member, w.chance)
    assert open_history_box(dee, w.state.circle, epoch, sealed) == key
    what = {
        "keys": raw_keys(w, "dee"),
        "circle": w.state.circle,
        "epoch": epoch.id,
        "commitment": epoch.commitment,
        "box": sealed,
    }
    cases.add("a box opens", "open-history-box", **what)
    other = bytes_of("another epoch", 32)
    cases.add("of another epoch", "open-history-box", "bad_box", **{**what, "epoch": other})
    cases.add("another key than was committed to", "open-history-box", "bad_box", **{**what, "commitment": other})
    cases.add("for somebody else", "open-history-box", "bad_box", **{**what, "keys": raw_keys(w, "ben")})
    cases.add("in another circle", "open-history-box", "bad_box", **{**what, "circle": other})
    cases.add("its size", "check-attachment", kind="history-box", hash=h("attachment", sealed), content=sealed)
    longer = sealed + b"\0"
    cases.add(
        "another size",
        "check-attachment",
        "bad_padding",
        kind="history-box",
        hash=h("attachment", longer),
        content=longer,
    )
