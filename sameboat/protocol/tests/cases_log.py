"""Vectors of the log: every type of event, and every way one is refused."""

from typing import Any

from sameboat.protocol import making
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.keys import MemberKeys, member_keys
from sameboat.protocol.log import extend
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY, State
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.world import POLICY, START, World, four

ONE = (1).to_bytes(32, "little")


class Log:
    """A world and its cases: `no` adds a refused continuation, `yes` one that is taken."""

    def __init__(self, cases: Cases, world: World, label: str) -> None:
        self.cases, self.world, self.label = cases, world, label
        cases.logs[label] = list(world.wires)

    def _add(self, name: str, expect: str, wires: tuple[bytes, ...], op: str = "replay", **more: Any) -> None:
        log = {"log": self.label, "take": len(self.world.wires), "then": list(wires)}
        self.cases.logs[self.label] = list(self.world.wires)
        self.cases.add(name, op, expect, **log, **more)

    def yes(self, name: str, *wires: bytes) -> None:
        """These follow."""
        self._add(name, "success", wires)

    def no(self, name: str, expect: str, *wires: bytes) -> None:
        """These do not."""
        self._add(name, expect, wires)

    def ask(self, name: str, op: str, expect: str = "success", then: tuple[bytes, ...] = (), **more: Any) -> None:
        """Another operation on this log."""
        self._add(name, expect, then, op, **more)

    def with_epoch(self, by: str, wire: bytes, new: MemberKeys | None = None) -> tuple[bytes, bytes]:
        """An event and the epoch it needs; after a rekey the new keys sign."""
        old = self.world.person(by)
        self.world.people[by] = new or old
        made = self.world.epoch(by, wire).wire
        self.world.people[by] = old
        return wire, made


def log() -> Cases:
    """SPEC.md section 4."""
    cases = Cases("Logs: `wires` is the first `take` of the named log, followed by `then`. SPEC.md section 4.")
    world = four()
    told = Log(cases, world, "four")
    told.yes("a group of four")
    _forms(told)
    _starts(cases)
    _invites(told)
    _admits(told)
    _removals(told)
    _persons(told)
    return cases


def _forms(told: Log) -> None:
    w = told.world
    name = [bytes_of("name", 32)]
    good = w.event("ben", "name", name)
    raw, signature = decode(good, ["b", "b64"], 65536)
    told.yes("name", good)
    told.no("left-over byte", "not_canonical", good + b"\0")
    told.no("body is no array", "not_canonical", w.odd_event("ben", "name", None))
    told.no("body too long", "not_canonical", w.odd_event("ben", "name", [*name, 1]))
    told.no("author of 15 bytes", "not_canonical", w.odd_event("ben", "name", name, author=bytes(15)))
    told.no("over 65,536 bytes", "not_canonical", w.odd_event("ben", "name", [bytes(65536)]))
    told.no("version 2", "unknown_version", w.odd_event("ben", "name", name, v=2))
    told.no("suite 2", "unknown_suite", w.odd_event("ben", "name", name, suite=2))
    for later in ("later",):
        told.no(f"type {later}", "unknown_type", w.odd_event("ben", later, [1, [2]]))
    told.no("later type, body is no array", "not_canonical", w.odd_event("ben", "later", None))
    told.no("other circle", "wrong_circle", w.odd_event("ben", "name", name, circle=bytes_of("other", 32)))
    told.no("no circle", "wrong_circle", w.odd_event("ben", "name", name, circle=None))
    told.no("seq too high", "wrong_seq", w.odd_event("ben", "name", name, seq=len(w.wires) + 1))
    told.no("seq again", "wrong_seq", w.odd_event("ben", "name", name, seq=len(w.wires) - 1))
    told.no("prev of another", "broken_chain", w.odd_event("ben", "name", name, prev=w.state.ids[-2]))
    told.no("prev null", "broken_chain", w.odd_event("ben", "name", name, prev=None))
    told.no("time before the last", "time_backwards", w.odd_event("ben", "name", name, time=w.state.time - 1))
    told.yes("time of the last", w.odd_event("ben", "name", name, time=w.state.time))
    create = [bytes(32), 2, w.id("ben"), bytes(32), bytes(32), None, None, None]
    told.no("create in the middle", "wrong_seq", w.odd_event("ben", "create", create))
    told.no("unlock in a group", "wrong_kind", w.odd_event("ben", "unlock", [1, 1, bytes(16), bytes(32), bytes(32)]))
    told.no("a stranger", "not_a_member", w.event("eve", "name", name))
    told.no("another's signature", "bad_signature", w.odd_event("ben", "name", name, signer=w.person("cleo")))
    told.no("changed signature", "bad_signature", enc([raw, flip(signature)]))
    told.no("R of small order", "bad_key", enc([raw, ONE + signature[32:]]))
    told.no("an event left out", "wrong_seq", w.event("ben", "name", name, ahead(w, good)))
    told.no("cut after a change", "epoch_required", w.event("ben", "rekey", rekey_body(w, "ben")))


