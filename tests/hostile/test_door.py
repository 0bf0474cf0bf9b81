"""The door: what a link, a knock and an admission can be bent into, by the server or by those inside."""

import dataclasses
import os

import pytest

from sameboat.client import Refused, Stopped, governance
from sameboat.client.http import b64, unb64
from sameboat.client.joining import look_at
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import (
    commit,
    link_from,
    make_request,
    new_member,
    new_opening,
    open_preview,
    seal_preview,
)
from sameboat.protocol.state import DAY
from tests.hostile.forging import another_log, post_raw, row, signed


def admit_wire(member, request):
    circle = member.talk.circle
    return signed(circle.keys, circle.state, "admit", [*request, os.urandom(32), None])


def a_request(host, link, invite, keys=None):
    keys = keys or new_member()
    state = host.talk.circle.state
    name = commit("name", new_opening("Somebody"))
    return make_request(keys, link, state.circle, invite, name, state.words[1])


def verdict(member, wire):
    """The rule by which an event is refused, here and by the server."""
    member.talk.look()
    with pytest.raises(Failure) as failure:
        member.talk.circle.batch().put(wire)
    status, told = post_raw(member, wire)
    assert status == 422
    assert told["code"] == failure.value.code
    return failure.value.code


@pytest.fixture(scope="module")
def group(site):
    return site.group("Ana", "Ben")


def test_keys_swapped_at_the_door_stop_the_newcomer_p13(site):
    """A host who means ill, with the server's help, lets in keys of their own under the newcomer's link."""
    ana = site.found("Ana")
    eve = site.knock(ana, "Eve")
    ana.talk.look()
    shown, circle = eve.knocked.shown, ana.talk.circle
    mine = dataclasses.replace(new_member(), member=eve.knocked.keys.member)
    request = a_request(ana, shown.link, shown.invite, mine)
    batch = circle.batch()
    batch.add("admit", [*request, os.urandom(32), None])
    ana.talk.ring.rotate(batch)
    rows = [row(seq, wire, circle.attachments) for seq, wire in enumerate([*circle.wires, *batch.wires])]

    def in_it(asked, answer):
        return answer.telling({"circles": [*answer.json["circles"], {"circle": b64(circle.id)}]})

    circles = site.mallory.tampering("GET /api/circles", in_it)
    events = site.mallory.tampering("GET /api/circles/*/events", another_log(rows))
    with circles, events, pytest.raises(Stopped) as stopped:
        eve.enter()
    assert stopped.value.code == "key_swapped"
    assert eve.here is None


def test_a_spoiled_knock_is_not_shown_p13(site):
    ana = site.found("Ana")
    site.knock(ana, "Eve")

    def spoil(asked, answer):
        told = answer.json
        for one in told["knocks"]:
            sealed = bytearray(unb64(one["sealed"]))
            sealed[-1] ^= 1
            one["sealed"] = b64(bytes(sealed))
        return answer.telling(told)

    with site.mallory.tampering("GET /api/circles/*/knocks", spoil):
        assert ana.door() == []
    assert len(ana.door()) == 1


def test_without_the_link_nobody_gets_in_p48(site, group):
    """A member knows all of an invitation but its secret."""
    ana, ben = group
    ana.invite("Eve", any_member=True)
    ben.talk.look()
    invite = next(iter(reversed(ben.talk.circle.state.invites)))
    request = a_request(ben, link_from(os.urandom(16)), invite)
    assert verdict(ben, admit_wire(ben, request)) == "bad_link_signature"


def test_a_link_is_good_once_p48(site):
    ana = site.found("Ana")
    link = ana.invite("Eve")
    shown = look_at(ana.wire, link)
    eve = site.knock(ana, "Dee")
    ana.admit(ana.door()[0])
    assert eve.enter()
    used = eve.talk.circle.state.invites
    taken = next(invite for invite in used.values() if invite.used)
    again = a_request(ana, shown.link, taken.id)
    assert verdict(ana, admit_wire(ana, again)) == "invite_used"


def test_a_void_link_is_not_good_p48(site):
    ana, ben = site.group("Ana", "Ben")
    governance.set_host(ana.talk, ben.id, 10)
    ben.talk.look()
    link = ben.invite("Eve")
    shown = look_at(ben.wire, link)
    ben.leave()
    ana.talk.rotate()
    assert verdict(ana, admit_wire(ana, a_request(ana, shown.link, shown.invite))) == "invite_void"
    with pytest.raises(Failure) as failure:
        look_at(ana.wire, link)
    assert failure.value.code == "invite_void"


