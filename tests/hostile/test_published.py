"""What broke elsewhere, tried here as whoever published it did; `docs/threat-model.md` says what happened.

Each test is one attack that no other test plays already. The attacker holds the whole server.
"""

import os

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.client import Member, unlockers
from sameboat.client.http import b64, listed, unb64
from sameboat.client.joining import found_group, knock, look_at
from sameboat.protocol.doorway import open_invite_card, open_knock
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import lock
from sameboat.protocol.primitives import P
from tests import cast
from tests.hostile.forging import EVENTS, MESSAGES, another_log, log_rows, messages_as, post_raw, signed
from tests.hostile.people import AGREEMENT, POLICY

SESSIONS = "POST /api/sessions"
SMALL = [bytes(32), b"\1" + bytes(31), (P - 1).to_bytes(32, "little"), P.to_bytes(32, "little")]


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben", "Dee")


@pytest.fixture(scope="module")
def sam(site):
    account = site.account("Sam")
    me = Member(account.wire, account)
    me._opened(*found_group(account, "Alone", AGREEMENT, "Sam", POLICY, None))
    return me


def come_in(site):
    return Member.come_in(site.origin, cast.SAM.sign_in, cast.SAM.passphrase)


@pytest.mark.parametrize("place", range(0, 96, 16))
def test_a_key_that_the_server_changed_a_little_tells_it_nothing_p4_p33(site, sam, place):
    """MEGA 2022: keys sealed without integrity, changed bit by bit, and the client's reaction read as an answer."""

    def turn(asked, answer):
        told = answer.json
        wrapped = bytearray(unb64(told["unlocker"]["wrap"]))
        wrapped[place] ^= 1
        return answer.telling(told | {"unlocker": told["unlocker"] | {"wrap": b64(bytes(wrapped))}})

    with site.mallory.tampering(SESSIONS, turn), site.mallory.recording() as seen, pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "cannot_open"
    # The same silence wherever the bit was: nothing is asked or told after it.
    assert [asked.line for asked in seen] == ["GET /api/home", "POST /api/sessions"]


def test_a_key_or_record_of_the_servers_own_making_does_not_open_p4_p36(site, sam):
    """Victory by KO; Sync and others 2024: the server plants keys and files that it made itself."""
    theirs, mine = os.urandom(32), sam.account
    stored = {"account": [2, mine.home, None, []], "pins": [2, []], "mine": [2, "{}"]}

    def plant(asked, answer):
        told = answer.json
        planted = {
            slot: {"version": 99, "sealed": b64(lock(theirs, enc(body).ljust(256, b"\0"), "record", mine.id, slot, 99))}
            for slot, body in stored.items()
        }
        return answer.telling(told | {"records": planted})

    with site.mallory.tampering(SESSIONS, plant), pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "cannot_open"


def test_a_wrap_under_what_the_server_knows_does_not_open_p2_p4(site, sam):
    """The server knows what is shown at sign-in. It is no key that wraps anything."""

    def plant(asked, answer):
        told = answer.json
        known = unb64(asked.json["sign_in_key"])
        forged = lock(known, os.urandom(32), "wrap", sam.account.id, 1, unb64(told["unlocker"]["id"]))
        return answer.telling(told | {"unlocker": told["unlocker"] | {"wrap": b64(forged)}})

    with site.mallory.tampering(SESSIONS, plant), pytest.raises(Failure) as failure:
        come_in(site)
    assert failure.value.code == "cannot_open"


def test_a_group_that_the_server_puts_somebody_into_does_not_open_for_them_p19(site, group):
    """Nextcloud 2024, Matrix 2022: the server says that one is in a room, and gives its log."""
    ben, stranger = group[1], site.group("Dee")[0]

    def put_in(asked, answer):
        told = answer.json
        planted = {"circle": b64(stranger.talk.circle.id), "kind": 2, "member": b64(ben.id), "head": 2, "position": 0}
        return answer.telling({"circles": [*told["circles"], planted | {"admitted_seq": 0}]})

    with site.mallory.tampering("GET /api/circles", put_in):
        again = Member.come_in(site.origin, cast.BEN.sign_in, cast.BEN.passphrase)
    assert stranger.talk.circle.id not in again.talks


@pytest.mark.parametrize("small", SMALL, ids=["0", "1", "-1", "P"])
def test_a_key_that_agrees_with_everyone_lets_nobody_in_p12(site, group, small):
    """vodozemac 2026: the identity element as somebody's key. Neither server nor members take it."""
    ana, ben = group[:2]
    ana.talk.look()
    ben.talk.look()
    circle = ben.talk.circle
    wire = signed(circle.keys, circle.state, "rekey", [os.urandom(32), small, bytes(64)])
    assert post_raw(ben, wire)[1]["code"] == "bad_key"
    start = len(log_rows(ana))
    rows = [*log_rows(ana), {"seq": start, "event": b64(wire), "attachments": {}}]
    with site.mallory.tampering(EVENTS, another_log(rows)), pytest.raises(Exception, match="bad_key"):
        ana.talk.circle.catch_up()
    fresh = site.another_device(ana)
    assert fresh.talk.circle.state.members[ben.id].box_pk == circle.keys.box_pk


