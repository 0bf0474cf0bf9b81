"""The account under a server that looks, swaps, weakens and puts back; and a thief who only has a session."""

import dataclasses
import os

import pytest

from sameboat.client import Member, Refused, Wire, unlockers
from sameboat.client.http import b64, unb64
from sameboat.client.joining import found_group
from sameboat.protocol.account import code_unlocker, passphrase_unlocker, seal_record
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import pkcs8, seal_entry
from sameboat.protocol.locks import unlock
from sameboat.protocol.seal import make_event, member_keys, unlock_body
from tests import cast
from tests.hostile.people import AGREEMENT, POLICY
from tests.hostile.searching import found_in

SESSIONS = "POST /api/sessions"


@pytest.fixture(scope="module")
def sam(site):
    """Somebody with an account, a group, a passphrase and a recovery code."""
    account = site.account("Sam")
    me = Member(account.wire, account)
    circle, ring = found_group(account, "Alone", AGREEMENT, "Sam", POLICY, None)
    me._opened(circle, ring)
    me.code = me.add_code()
    me.by = passphrase_unlocker(account.home, cast.SAM.sign_in, cast.SAM.passphrase)
    return me


def come_in(site, **more):
    return Member.come_in(site.origin, cast.SAM.sign_in, cast.SAM.passphrase, **more)


def secrets_of(member, *texts):
    """Everything that must never leave this client, by name."""
    found = {f"text {n}": text.encode() for n, text in enumerate(texts)}
    found["account key"] = member.account.ak
    for entry in member.account.entries:
        for key in (entry.keys.sign, entry.keys.box):
            found[f"key {len(found)}"] = pkcs8(key)[-32:]
    for talk in member.talks.values():
        found |= {f"epoch {n}": key for n, key in enumerate(talk.circle.epoch_keys.values())}
    return found


def test_no_secret_is_in_any_request_p1(site):
    """Signing up, coming in, another passphrase, a recovery code, an invitation, a word in the room."""
    person = dataclasses.replace(cast.MO, sign_in="nobody-has-this-name")
    other = "another blanket comet turnip"
    said = "the kettle sings in B flat"
    with site.mallory.recording() as seen:
        mo = Member.start(
            site.origin, person.sign_in, person.passphrase,
            group="A group nobody knows", name="Mo of the boat", agreement=AGREEMENT, safeguarding="Ask in the hall",
        )  # fmt: skip
        code = mo.add_code()
        mo.say(said, note="About: a kettle")
        link = mo.invite("Somebody at the hall")
        old = passphrase_unlocker(mo.account.home, person.sign_in, person.passphrase)
        mo.change_passphrase(old, person.sign_in, other)
        again = Member.come_in(site.origin, person.sign_in, other)
        Member.come_in_with_code(site.origin, code).read()
    new = passphrase_unlocker(mo.account.home, person.sign_in, other)
    by_code = code_unlocker(mo.account.home, code)
    texts = ["A group nobody knows", "Mo of the boat", AGREEMENT, "Ask in the hall", "Somebody at the hall"]
    texts += [said, "About: a kettle", person.passphrase, other, code, code.replace("-", ""), link.split("#join.")[1]]
    secrets = secrets_of(mo, *texts) | secrets_of(again)
    secrets |= {"wrapping": old.wrapping, "wrapping 2": new.wrapping, "wrapping 3": by_code.wrapping}
    assert len(seen) > 20
    everything = b"\n".join(asked.everything() for asked in seen)
    # What goes over the wire on purpose is there, so the search finds what there is to find.
    assert found_in(everything, new.sign_in)
    for name, secret in secrets.items():
        assert not found_in(everything, secret), name


def test_what_the_server_gets_at_sign_in_unwraps_nothing_p2(site, sam):
    with site.mallory.recording() as seen:
        come_in(site)
    asked = next(one.json for one in seen if one.path == "/api/sessions")
    given = unb64(asked["sign_in_key"])
    assert given == sam.by.sign_in
    for stored in unlockers.stored(sam.account):
        for key in (given, sam.by.verifier, sam.by.lookup * 2):
            with pytest.raises(Failure):
                unlock(key, stored.wrap, "wrap", sam.account.id, stored.kind, stored.id)


def test_the_server_cannot_weaken_the_derivation_p3(site, sam):
    def weaker(asked, answer):
        kdf = {"kdf": {"name": "pbkdf2", "iterations": 1, "memory": 8, "t": 1}, "argon2": [1, 8, 1], "salt": "AA"}
        return answer.telling(answer.json | kdf)

    with site.mallory.tampering("GET /api/home", weaker), site.mallory.recording() as seen:
        come_in(site)
    asked = next(one.json for one in seen if one.path == "/api/sessions")
    assert unb64(asked["sign_in_key"]) == sam.by.sign_in


