"""Vectors of joining and of asides."""

from dataclasses import replace
from typing import Any

from sameboat.protocol import asides, doorway, making
from sameboat.protocol.encoding import b64u, enc
from sameboat.protocol.keys import member_keys, pkcs8
from sameboat.protocol.locks import box, lock
from sameboat.protocol.log import extend
from sameboat.protocol.primitives import h, pad, sign
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_epoch import raw_keys
from sameboat.protocol.tests.cases_log import Log
from sameboat.protocol.tests.playing import Fixed
from sameboat.protocol.tests.world import four

ACCOUNT = bytes_of("account", 16)


class Door:
    """An invitation with everything that belongs to it."""

    def __init__(self, seed: str, **changed: Any) -> None:
        self.world = w = four(seed)
        self.secret = w.chance.take(16)
        self.link = doorway.link_from(self.secret)
        reception = member_keys(bytes(16), bytes(32), w.chance.take(32))
        self.reception, self.reception_seed = reception.box, pkcs8(reception.box)[-32:]
        expires = w.now + 30 * DAY
        self.preview_body = [
            w.state.circle, w.state.head, w.group, w.agreement, w.safeguarding, "Ana", "for Eli", "Ana and Ben",
            reception.box_pk, expires,
        ]  # fmt: skip
        for at, value in changed.pop("preview", {}).items():
            self.preview_body[at] = value
        self.preview = doorway.seal_preview(self.link, self.preview_body, w.chance)
        assert w.state.epoch
        self.key, self.prev = w.keys[w.state.epoch.id], w.state.head
        self.card_body = [self.reception_seed, "for Eli", w.id("ana")]
        card = doorway.seal_invite_card(self.key, w.state.circle, self.prev, self.card_body, w.chance)
        body = [
            self.link.link_pk,
            self.link.lookup,
            expires,
            w.words[1],
            h("attachment", self.preview),
            h("attachment", card),
            False,
        ]
        for at, value in changed.pop("invite", {}).items():
            body[at] = value
        self.card = card
        self.invite = w.do("ana", "invite", body)

    def knock(self, request: list[bytes] | None = None, name: Any = None, hello: str = "Hello, it is me.") -> bytes:
        """Eli's knock."""
        w = self.world
        request = request or w.request("eli", self.link, self.invite)
        return doorway.seal_knock(
            self.preview_body[8], w.state.circle, self.invite, request, name or w.names["eli"], hello, w.chance
        )  # fmt: skip


def join() -> Cases:
    """SPEC.md section 7."""
    cases = Cases("Joining: link, preview, invite card, request, knock, and the joiner's own look. SPEC.md section 7.")
    _links(cases)
    door = Door("door")
    told = Log(cases, door.world, "door")
    _previews(cases, door)
    _knocks(told, door)
    _by_link(cases, door)
    _admission(cases)
    return cases


def _links(cases: Cases) -> None:
    for n in range(3):
        fragment = cases.add(f"link {n}", "link-from", secret=bytes_of(f"link {n}", 16))["fragment"]
        cases.add(f"read link {n}", "read-link", fragment=fragment)
    bad = {
        "a slip": fragment[:5] + ("A" if fragment[5] != "A" else "B") + fragment[6:],
        "one short": fragment[:-1],
        "nothing": "",
        "padding": fragment[:-2] + "==",
        "another check": fragment[:-1] + ("A" if fragment[-1] != "A" else "B"),
        "too long": fragment + "AAAA",
        "other letters": "!" * 24,
        "wrong check": b64u(bytes(18)),
    }
    for name, text in bad.items():
        cases.add(f"link, {name}", "read-link", "bad_link", fragment=text)


def _previews(cases: Cases, door: Door) -> None:
    what = {"secret": door.secret, "body": door.preview_body, "random": bytes_of("preview", 16)}
    cases.add("seal a preview", "seal-preview", **what)
    cases.add("open a preview", "open-preview", secret=door.secret, sealed=door.preview)
    cases.add("preview with another link", "open-preview", "cannot_open", secret=flip(door.secret), sealed=door.preview)
    cases.add("changed preview", "open-preview", "cannot_open", secret=door.secret, sealed=flip(door.preview))
    other = lock(door.link.preview_key, pad(b"\x80", 65536), "preview", door.link.lookup, chance=Fixed("odd"))
    cases.add("preview of another form", "open-preview", "not_canonical", secret=door.secret, sealed=other)
    place = {"key": door.key, "circle": door.world.state.circle, "prev": door.prev}
    cases.add("seal an invite card", "seal-invite-card", body=door.card_body, random=bytes_of("card", 16), **place)
    cases.add("open an invite card", "open-invite-card", sealed=door.card, **place)
    elsewhere = {**place, "prev": bytes(32)}
    cases.add("invite card of another place", "open-invite-card", "cannot_open", sealed=door.card, **elsewhere)