def test_what_is_sealed_is_not_made_smaller_first_p30(site, group):
    """Bridgefy, Threema: what is compressed before it is sealed shows in its size what it says."""
    ana = group[0]
    with site.mallory.recording() as seen:
        ana.say("a" * 600)
        ana.say(os.urandom(300).hex())
    posted = [unb64(one.json["envelope"]) for one in seen if one.method == "POST"]
    assert len({len(read_envelope(wire).sealed) for wire in posted}) == 1


def test_answers_with_secrets_in_them_are_not_made_smaller_on_the_way_p30(site, group):
    """CRIME and BREACH, of which those were a form: a stranger's text beside a secret in one compressed answer."""
    ana = group[0]
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    api, cookies = f"http://localhost:{site.served.port}/api", dict(ana.wire.http.cookies)
    for path in ("/session", "/circles", f"{ana.talk.circle.path}/events", f"{ana.talk.circle.path}/messages"):
        answer = httpx.get(api + path, headers=headers, cookies=cookies)
        assert answer.status_code == 200
        assert "content-encoding" not in answer.headers


def test_a_message_with_another_groups_seal_is_not_shown_p25(site, group):
    """Wire 2024: a message carried into another group, by somebody who is in both and knows both keys."""
    ana, ben = group[:2]
    elsewhere, _ = site.group("Ana", "Ben")
    said = elsewhere.say("for the other group")
    header = said.header
    wire = enc([header.raw, b"\0" * 272])
    planted = {"position": 990, "at": 1, "envelope": b64(wire)}
    # The member puts the other group's name on it, which breaks seal, signature and commitment alike.
    relabelled = header.__class__(**{**vars(header), "circle": ana.talk.circle.id})
    other = {"position": 991, "at": 1, "envelope": b64(enc([relabelled.raw, b"\0" * 272]))}
    with site.mallory.tampering(MESSAGES, messages_as(lambda rows: [*rows, planted, other])):
        fresh = site.another_device(ben)
    assert sorted(fresh.talk.refused.values()) == ["unknown_head", "wrong_circle"]


def test_recovery_believes_the_server_in_nothing_p3_p4(site, sam):
    """Password managers 2026: recovery that trusts what the server says of it. Here only the typed code counts."""
    code = sam.add_code()
    kinds = {one.kind: one for one in unlockers.stored(sam.account)}

    def mislead(asked, answer):
        told = answer.json
        more = {"kdf": {"iterations": 1}, "code_wrap": b64(kinds[1].wrap), "escrow": True}
        return answer.telling(told | more | {"unlocker": told["unlocker"] | {"kind": 1} | more})

    with site.mallory.tampering(SESSIONS, mislead):
        assert Member.come_in_with_code(site.origin, code).account.ak == sam.account.ak

    def swap(asked, answer):
        told = answer.json
        return answer.telling(told | {"unlocker": told["unlocker"] | {"wrap": b64(kinds[1].wrap), "kind": 1}})

    with site.mallory.tampering(SESSIONS, swap), pytest.raises(Failure) as failure:
        Member.come_in_with_code(site.origin, code)
    assert failure.value.code == "cannot_open"


def test_who_was_removed_and_the_server_together_read_an_older_invitations_knock_and_open_no_door_p20_p48(site):
    """CryptPad's teams: removal that takes a name off a list, and no key. What is left of that here, said openly."""
    ana, ben, dee = site.group("Ana", "Ben", "Dee")
    link = ana.invite("Eve")
    ben.talk.look()
    circle, invite = ben.talk.circle, list(ben.talk.circle.state.invites)[-1]
    event = circle.events[circle.state.index[invite]]
    key = ben.talk.ring.key(circle.state.epoch_at(event.seq).id)
    card = open_invite_card(key, circle.id, event.prev, circle.attachments[event.body[5]])
    dee.propose_removal(ben.id, ana.id)
    assert ana.complete_removals() == 1
    eve = Member(site.account("Eve").wire, site.account("Eve"))
    eve.knocked = knock(eve.account, look_at(eve.wire, link), "Eve", "hello")
    sealed = unb64(listed(ana.wire.get(f"{ana.talk.circle.path}/knocks"), "knocks")[0]["sealed"])
    reception = X25519PrivateKey.from_private_bytes(card[0])
    read = open_knock(reception, circle.state, invite, sealed)
    assert (read[3][1], read[4]) == ("Eve", "hello")
    # It is not theirs to open the door, and what is said inside from now on stays shut.
    wire = signed(circle.keys, circle.state, "admit", [*read[:3], os.urandom(32), None])
    assert post_raw(ben, wire)[0] == 404
    said = ana.say("after Ben")
    assert ben.talk.ring.key(said.header.epoch) is None