def test_known_and_unknown_names_are_answered_alike_p3(site, sam):
    wire = Wire(site.origin)
    key, answers = b64(os.urandom(32)), []
    for who in ({"name": cast.SAM.sign_in}, {"name": "nobody-here"}, {"lookup": b64(os.urandom(16))}):
        answer = wire.http.post("/sessions", json={**who, "sign_in_key": key, "device": "mine"})
        headers = {name for name, _ in answer.headers.items()}
        answers.append((answer.status_code, answer.content, frozenset(headers)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 403


def test_nothing_about_an_account_is_asked_before_sign_in_p3(site, sam):
    with site.mallory.recording() as seen:
        come_in(site)
    first = [asked.line for asked in seen][:2]
    assert first == ["GET /api/home", "POST /api/sessions"]
    assert cast.SAM.sign_in.encode() not in seen[0].everything()


SWAPS = {
    "the other unlocker's wrap": lambda told, other: {"wrap": b64(other.wrap)},
    "the other unlocker's id": lambda told, other: {"id": b64(other.id)},
    "the other unlocker whole": lambda told, other: {"wrap": b64(other.wrap), "id": b64(other.id), "kind": 2},
    "a wrap of the server's own": lambda told, other: {"wrap": b64(os.urandom(96))},
}


@pytest.mark.parametrize("swap", SWAPS)
def test_a_swapped_wrap_does_not_open_p4(site, sam, swap):
    other = next(one for one in unlockers.stored(sam.account) if one.kind == 2)

    def tamper(asked, answer):
        told = answer.json
        return answer.telling(told | {"unlocker": told["unlocker"] | SWAPS[swap](told, other)})

    swapping = site.mallory.tampering(SESSIONS, tamper)
    with swapping, site.mallory.recording() as seen, pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "cannot_open"
    assert seen[-1].path == "/api/sessions"


def test_another_accounts_id_does_not_open_p4(site, sam):
    other = {"account": b64(os.urandom(16))}
    swapping = site.mallory.tampering(SESSIONS, lambda asked, answer: answer.telling(answer.json | other))
    with swapping, pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "cannot_open"


def test_a_public_key_that_is_not_ones_own_signs_nothing_p5(site, sam):
    """Even whoever could write the record: a public half that does not fit stops everything."""
    account = sam.account
    lines = [seal_entry(account.ak, account.id, one.circle, one.kind, one.keys) for one in account.entries]
    thief = member_keys(os.urandom(16), os.urandom(32), os.urandom(32))
    lines[-1] = [*lines[-1][:3], thief.sign_pk, *lines[-1][4:]]
    version = account.versions["account"]
    sealed = seal_record(account.ak, account.id, "account", [version, account.home, account.own.circle, lines])

    def tamper(asked, answer):
        record = {"account": {"version": version, "sealed": b64(sealed)}}
        return answer.telling(answer.json | {"records": record})

    swapping = site.mallory.tampering(SESSIONS, tamper)
    with swapping, site.mallory.recording() as seen, pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "bad_key"
    assert seen[-1].path == "/api/sessions"


def test_each_way_in_is_enough_and_the_last_two_stay_p7(site, sam):
    mine = come_in(site)
    theirs = Member.come_in_with_code(site.origin, sam.code)
    assert mine.account.ak == theirs.account.ak
    own = sam.own_circle()
    for stored in unlockers.stored(sam.account):
        with pytest.raises(Failure) as failure:
            unlockers.remove(sam.account, own, stored)
        assert failure.value.code == "last_two"
        body = unlock_body(2, stored.kind, stored.id, stored.wrap, b"", b"")[:3] + own.state.unlockers[stored.id][1:]
        wire = make_event(own.keys, own.state, own.state.time, "unlock", body)
        with pytest.raises(Refused) as refused:
            told = {"events": [b64(wire)], "attachments": {}, "add": None, "remove": b64(stored.id)}
            sam.wire.post("/unlockers", told)
        assert refused.value.code == "last_two"


def test_a_mistyped_code_names_its_group_and_asks_the_server_nothing_p1(site, sam):
    groups = sam.code.split("-")
    for number, group in enumerate(groups, 1):
        wrong = "8" if group[0] != "8" else "9"
        typed = "-".join([*groups[: number - 1], wrong + group[1:], *groups[number:]])
        with site.mallory.recording() as seen, pytest.raises(Failure) as failure:
            Member.come_in_with_code(site.origin, typed)
        assert (failure.value.code, failure.value.detail) == ("code_group", number)
        assert [asked.path for asked in seen] == ["/api/home"]
    with pytest.raises(Failure) as failure:
        Member.come_in_with_code(site.origin, sam.code[:-1])
    assert failure.value.code == "code_length"


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_still_does_p3(site, sam):
    with pytest.raises(Refused) as refused:
        Member.come_in(site.origin, cast.SAM.sign_in, cast.SAM.passphrase + "s")
    assert (refused.value.status, refused.value.code) == (403, "not_known")
    assert refused.value.body["sentence"].endswith(".")
    assert come_in(site).id == sam.id


def test_another_passphrase_ends_the_old_one_and_other_sessions_p8(site):
    account = site.account("Cal")
    cal = Member(account.wire, account)
    other = site_session(site, account)
    old = passphrase_unlocker(account.home, cast.CAL.sign_in, cast.CAL.passphrase)
    cal.change_passphrase(old, cast.CAL.sign_in, "pepper ladder midnight pillow")
    with pytest.raises(Refused) as refused:
        other.get("/session")
    assert refused.value.status == 401
    with pytest.raises(Refused) as refused:
        Member.come_in(site.origin, cast.CAL.sign_in, cast.CAL.passphrase)
    assert refused.value.code == "not_known"
    again = Member.come_in(site.origin, cast.CAL.sign_in, "pepper ladder midnight pillow")
    assert again.account.ak == account.ak


def site_session(site, account):
    wire = Wire(site.origin)
    fresh = dataclasses.replace(account, wire=wire, versions={})
    Member(wire, fresh).come_back()
    return wire


def test_a_wiped_device_brings_everything_back_p9(site, sam):
    said = sam.say("still here tomorrow")
    fresh = come_in(site)
    assert fresh.id == sam.id
    assert said.hash in fresh.talk.messages
    assert fresh.account.entries[0].keys.sign_pk == sam.account.entries[0].keys.sign_pk


def test_a_record_put_back_is_noticed_p9(site, sam):
    kept = {}

    def keep(asked, answer):
        kept.update(answer.json["records"])
        return answer

    def put_back(asked, answer):
        return answer.telling(answer.json | {"records": answer.json["records"] | {"account": kept["account"]}})

    with site.mallory.tampering(SESSIONS, keep):
        come_in(site)
    circle, _ = found_group(sam.account, "Another", AGREEMENT, "Sam", POLICY, None)
    with site.mallory.tampering(SESSIONS, put_back):
        with pytest.raises(Failure) as by_who_saw_it:
            come_in(site, seen=dict(sam.account.versions))
        sam.account.pin({circle.id: circle.pin()})
        with pytest.raises(Failure) as by_the_pins:
            come_in(site)
    assert by_who_saw_it.value.code == by_the_pins.value.code == "rolled_back"
    assert come_in(site).account.entry(circle.id) is not None


def test_a_stolen_session_changes_no_way_in_p57(site, sam):
    """The thief has the cookie and all that the server tells, and no key."""
    thief = Wire(site.origin)
    thief.http.cookies = sam.wire.http.cookies
    own = sam.own_circle()
    before = (unlockers.stored(sam.account), len(own.wires))
    keys = member_keys(own.keys.member, os.urandom(32), os.urandom(32))
    new, code, wrap = os.urandom(16), code_unlocker(sam.account.home, sam.code), os.urandom(96)
    body = unlock_body(1, 2, new, wrap, code.verifier, code.lookup)
    wire = make_event(keys, own.state, own.state.time, "unlock", body)
    add = {"id": b64(new), "kind": 2, "lookup": b64(os.urandom(16)), "verifier": b64(code.verifier), "wrap": b64(wrap)}
    tries = [
        {"events": [b64(wire)], "attachments": {}, "add": add, "remove": None},
        {"events": [], "attachments": {}, "add": add, "remove": None},
        {"events": [], "attachments": {}, "add": None, "remove": b64(before[0][0].id)},
    ]
    for told in tries:
        with pytest.raises(Refused) as refused:
            thief.post("/unlockers", told)
        assert refused.value.status in (400, 409, 422)
    # Asking again for what is done already is answered kindly, and does nothing.
    thief.post("/unlockers", {"events": [b64(own.wires[-1])], "attachments": {}, "add": add, "remove": None})
    with pytest.raises(Refused):
        thief.post("/account/close", {"partings": []})
    with pytest.raises(Refused):
        thief.post(f"/circles/{b64(own.id)}/events", {"events": [b64(wire)], "attachments": {}})
    assert (unlockers.stored(sam.account), len(sam.own_circle().wires)) == before


def test_a_closed_account_is_out_at_once_and_comes_back_whole_p57(site):
    site.group("Eve", "Dee")[0].say("before a bad night")
    # With all groups of this account open: each needs a goodbye.
    eve = Member._come_in(site.account("Eve"))
    assert eve.close_account() > eve.account.clock() + 6 * 86_400
    with pytest.raises(Refused) as refused:
        eve.read()
    assert refused.value.status == 401
    eve.come_back()
    assert eve.account.closing_at
    with pytest.raises(Refused):
        eve.say("not while it is closing")
    eve.reopen_account()
    assert [said.text for said in eve.read()] == ["before a bad night"]


def test_a_group_out_of_reach_looks_like_none_at_all_p57(site, sam):
    ana = site.account("Ana")
    real, none = b64(sam.talk.circle.id), b64(os.urandom(32))
    for path in ("events?after=-1", "messages", "knocks", "asides", "invitations", "partings"):
        one, other = (ana.wire.http.get(f"/circles/{circle}/{path}") for circle in (real, none))
        assert (one.status_code, one.content) == (404, other.content), path


def test_another_home_only_makes_the_sign_in_fail_p3(site, sam):
    def elsewhere(asked, answer):
        return answer.telling(answer.json | {"home": "another-home"})

    with site.mallory.tampering("GET /api/home", elsewhere), pytest.raises(Refused) as refused:
        come_in(site)
    assert refused.value.code == "not_known"
