"""Vectors of talks: two members of a group, and nobody else."""

from typing import Any

from sameboat.protocol import making
from sameboat.protocol.keys import new_member
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import Cases, bytes_of
from sameboat.protocol.tests.cases_log import ONE, Log, new_keys, rekey_body
from sameboat.protocol.tests.world import World, four

OTHER = bytes_of("the tip of another branch", 32)


def between(shared: World, by: str, other: str, label: str, before: bytes | None = None) -> World:
    """A talk of two of these, begun as their group stands."""
    w = World("talk " + label)
    w.people, w.names, w.now = dict(shared.people), shared.names, shared.now
    wire = making.make_talk(w.person(by), shared.state, shared.id(other), w.now, before, w.chance)
    w.take_with_epoch(by, wire)
    return w


def talk() -> Cases:
    """SPEC.md section 16."""
    cases = Cases("Talks: the log of two members (`wires` or `talk`), held against their group's. SPEC.md section 16.")
    shared = four("talk")
    _starts(cases, shared)
    _logs(cases, shared)
    _held(cases, shared)
    _ended(cases, shared)
    return cases


def _starts(cases: Cases, shared: World) -> None:
    w = World("talk starts")
    w.people, w.names, w.now = shared.people, shared.names, shared.now
    told = Log(cases, w, "talk starts")
    ana, ben = shared.person("ana"), shared.person("ben")
    ids = [bytes_of("random", 32), 1, ana.member, ana.sign_pk, ana.box_pk, None, None, None]
    pair = [shared.state.circle, shared.state.head, ben.member, ben.sign_pk, ben.box_pk, 90, None]

    def create(*body: Any, **changes: Any) -> bytes:
        return w.odd_event("ana", "create", list(body), circle=None, **changes)

    told.yes("a talk", *told.with_epoch("ana", create(*ids, pair)))
    told.yes("after one that ended", *told.with_epoch("ana", create(*ids, [*pair[:6], bytes(32)])))
    told.no("without an epoch", "epoch_required", create(*ids, pair))
    told.no("without the other", "not_canonical", create(*ids))
    told.no("with nothing for the other", "not_canonical", create(*ids, None))
    told.no("with a name", "not_canonical", create(*ids[:5], bytes(32), None, None, pair))
    told.no("own, with another", "not_canonical", create(ids[0], 0, *ids[2:], pair))
    rest = [bytes_of("name", 32), [*w.words[:2], None], [90, 8, 0, [], None]]
    told.no("group, with another", "not_canonical", create(ids[0], 2, *ids[2:5], *rest, pair))
    told.no("of another's making", "wrong_author", create(*ids, pair, author=ben.member))
    told.no("with oneself", "not_distinct", create(*ids, [*pair[:2], ana.member, *pair[3:]]))
    told.no("a window of 31 days", "bad_policy", create(*ids, [*pair[:5], 31, None]))
    told.no("the other's key of small order", "bad_key", create(*ids, [*pair[:3], ONE, *pair[4:]]))
    told.no("the other's box key of small order", "bad_key", create(*ids, [*pair[:4], bytes(32), *pair[5:]]))
    told.no("the other's key is one's own", "key_reused", create(*ids, [*pair[:3], ana.sign_pk, *pair[4:]]))
    told.no("the other's box key is one's own", "key_reused", create(*ids, [*pair[:4], ana.box_pk, *pair[5:]]))


def _logs(cases: Cases, shared: World) -> None:
    w = between(shared, "ana", "ben", "logs")
    told = Log(cases, w, "talk logs")
    told.yes("by either a new epoch", w.epoch("ben").wire)
    told.ask("its window", "window-at", time=w.now)
    first = w.state.epochs[0].id
    told.yes("a key that was missed", w.event("ana", "history", w.history_body(None, "ben", first)))
    told.no("history with a second", "not_a_host", w.event("ana", "history", w.history_body("ben", "ben", first)))
    told.yes("healed by one", *told.with_epoch("ben", w.event("ben", "heal", w.heal_body("ben", None, OTHER, 1))))
    told.yes("healed by both", *told.with_epoch("ben", w.event("ben", "heal", w.heal_body("ben", "ana", OTHER, 1))))
    gone = w.heal_body("ben", None, OTHER, 1, [w.id("ana")])
    told.no("healed, and the other out", "not_canonical", w.event("ben", "heal", gone))
    told.no("a third, by themselves", "not_a_member", w.epoch("cleo").wire)
    _no_third(told, shared)