def ahead(w: World, *wires: bytes) -> State:
    """The state after events not taken in."""
    return extend(w.state, wires)[0]


def new_keys(w: World, name: str) -> MemberKeys:
    """Other keys for someone, always the same."""
    return member_keys(w.id(name), bytes_of(name + " sign", 32), bytes_of(name + " box", 32))


def rekey_body(w: World, name: str) -> list[bytes]:
    """The body of a rekey to `new_keys`."""
    return making.rekey_body(w.person(name), new_keys(w, name), w.state)


def _starts(cases: Cases) -> None:
    w = World("starts")
    told = Log(cases, w, "starts")
    ana = w.person("ana")
    rest = [bytes_of("name", 32), [*w.words[:2], None], POLICY]
    ids = [bytes_of("random", 32), 2, ana.member, ana.sign_pk, ana.box_pk]

    def create(*body: Any, **changes: Any) -> bytes:
        return w.odd_event("ana", "create", list(body), circle=changes.pop("circle", None), **changes)

    good = create(*ids, *rest)
    told.yes("create", *told.with_epoch("ana", good))
    told.no("create alone", "epoch_required", good)
    told.no("first is not create", "wrong_seq", w.odd_event("ana", "name", [bytes(32)], circle=None))
    told.no("first at seq 1", "wrong_seq", create(*ids, *rest, seq=1))
    told.no("first with prev", "broken_chain", create(*ids, *rest, prev=bytes(32)))
    told.no("first with circle", "wrong_circle", create(*ids, *rest, circle=bytes(32)))
    told.no("kind 1", "not_canonical", create(ids[0], 1, *ids[2:], *rest))
    told.no("kind 3", "unknown_type", create(ids[0], 3, *ids[2:], *rest))
    told.no("author is another", "wrong_author", create(*ids, *rest, author=bytes(16)))
    told.no("group without words", "not_canonical", create(*ids, rest[0], None, rest[2]))
    told.no("group with safeguarding", "not_canonical", create(*ids, rest[0], w.words, rest[2]))
    told.no("own with a name", "not_canonical", create(ids[0], 0, *ids[2:], *rest))
    told.no("signing key of small order", "bad_key", create(*ids[:3], ONE, ids[4], *rest))
    told.no("box key of small order", "bad_key", create(*ids[:4], bytes(32), *rest))
    seeds = (bytes_of(f"low {n}", 32) for n in range(64))
    low = next(keys for keys in (member_keys(ana.member, seed, seed) for seed in seeds) if keys.sign_pk[31] < 128)
    told.no("one key for both", "key_reused", create(*ids[:3], low.sign_pk, low.sign_pk, *rest, signer=low))
    policies = {
        "window 31": [31, 8, 0, [], None], "size 1": [90, 1, 0, [], None], "size 101": [90, 101, 0, [], None],
        "visibility 2": [90, 8, 2, [], None], "a stranger decides": [90, 8, 0, [bytes(16)], None],
        "one decides twice": [90, 8, 0, [ana.member] * 2, None],
    }  # fmt: skip
    for name, policy in policies.items():
        told.no(name, "bad_policy", create(*ids, *rest[:2], policy))
    told.no("three decide", "not_canonical", create(*ids, *rest[:2], [90, 8, 0, [bytes(16)] * 3, None]))