def _knocks(told: Log, door: Door) -> None:
    w = door.world
    eli = w.person("eli")
    request = w.request("eli", door.link, door.invite)
    told.cases.add(
        "request",
        "make-request",
        keys=raw_keys(w, "eli"),
        secret=door.secret,
        circle=w.state.circle,
        invite=door.invite,
        name=making.commit("name", w.names["eli"]),
        agreement=w.words[1],
    )

    def ask(name: str, expect: str, knock: bytes, invite: bytes = door.invite) -> None:
        told.ask(name, "open-knock", expect, reception=door.reception_seed, invite=invite, knock=knock)

    ask("knock", "success", door.knock())
    ask("changed knock", "cannot_open", flip(door.knock()))
    ask("knock at another door", "cannot_open", door.knock(), w.state.ids[0])
    ask("knock with another's request", "bad_link_signature", door.knock([request[0], flip(request[1]), request[2]]))
    ask("knock without possession", "bad_joiner_signature", door.knock([*request[:2], flip(request[2])]))
    ask("knock under another name", "bad_commitment", door.knock(name=[bytes(32), "Ana"]))
    ask("request for another invite", "unknown_invite", door.knock(w.request("eli", door.link, bytes(32))))
    fields = [bytes(32), door.invite, eli.member, eli.sign_pk, eli.box_pk, bytes(32), w.words[1]]
    raw = enc(fields)
    ask(
        "request for another circle",
        "wrong_circle",
        door.knock([raw, sign(door.link.key, "join/link", raw), request[2]]),
    )
    sealed = box(door.preview_body[8], pad(b"\x80", 2048), "knock", w.state.circle, door.invite, chance=Fixed("odd"))
    ask("knock of another form", "not_canonical", sealed)


def _by_link(cases: Cases, door: Door) -> None:
    member, knock = door.world.id("eli"), door.knock()
    made = cases.add(
        "signed by link", "sign-by-link", secret=door.secret, account_id=ACCOUNT, member=member, knock=knock
    )
    what: dict[str, Any] = {"link_pk": door.link.link_pk, "lookup": door.link.lookup, "account_id": ACCOUNT}
    cases.add("account by link", "check-account-by-link", signature=made["account"], **what)
    no = "bad_link_signature"
    cases.add(
        "another account by link",
        "check-account-by-link",
        no,
        signature=made["account"],
        **{**what, "account_id": bytes(16)},
    )
    cases.add("account by knock's signature", "check-account-by-link", no, signature=made["knock"], **what)
    knocked = {**what, "member": member, "knock": knock}
    cases.add("knock by link", "check-knock-by-link", signature=made["knock"], **knocked)
    cases.add(
        "another knock by link", "check-knock-by-link", no, signature=made["knock"], **{**knocked, "knock": flip(knock)}
    )
    cases.add(
        "another member by link", "check-knock-by-link", no, signature=made["knock"], **{**knocked, "member": bytes(16)}
    )
    odd = doorway.sign_knock_by_link(door.link, ACCOUNT, member, bytes(300))
    cases.add(
        "a knock of no bucket's size",
        "check-knock-by-link",
        "bad_padding",
        signature=odd,
        **{**knocked, "knock": bytes(300)},
    )


def _check(cases: Cases, name: str, expect: str, door: Door, **changed: Any) -> None:
    w = door.world
    body = w.admit_body(changed.get("admitted", "eli"), door.link, door.invite)
    wire = w.event("ana", "admit", body)
    state, _ = extend(w.state, [wire])
    assert state.circle
    pair = (wire, w.epoch("ana", wire).wire)
    told = Log(cases, w, name)
    what = {
        "secret": door.secret,
        "keys": raw_keys(w, "eli"),
        "preview": door.preview,
        "invite": door.invite,
        "admit": wire,
        **changed.get("what", {}),
    }
    told.ask(name, "check-admission", expect, then=pair, **what)