def _no_third(told: Log, shared: World) -> None:
    """Nothing that belongs to groups or own circles alone."""
    w = told.world
    link, ana = w.link(), w.id("ana")
    invite = [link.link_pk, link.lookup, w.now + DAY, bytes(32), bytes(32), bytes(32), True]
    request = shared.request("eve", link, bytes(32))
    told.no("an invitation", "wrong_kind", w.event("ana", "invite", invite))
    told.no("a third let in", "wrong_kind", w.event("ana", "admit", [*request, bytes(32), None]))
    removed = [w.id("ben"), [ana, w.state.head, w.now, bytes(64)]]
    told.no("one removed", "wrong_kind", w.event("ana", "remove", removed))
    told.no("one leaves", "wrong_kind", w.event("ana", "leave", [None]))
    told.no("a name", "wrong_kind", w.event("ana", "name", [bytes(32)]))
    told.no("new keys", "wrong_kind", w.event("ana", "rekey", rekey_body(w, "ana")))
    told.no("a host", "wrong_kind", w.event("ana", "role", [ana, w.now + DAY, None]))
    told.no("words", "wrong_kind", w.event("ana", "policy", [shared.words, shared.state.policy, None]))
    told.no("a way in", "wrong_kind", w.event("ana", "unlock", [1, 1, bytes(16), bytes(32), bytes(32)]))


def _held(cases: Cases, shared: World) -> None:
    told = Log(cases, shared, "talk group")
    good = between(shared, "ana", "ben", "held")
    told.ask("both are members", "talk", talk=good.wires)
    elsewhere = four("talk elsewhere")
    told.ask("in another group", "talk", "wrong_circle", talk=between(elsewhere, "ana", "ben", "elsewhere").wires)
    told.ask("a group is no talk", "talk", "wrong_kind", talk=elsewhere.wires)
    Log(cases, good, "talk in a talk").ask("a talk is no group", "talk", "wrong_kind", talk=good.wires)
    cases.add(
        "a head this device has not", "talk", "unknown_head",
        log="talk group", take=len(shared.wires) - 2, then=[], talk=good.wires,
    )  # fmt: skip
    swapped = four("talk")
    keys = new_member(shared.chance)
    swapped.people["ben"] = type(keys)(shared.id("ben"), keys.sign, keys.box)
    forged = World("talk forged")
    forged.people, forged.names, forged.now = dict(swapped.people), shared.names, shared.now
    pair = [shared.state.circle, shared.state.head, shared.id("ben"), keys.sign_pk, keys.box_pk, 90, None]
    forged.take_with_epoch("ana", create_in(forged, "ana", pair))
    told.ask("with other keys", "talk", "key_swapped", talk=forged.wires)
    eve = World("talk eve")
    eve.people, eve.names, eve.now = dict(shared.people), shared.names, shared.now
    other = eve.person("fay")
    pair = [shared.state.circle, shared.state.head, other.member, other.sign_pk, other.box_pk, 90, None]
    eve.take_with_epoch("ana", create_in(eve, "ana", pair))
    told.ask("with a stranger", "talk", "not_a_member", talk=eve.wires)


def create_in(w: World, by: str, pair: list[Any]) -> bytes:
    keys = w.person(by)
    body = [w.chance.take(32), 1, keys.member, keys.sign_pk, keys.box_pk, None, None, None, pair]
    return making.make_event(keys, w.state, w.now, "create", body)


def _ended(cases: Cases, shared: World) -> None:
    told = Log(cases, shared, "talk ends")
    one, two = between(shared, "ana", "ben", "one"), between(shared, "ben", "ana", "two")
    told.ask("opened twice: the lower id goes on", "talk-goes-on", talks=[one.wires, two.wires])
    told.ask("in either order", "talk-goes-on", talks=[two.wires, one.wires])
    rekeyed = told.with_epoch("ben", shared.event("ben", "rekey", rekey_body(shared, "ben")), new_keys(shared, "ben"))
    told.ask("new keys end it", "talk", then=rekeyed, talk=one.wires)
    told.ask("and neither goes on", "talk-goes-on", then=rekeyed, talks=[one.wires, two.wires])
    left = (shared.event("ben", "leave", [None]),)
    told.ask("so does leaving the group", "talk", then=left, talk=one.wires)
    told.ask("another's leaving does not", "talk", then=(shared.event("dee", "leave", [None]),), talk=one.wires)