def _invites(told: Log) -> None:
    w = told.world
    body = w.invite_body(w.link())
    told.yes("invite", w.event("ana", "invite", body))
    told.no("invite by another", "not_a_host", w.event("ben", "invite", body))
    told.no("invite that has expired", "bad_expiry", w.event("ana", "invite", [*body[:2], w.now, *body[3:]]))
    late = w.now + 60 * DAY + 1
    told.no("invite for 61 days", "bad_expiry", w.event("ana", "invite", [*body[:2], late, *body[3:]]))
    stale = [*body[:3], bytes_of("agreement", 32), *body[4:]]
    told.no("invite to another agreement", "stale_agreement", w.event("ana", "invite", stale))
    told.no("link key is a member's", "key_reused", w.event("ana", "invite", [w.person("ben").sign_pk, *body[1:]]))
    told.no("link key of small order", "bad_key", w.event("ana", "invite", [ONE, *body[1:]]))
    fresh = World("fresh")
    fresh.begin("ana")
    before = Log(told.cases, fresh, "fresh")
    before.no(
        "invite before safeguarding", "no_safeguarding", fresh.event("ana", "invite", fresh.invite_body(fresh.link()))
    )
    late_host = four("late host")
    late_host.now = START + 91 * DAY
    over = Log(told.cases, late_host, "late host")
    wire = late_host.event("ana", "invite", late_host.invite_body(late_host.link()))
    over.no("invite after the term", "not_a_host", wire)


def _admits(told: Log) -> None:
    w = four("admits")
    link, open_link = w.link(), w.link()
    invite = w.do("ana", "invite", w.invite_body(link))
    wide = w.do("ana", "invite", w.invite_body(open_link, any_member=True))
    told = Log(told.cases, w, "admits")
    body = w.admit_body("eli", link, invite)

    def by(name: str, changed: list[Any], state: Any = None) -> bytes:
        return w.event(name, "admit", changed, state)

    told.yes("admit", *told.with_epoch("ana", by("ana", body)))
    told.yes("any member admits", *told.with_epoch("ben", by("ben", w.admit_body("eli", open_link, wide))))
    told.no("admit by no host", "not_a_host", by("ben", body))
    told.no("unknown invite", "unknown_invite", by("ana", w.admit_body("eli", link, bytes_of("invite", 32))))
    told.no("an event that is no invite", "unknown_invite", by("ana", w.admit_body("eli", link, w.state.ids[1])))
    pair = told.with_epoch("ana", by("ana", body))
    again = by("ana", w.admit_body("fay", link, invite), ahead(w, *pair))
    told.no("one link, two people", "invite_used", *pair, again)
    w.now += 31 * DAY
    told.no("admit too late", "invite_expired", by("ana", body))
    w.now -= 31 * DAY
    _requests(told, link, invite)
    _void(told)
    _full(told.cases)
    _replacing(told.cases)


def _signed(w: World, link: Any, fields: list[Any], joiner: Any = None) -> list[Any]:
    raw = enc(fields)
    signer = joiner or w.person("eli")
    return [raw, sign(link.key, "join/link", raw), sign(signer.sign, "join/key", raw), bytes(32), None]


def _requests(told: Log, link: Any, invite: bytes) -> None:
    w = told.world
    eli = w.person("eli")
    fields = [w.state.circle, invite, eli.member, eli.sign_pk, eli.box_pk, bytes_of("name", 32), w.words[1]]

    def admit(at: int | None = None, value: Any = None) -> bytes:
        changed = [value if i == at else field for i, field in enumerate(fields)]
        return w.event("ana", "admit", _signed(w, link, changed))

    told.no("request for another circle", "wrong_circle", admit(0, bytes_of("other", 32)))
    told.no("request to another agreement", "stale_agreement", admit(6, bytes_of("other", 32)))
    told.no("id of a member", "id_taken", admit(2, w.id("ben")))
    told.no("keys of a member", "key_reused", admit(3, w.person("ben").sign_pk))
    told.no("box key of a member", "key_reused", admit(4, w.person("ben").box_pk))
    told.no("one key for both, at the door", "key_reused", admit(3, eli.box_pk))
    told.no("keys of small order, at the door", "bad_key", admit(3, ONE))
    told.no("box key of small order, at the door", "bad_key", admit(4, bytes(32)))
    told.no("request of another form", "not_canonical", w.event("ana", "admit", _signed(w, link, fields[:6])))
    good = _signed(w, link, fields)
    told.no("another link's signature", "bad_link_signature", w.event("ana", "admit", _signed(w, w.link(), fields)))
    told.no("no possession", "bad_joiner_signature", w.event("ana", "admit", _signed(w, link, fields, w.person("fay"))))
    told.no(
        "R of small order at the door",
        "bad_link_signature",
        w.event("ana", "admit", [good[0], ONE + good[1][32:], *good[2:]]),
    )
    swapped = [good[0], good[2], good[1], *good[3:]]
    told.no("signatures swapped", "bad_link_signature", w.event("ana", "admit", swapped))
    told.no(
        "request changed later",
        "bad_link_signature",
        w.event("ana", "admit", [enc([*fields[:5], bytes(32), fields[6]]), *good[1:]]),
    )


