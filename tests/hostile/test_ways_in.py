"""Ways in under a thief and a liar: a passkey, and every key anew when someone may know the old ones."""

import os

import pytest

from sameboat.client import Member, Refused, Wire, renewal, unlockers
from sameboat.client.http import Away, b64, unb64
from sameboat.client.member import home_of
from sameboat.protocol.account import open_record, passkey_unlocker, passphrase_unlocker, unwrap
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import open_entry
from sameboat.protocol.seal import open_box
from tests import cast
from tests.hostile.mallory import Answered
from tests.hostile.people import PEOPLE
from tests.hostile.searching import found_in

BEN_NOW = [cast.BEN.passphrase]
NEW = "pepper ladder midnight pillow"


@pytest.fixture(scope="module")
def site(own_site):
    """Here people come in over and over, each time into all their groups: they have few."""
    return own_site


def by_passphrase(site, name, passphrase=None):
    person = PEOPLE[name]
    return passphrase_unlocker(home_of(Wire(site.origin)), person.sign_in, passphrase or person.passphrase)


@pytest.fixture(scope="module")
def kettle(site):
    """Ana and Ben in one group; Ana in a second one with Cal, and in a third that is not open on her device."""
    site.group("Ana", "Cal")
    ana, ben = site.group("Ana", "Ben")
    other, cal = site.group("Ana", "Cal")
    ana.talks |= other.talks
    return ana, ben, cal


@pytest.fixture(scope="module")
def before(site, kettle):
    """What a thief of Ana's old passphrase and of the whole server has; then Ana presses "Someone may know it"."""
    ana, ben, _ = kettle
    ben.say("before")
    touched = os.urandom(32)
    ana.add_passkey(touched, "blue key")
    stolen = {one.kind: one for one in unlockers.stored(ana.account)}
    records = {slot: ana.wire.get(f"/records/{slot}") for slot in ("account", "mine")}
    device = Wire(site.origin)
    session = Member.come_in(site.origin, cast.ANA.sign_in, cast.ANA.passphrase, wire=device)
    code = ana.renew(by_passphrase(site, "Ana"), cast.ANA.sign_in, NEW)
    return {"stolen": stolen, "records": records, "touched": touched, "session": session, "code": code}


def test_a_passkey_comes_in_alone_and_says_nothing_about_itself_p1(site):
    account = site.account("Dee")
    dee, result = Member(account.wire, account), os.urandom(32)
    with site.mallory.recording() as seen:
        dee.add_passkey(result, "the key on the kitchen hook")
        again = Member.come_in_with_passkey(site.origin, result)
    assert again.account.ak == dee.account.ak
    assert list(again.account.mine["ways"].values()) == ["the key on the kitchen hook"]
    everything = b"\n".join(asked.everything() for asked in seen)
    by = passkey_unlocker(account.home, result)
    assert found_in(everything, by.sign_in)
    for secret in (result, by.wrapping, account.ak, b"kitchen hook"):
        assert not found_in(everything, secret)
    with pytest.raises(Refused) as refused:
        Member.come_in_with_passkey(site.origin, os.urandom(32))
    assert refused.value.code == "not_known"


def test_another_site_gets_another_answer_from_the_same_passkey_p3(site):
    result = os.urandom(32)
    here, there = (passkey_unlocker(home, result) for home in (home_of(Wire(site.origin)), "another-home"))
    assert {here.lookup, here.sign_in, here.wrapping}.isdisjoint({there.lookup, there.sign_in, there.wrapping})


def test_after_someone_may_know_it_the_old_wraps_yield_no_key_of_today_p8(site, kettle, before):
    ana = kettle[0]
    account = ana.account
    by = by_passphrase(site, "Ana")
    old_ak = unwrap(by, before["stolen"][1].wrap, account.id, before["stolen"][1].id)
    told = before["records"]["account"]
    body = open_record(old_ak, account.id, "account", told["version"], unb64(told["sealed"]))
    stolen = [open_entry(old_ak, account.id, line) for line in body[3]]
    today = Member.come_in(site.origin, cast.ANA.sign_in, NEW)
    for circle in (today.own_circle(), *(talk.circle for talk in today.talks.values())):
        me = circle.state.members[circle.keys.member]
        assert {me.sign_pk, me.box_pk}.isdisjoint({pk for keys in stolen for pk in (keys.sign_pk, keys.box_pk)})
    for talk in today.talks.values():
        newest = next(event for event in reversed(talk.circle.events) if event.type == "epoch")
        sealed = talk.circle.attachments[dict(newest.body[1])[talk.circle.keys.member]]
        for keys in stolen:
            with pytest.raises(Failure):
                open_box(keys, newest, sealed)
    with pytest.raises(Failure):
        open_record(old_ak, account.id, "account", *_record(today, "account"))


def _record(member, slot):
    told = member.wire.get(f"/records/{slot}")
    return told["version"], unb64(told["sealed"])