def _admission(cases: Cases) -> None:
    _check(cases, "all as it was shown", "success", Door("all"))
    _check(cases, "other keys were let in", "key_swapped", Door("swap"), admitted="mallory")
    old = four("stale")
    _check(cases, "preview of an older head", "preview_head", Door("stale", preview={1: old.state.ids[-3]}))
    _check(cases, "preview of another circle", "wrong_circle", Door("circle", preview={0: bytes(32)}))
    _check(cases, "another preview than invited", "preview_swapped", Door("hash", invite={4: bytes(32)}))
    _check(cases, "another lookup", "preview_swapped", Door("lookup", invite={1: bytes(16)}))
    agreement = [bytes_of("r", 32), "An older agreement."]
    _check(cases, "an older agreement shown", "preview_swapped", Door("older", preview={3: agreement}))
    _check(
        cases, "another group's name shown", "preview_swapped", Door("name", preview={2: [bytes(32), "The Harbour"]})
    )
    safeguarding = [bytes(32), "Look away."]
    _check(cases, "another safeguarding page shown", "preview_swapped", Door("safe", preview={4: safeguarding}))
    door = Door("unknown")
    _check(cases, "an invite that is not there", "unknown_invite", door, what={"invite": bytes(32)})
    _check(cases, "no admit", "key_swapped", Door("no admit"), what={"admit": four("no admit").wires[0]})


def room_aside() -> Cases:
    """SPEC.md section 9."""
    cases = Cases("Asides: a note from one member to one other. SPEC.md section 9.")
    w = four("asides")
    _, head, expiry, signature = making.second_remove(w.person("ben"), w.state, w.id("dee"), w.id("cleo"), w.now + DAY)
    contents = {
        "second-remove": [
            w.id("dee"),
            w.state.members[w.id("dee")].admitted,
            w.id("cleo"),
            head,
            expiry,
            signature,
            "Please talk to me.",
        ],
        "may-know": [w.state.ids[3], "I think we have met."],
        "ask-replaces": [w.state.ids[3], w.id("dee"), b"a knock", "She rang me."],
        "second-replaces": [w.state.ids[3], w.id("dee"), h("request", b"as it was signed"), head, expiry, signature],
    }
    ben, cleo, circle = w.person("ben"), w.person("cleo"), w.state.circle
    what = {"keys": raw_keys(w, "cleo"), "circle": circle, "author": ben.member, "author_pk": ben.sign_pk}
    for type_, rest in contents.items():
        sealed = asides.seal_aside(ben, circle, cleo.member, cleo.box_pk, [w.now, type_, *rest], w.chance)
        cases.add(type_, "open-aside", sealed=sealed, **what)
    cases.add("changed", "open-aside", "cannot_open", sealed=flip(sealed), **what)
    cases.add("as if by another", "open-aside", "cannot_open", sealed=sealed, **{**what, "author": w.id("ana")})
    cases.add("in another circle", "open-aside", "cannot_open", sealed=sealed, **{**what, "circle": bytes(32)})
    cases.add("to another", "open-aside", "cannot_open", sealed=sealed, **{**what, "keys": raw_keys(w, "dee")})
    cases.add(
        "another's key", "open-aside", "bad_signature", sealed=sealed, **{**what, "author_pk": w.person("ana").sign_pk}
    )
    later = asides.seal_aside(ben, circle, cleo.member, cleo.box_pk, [w.now, "later", 1], w.chance)
    cases.add("a later type", "open-aside", "unknown_type", sealed=later, **what)
    for name, content in [("too little", [w.now, "may-know"]), ("no time", ["may-know"])]:
        odd = asides.seal_aside(ben, circle, cleo.member, cleo.box_pk, content, w.chance)
        cases.add(name, "open-aside", "not_canonical", sealed=odd, **what)
    forged = asides.seal_aside(
        replace(ben, sign=w.person("ana").sign),
        circle,
        cleo.member,
        cleo.box_pk,
        [w.now, "may-know", *contents["may-know"]],
        w.chance,
    )
    cases.add("signed by another", "open-aside", "bad_signature", sealed=forged, **what)
    padded = box(cleo.box_pk, b"\1" * 256, "aside", circle, ben.member, cleo.member, chance=w.chance)
    cases.add("bad padding", "open-aside", "bad_padding", sealed=padded, **what)
    return cases