def _void(told: Log) -> None:
    w = four("void")
    link = w.link()
    invite = w.do("ana", "invite", w.invite_body(link, any_member=True))
    w.do("ana", "leave", [None])
    told = Log(told.cases, w, "void")
    told.no("inviter has left", "invite_void", w.event("ben", "admit", w.admit_body("eli", link, invite)))


def _full(cases: Cases) -> None:
    w = World("full")
    w.begin("ana", policy=[90, 2, 0, [], None])
    w.set_safeguarding("ana")
    w.bring_in("ana", "ben")
    link = w.link()
    invite = w.do("ana", "invite", w.invite_body(link))
    told = Log(cases, w, "full")
    told.no("no room", "circle_full", w.event("ana", "admit", w.admit_body("cleo", link, invite)))
    body = w.admit_body("ben again", link, invite, [w.id("ben"), None])
    told.yes("back in, in a group of two", *told.with_epoch("ana", w.event("ana", "admit", body)))


def _replacing(cases: Cases) -> None:
    w = four("replacing")
    link = w.link()
    invite = w.do("ana", "invite", w.invite_body(link))
    told = Log(cases, w, "replacing")
    old = w.id("ben")
    request = w.request("ben again", link, invite)

    def admit(who: bytes, second: Any) -> bytes:
        return w.event("ana", "admit", [*request, bytes(32), [who, second]])

    def seen(name: str, who: bytes = old, raw: bytes = request[0], by: str = "ana", until: int = DAY) -> Any:
        return making.second_replaces(w.person(name), w.state, who, raw, w.id(by), w.now + until)

    told.yes("a new phone", *told.with_epoch("ana", admit(old, seen("cleo"))))
    told.no("replaced by oneself", "not_distinct", admit(w.id("ana"), seen("cleo", w.id("ana"))))
    told.no("replacing a stranger", "not_a_member", admit(bytes(16), seen("cleo", bytes(16))))
    told.no("a new phone, nobody checked", "second_required", admit(old, None))
    told.no("the old phone seconds", "not_distinct", admit(old, seen("ben")))
    told.no("author seconds", "not_distinct", admit(old, seen("ana")))
    told.no("second for another request", "bad_second", admit(old, seen("cleo", raw=request[0] + b"\0")))
    told.no("second for another person", "bad_second", admit(old, seen("cleo", w.id("dee"))))
    told.no("second under another author", "bad_second", admit(old, seen("cleo", by="dee")))