def test_an_old_link_is_not_good_p48(site):
    ana = site.found("Ana")
    shown = look_at(ana.wire, ana.invite("Eve", days=1))
    ana.talk.look()
    late = ana.talk.circle.batch()
    late.time += 2 * DAY
    with pytest.raises(Failure) as failure:
        late.add("admit", [*a_request(ana, shown.link, shown.invite), os.urandom(32), None])
    assert failure.value.code == "invite_expired"


def test_keys_without_the_joiners_own_signature_are_refused_p49(site):
    ana = site.found("Ana")
    shown = look_at(ana.wire, ana.invite("Eve"))
    ana.talk.look()
    raw, link_sig, _ = a_request(ana, shown.link, shown.invite)
    _, _, other_sig = a_request(ana, shown.link, shown.invite)
    assert verdict(ana, admit_wire(ana, [raw, link_sig, other_sig])) == "bad_joiner_signature"


def test_a_preview_that_is_not_the_invites_is_seen_before_anyone_joins_p50(site):
    ana = site.found("Ana")
    first, second = ana.invite("Eve"), ana.invite("Dee")
    other = look_at(ana.wire, second)

    def old(asked, answer):
        return answer.telling(answer.json | {"preview": b64(other.sealed)})

    with site.mallory.tampering("GET /api/invitations/*", old), pytest.raises(Failure) as failure:
        look_at(ana.wire, first)
    assert failure.value.code == "cannot_open"


def test_a_second_preview_under_the_same_link_is_seen_p50(site):
    """Whoever made the link could seal another preview with it, for the server to show to somebody."""
    ana = site.found("Ana")
    link = ana.invite("Eve")
    shown = look_at(ana.wire, link)
    body = open_preview(shown.link, shown.sealed)
    other = seal_preview(shown.link, [*body[:3], new_opening("Something else is agreed here."), *body[4:]])

    def swap(asked, answer):
        return answer.telling(answer.json | {"preview": b64(other)})

    with site.mallory.tampering("GET /api/invitations/*", swap), pytest.raises(Failure) as failure:
        look_at(ana.wire, link)
    assert failure.value.code == "preview_swapped"


def test_a_newer_agreement_is_seen_before_the_room_opens_p50(site):
    ana, ben = site.group("Ana", "Ben")
    eve = site.knock(ana, "Eve")
    proposal = governance.propose_words(ana.talk, {"agreement": "Something else\nIs agreed now."}, None, "")
    ben.read()
    governance.agree_to_words(ben.talk, ben.talk.messages[proposal.hash])
    ana.admit(ana.door()[0])
    assert eve.enter()
    assert eve.agreement_changed
    assert eve.words().agreement == "Something else\nIs agreed now."


def test_an_event_of_another_circle_is_no_invitation_p50(site):
    ana = site.found("Ana")
    link, other = ana.invite("Eve"), ana.invite("Dee")
    fragment = look_at(ana.wire, other)

    def swap(asked, answer):
        event = ana.talk.circle.wires[ana.talk.circle.state.index[fragment.invite]]
        return answer.telling(answer.json | {"event": b64(event)})

    with site.mallory.tampering("GET /api/invitations/*", swap), pytest.raises(Failure) as failure:
        look_at(ana.wire, link)
    assert failure.value.code in ("preview_swapped", "preview_head")


def test_a_strangers_link_says_nothing_p48(site):
    ana = site.found("Ana")
    with pytest.raises(Refused) as refused:
        look_at(ana.wire, f"{site.origin}/in/#join.{link_from(os.urandom(16)).fragment}")
    assert refused.value.status == 404


@pytest.mark.parametrize("slip", ["no fragment", "an empty one", "a letter less", "a letter more", "another letter"])
def test_a_link_with_a_slip_of_the_hand_asks_the_server_nothing_p48(site, slip):
    ana = site.found("Ana")
    head, _, secret = ana.invite("Eve").partition("#join.")
    typed = {
        "no fragment": head,
        "an empty one": f"{head}#join.",
        "a letter less": f"{head}#join.{secret[:-1]}",
        "a letter more": f"{head}#join.{secret}A",
        "another letter": f"{head}#join.{'A' if secret[0] != 'A' else 'B'}{secret[1:]}",
    }[slip]
    with site.mallory.recording() as seen, pytest.raises(Failure) as failure:
        look_at(ana.wire, typed)
    assert failure.value.code == "bad_link"
    assert seen == []