def test_after_someone_may_know_it_only_the_new_ways_come_in_p58(site, kettle, before):
    ana, ben, _ = kettle
    with pytest.raises(Refused):
        Member.come_in(site.origin, cast.ANA.sign_in, cast.ANA.passphrase)
    with pytest.raises(Refused):
        Member.come_in_with_passkey(site.origin, before["touched"])
    with pytest.raises(Refused) as refused:
        before["session"].wire.get("/session")
    assert refused.value.status == 401
    with pytest.raises(Refused):
        before["session"].come_back()
    kinds = sorted(one.kind for one in unlockers.stored(ana.account))
    assert kinds == [1, 2]
    for again in (
        Member.come_in(site.origin, cast.ANA.sign_in, NEW),
        Member.come_in_with_code(site.origin, before["code"]),
    ):
        talk = again.talks[ben.talk.circle.id]
        again.here = talk.circle.id
        assert again.read()[0].text == "before"
        assert again.account.ak == ana.account.ak


def test_everybody_else_goes_on_as_before_p20(kettle, before):
    ana, ben, cal = kettle
    ben.say("after")
    ana.here = ben.talk.circle.id
    assert [said.text for said in ana.read()][-1] == "after"
    ana.say("and I am here")
    assert [said.text for said in ben.read()][-1] == "and I am here"
    assert ben.evidence == cal.evidence == []


@pytest.mark.parametrize("at", ["POST /api/circles/*/events", "PUT /api/records/mine"])
def test_a_renewal_that_broke_off_goes_on_by_itself_p8(site, at):
    """The connection goes in the middle: the account is new already, the groups follow when she comes back."""
    site.group("Ben", "Cal")
    account = site.account("Ben")
    me = Member._come_in(account)
    old = {circle: talk.circle.keys.sign_pk for circle, talk in me.talks.items()}
    now = BEN_NOW[-1]
    BEN_NOW.append(f"{NEW} {len(BEN_NOW)}")
    with site.mallory.instead(at, lambda asked: Answered(502, (), b"")):
        assert me.renew(by_passphrase(site, "Ben", now), cast.BEN.sign_in, BEN_NOW[-1])
    again = Member.come_in(site.origin, cast.BEN.sign_in, BEN_NOW[-1])
    assert again.account.mine[renewal.RENEWING]
    again.go_on_renewing()
    assert again.account.mine[renewal.RENEWING] == {}
    for circle, talk in again.talks.items():
        assert talk.circle.state.members[talk.circle.keys.member].sign_pk != old[circle]
    site.accounts["Ben"] = again.account


def test_a_second_renewal_trusts_no_key_that_the_first_one_left_lying_p8(site):
    """The first broke off with a key kept and not yet used: whoever opened the record meanwhile holds that one too."""
    site.group("Ben", "Dee")
    me = Member._come_in(site.account("Ben"))
    now = BEN_NOW[-1]
    BEN_NOW.append(f"{NEW} {len(BEN_NOW)}")
    with site.mallory.instead("POST /api/circles/*/events", lambda asked: Answered(502, (), b"")):
        me.renew(by_passphrase(site, "Ben", now), cast.BEN.sign_in, BEN_NOW[-1])
    again = Member.come_in(site.origin, cast.BEN.sign_in, BEN_NOW[-1])
    seen = {entry.keys.sign_pk for entry in again.account.entries}
    BEN_NOW.append(f"{NEW} {len(BEN_NOW)}")
    again.renew(by_passphrase(site, "Ben", BEN_NOW[-2]), cast.BEN.sign_in, BEN_NOW[-1])
    assert again.account.mine[renewal.RENEWING] == {}
    assert again.talks
    for talk in again.talks.values():
        assert talk.circle.state.members[talk.circle.keys.member].sign_pk not in seen
    site.accounts["Ben"] = again.account


def test_whoever_waited_at_a_door_meanwhile_is_inside_with_new_keys_p8(site):
    host = site.found("Dee")
    circle = host.talk.circle.id
    mo = site.knock(host, "Mo")
    shown = mo.account.entry(circle).keys.sign_pk
    mo.renew(by_passphrase(site, "Mo"), cast.MO.sign_in, cast.MO.passphrase)
    assert list(mo.account.mine[renewal.RENEWING]) == [b64(circle)]
    host.admit(next(one for one in host.door() if one.name == "Mo"))
    assert mo.enter()
    assert mo.account.mine[renewal.RENEWING] == {}
    host.talk.look()
    assert host.talk.circle.state.members[mo.id].sign_pk != shown
    mo.say("I am in")
    assert [said.text for said in host.read()] == ["I am in"]


def test_a_group_that_is_hidden_from_a_new_device_is_still_to_come_p8(site):
    """The server says that there is no such group; one's own pins know better."""
    _, mo = site.group("Dee", "Mo")
    circle = mo.talk.circle
    shown = circle.state.members[mo.id].sign_pk
    mo.account.pin({circle.id: (len(circle.state.ids) - 1, circle.state.head)})
    fresh = Member(mo.wire, mo.account)
    with site.mallory.instead("GET /api/circles/*/events", lambda asked: hide(asked, circle.id)):
        fresh.renew(by_passphrase(site, "Mo"), cast.MO.sign_in, cast.MO.passphrase)
        with pytest.raises(Away):
            fresh.go_on_renewing()
    assert b64(circle.id) in mo.account.mine[renewal.RENEWING]
    fresh.go_on_renewing()
    assert mo.account.mine[renewal.RENEWING] == {}
    assert fresh.talks[circle.id].circle.state.members[mo.id].sign_pk != shown


def hide(asked, circle):
    return Answered(404, (), b"{}") if b64(circle) in asked.path else None