def _removals(told: Log) -> None:
    w = told.world
    body = w.remove_body("ben", "cleo", "dee")
    told.yes("remove", *told.with_epoch("ben", w.event("ben", "remove", body)))
    told.no("remove without epoch", "epoch_required", w.event("ben", "remove", body))
    told.no("epoch by another", "epoch_required", w.event("ben", "remove", body), _epoch_by_other(w, body))
    told.no("removing oneself", "not_distinct", w.event("dee", "remove", body))
    told.no("removing a stranger", "not_a_member", w.event("ben", "remove", [bytes(16), body[1]]))
    told.no("proposer is second", "not_distinct", w.event("cleo", "remove", body))
    told.no("target is second", "not_distinct", w.event("ben", "remove", [w.id("cleo"), body[1]]))
    who, head, expiry, sig = body[1]

    def second(*changed: Any) -> bytes:
        return w.event("ben", "remove", [body[0], list(changed)])

    told.no("second is a stranger", "not_a_member", second(bytes(16), head, expiry, sig))
    told.no("second's head unknown", "unknown_head", second(who, bytes(32), expiry, sig))
    told.no("second too old", "second_expired", second(who, head, w.now - 1, sig))
    told.no("second for 15 days", "bad_expiry", second(who, head, w.now + 14 * DAY + 1, sig))
    told.no("second's expiry changed", "bad_second", second(who, head, expiry + 1, sig))
    told.no("second's head changed", "bad_second", second(who, w.state.ids[3], expiry, sig))
    told.no("second by another key", "bad_second", second(w.id("ana"), head, expiry, sig))
    told.no("second's R of small order", "bad_second", second(who, head, expiry, ONE + sig[32:]))
    told.no("second for another proposer", "bad_second", w.event("ana", "remove", body))
    for_role = making.second_role(w.person("cleo"), w.state, w.id("dee"), 0, w.now + DAY)
    told.no("second of another kind", "bad_second", w.event("ben", "remove", [body[0], for_role]))
    _puppets(told.cases)


def _epoch_by_other(w: World, body: list[Any]) -> bytes:
    return w.epoch("cleo", w.event("ben", "remove", body)).wire


def _puppets(cases: Cases) -> None:
    w = four("puppets")
    w.bring_in("ana", "eli")
    w.now += 13 * DAY
    told = Log(cases, w, "puppets")
    told.no("second here for 13 days", "second_too_new", w.event("ana", "remove", w.remove_body("ana", "eli", "ben")))
    w.now += DAY
    told.yes(
        "second here for 14 days", *told.with_epoch("ana", w.event("ana", "remove", w.remove_body("ana", "eli", "ben")))
    )
    again = four("again")
    old = again.remove_body("ana", "ben", "cleo", again.now + 10 * DAY)
    link = again.link()
    invite = again.do("ana", "invite", again.invite_body(link))
    second = making.second_replaces(
        again.person("dee"), again.state, again.id("cleo"), again.request("cleo again", link, invite)[0],
        again.id("ana"), again.now + DAY,
    )  # fmt: skip
    again.take_with_epoch(
        "ana", again.event("ana", "admit", again.admit_body("cleo again", link, invite, [again.id("cleo"), second]))
    )
    told = Log(cases, again, "again")
    replayed = [again.id("cleo again"), old[1]]
    told.no("second replayed after re-admission", "bad_second", again.event("ana", "remove", replayed))
    young = World("young")
    young.begin("ana")
    young.set_safeguarding("ana")
    for name in ("ben", "cleo"):
        young.bring_in("ana", name)
    young.now += DAY
    told = Log(cases, young, "young")
    wire = young.event("ana", "remove", young.remove_body("ana", "ben", "cleo"))
    told.yes("a young circle", *told.with_epoch("ana", wire))


def _persons(told: Log) -> None:
    w = told.world
    body = rekey_body(w, "ben")
    told.yes("rekey", *told.with_epoch("ben", w.event("ben", "rekey", body), new_keys(w, "ben")))
    told.no("rekey with another's key", "key_reused", w.event("ben", "rekey", [w.person("cleo").sign_pk, *body[1:]]))
    told.no("rekey to one's own key", "key_reused", w.event("ben", "rekey", [body[0], w.person("ben").box_pk, body[2]]))
    told.no("rekey, one key for both", "key_reused", w.event("ben", "rekey", [body[1], body[1], body[2]]))
    told.no("rekey of small order", "bad_key", w.event("ben", "rekey", [ONE, *body[1:]]))
    told.no("rekey not signed by the new key", "bad_new_signature", w.event("ben", "rekey", [*body[:2], flip(body[2])]))
    told.no("rekey of another", "bad_new_signature", w.event("cleo", "rekey", body))
    w2 = four("after rekey")
    after = Log(told.cases, w2, "after rekey")
    w2.take(*after.with_epoch("ben", w2.event("ben", "rekey", rekey_body(w2, "ben")), new_keys(w2, "ben")))
    after.no("old key after rekey", "bad_signature", w2.event("ben", "name", [bytes(32)]))
