"""Every key of an account anew: whole or not at all, and only by whoever holds the keys."""

import os

import pytest

from sameboat.accounts.models import Account, Record, Unlocker
from sameboat.protocol.account import seal_record, unlocker
from sameboat.protocol.encoding import b64u
from sameboat.protocol.making import rekey_body, sign_record_put, unlock_body
from sameboat.protocol.seal import member_keys
from tests.fixtures.asking import REMOVE, Browser, Made, Person, by_device
from tests.fixtures.asking_passkeys import added, coming
from tests.fixtures.passkeys import SoftPasskey


class Renewing:
    """A renewal as it is being made; each part can be spoiled before it is sent."""

    def __init__(self, who: Person) -> None:
        self.who, self.made = who, Made(who.keys, who.own.state)
        self.old = (who.keys, who.unlocker_id, who.wrapped, who.by)
        self.keys = member_keys(who.keys.member, os.urandom(32), os.urandom(32))
        self.ak = who.ak = os.urandom(32)
        self.by = unlocker(1, os.urandom(32), who.by.lookup)
        self.ways = [self.add(self.by), self.add(who.code())]

    def add(self, by):
        unlocker_id = os.urandom(16)
        given = self.who.way_in(by, unlocker_id)
        self.made.event("unlock", self.who.added(by, unlocker_id))
        return given

    def gone(self):
        _, unlocker_id, wrapped, by = self.old
        self.made.event("unlock", unlock_body(REMOVE, by.kind, unlocker_id, wrapped, by.verifier, by.lookup))
        return self

    def rekey(self):
        self.made.event("rekey", rekey_body(self.who.keys, self.keys, self.made.state))
        self.made.keys = self.keys
        self.made.epoch([None, None, None, [[self.keys.member, None, None]]])
        return self

    def record(self, slot="account", version=2, keys=None):
        body = [version, self.who.home, None, []] if slot == "account" else [version, "{}"]
        sealed = seal_record(self.ak, self.who.id, slot, body)
        sig = sign_record_put(keys or self.keys, self.who.id, slot, version, sealed)
        return {"version": version, "sealed": b64u(sealed), "sig": b64u(sig)}

    def body(self, **other):
        return {**self.made.body(), "unlockers": self.ways, "account": self.record(), **other}

    def send(self, **other):
        return self.who.ask("POST", "/account/renewal", self.body(**other))


@pytest.fixture
def ana(anybody_starts):
    return Person("Ana").sign_up()


def stands(who: Person) -> tuple:
    """What must not change where a renewal is refused."""
    account = Account.objects.get(pk=who.id)
    ways = sorted(bytes(one.unlocker) for one in Unlocker.objects.of(who.id))
    records = sorted((one.slot, one.version) for one in Record.objects.of(who.id))
    return bytes(account.own_key), ways, records


def test_a_renewal_exchanges_everything_and_ends_other_sessions_p58(ana):
    other = ana.another_browser()
    new = Renewing(ana).gone().rekey()
    body = new.body()
    old_device = by_device(ana)
    assert ana.ask("POST", "/account/renewal", body).status == 201
    # The answer was lost, and it comes again.
    assert ana.ask("POST", "/account/renewal", body).status == 201
    assert other.ask("GET", "/session").status == 401
    assert Browser().ask("POST", "/sessions", old_device).code == "not_known"
    assert ana.sign_in().code == "not_known"
    ana.by, ana.keys = new.by, new.keys
    assert ana.sign_in().status == 200
    assert Browser().ask("POST", "/sessions", by_device(ana)).status == 200
    assert len(ana.ask("GET", "/unlockers").told["unlockers"]) == 2


def test_a_renewal_drops_passkeys_that_sign_in_p58(ana):
    """One of them may be what somebody else holds."""
    passkey = SoftPasskey()
    assert ana.ask("POST", "/passkeys", added(ana, passkey)).status == 201
    assert Renewing(ana).gone().rekey().send().status == 201
    assert Browser().ask("POST", "/passkeys/session", coming(ana, passkey)).code == "not_known"


SPOILED = {
    "a record signed with the old key": lambda new: {"account": new.record(keys=new.old[0])},
    "a record of a wrong version": lambda new: {"account": new.record(version=3)},
    "one way in less than was signed": lambda new: {"unlockers": new.ways[:1] * 2},
    "another wrap than was signed": lambda new: {
        "unlockers": [new.ways[0] | {"wrap": new.ways[1]["wrap"]}, new.ways[1]]
    },
    "the epoch left out": lambda new: {"events": new.made.body()["events"][:-1]},
    "only the first event": lambda new: {"events": new.made.body()["events"][:1]},
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_renewal_that_is_not_whole_changes_nothing_p57(ana, spoil):
    before, other = stands(ana), ana.another_browser()
    new = Renewing(ana).gone().rekey()
    answer = new.send(**SPOILED[spoil](new))
    assert answer.status in (403, 409, 422)
    assert stands(ana) == before
    assert other.ask("GET", "/session").status == 200


def test_an_old_way_in_does_not_outlive_a_renewal_p8(ana):
    before = stands(ana)
    assert Renewing(ana).rekey().send().code == "wrong_unlocker"
    assert stands(ana) == before


def test_no_record_is_left_behind_p8(ana):
    """What stayed sealed under the old key would open for nobody but the thief."""
    assert ana.ask("PUT", "/records/mine", ana.record_put("mine", 1, b64u(os.urandom(1088)))).status == 200
    before = stands(ana)
    assert Renewing(ana).gone().rekey().send().code == "records_missing"
    assert stands(ana) == before
    ana = Person("Eve").sign_up()
    assert ana.ask("PUT", "/records/mine", ana.record_put("mine", 1, b64u(os.urandom(1088)))).status == 200
    new = Renewing(ana).gone().rekey()
    assert new.send(mine=new.record("mine")).status == 201


def test_a_stranger_renews_nothing_p57(ana):
    """Neither another member nor whoever has gone."""
    eve, before = Person("Eve").sign_up(), stands(ana)
    body = Renewing(ana).gone().rekey().body()
    assert eve.ask("POST", "/account/renewal", body).status in (409, 422)
    assert Browser().ask("POST", "/account/renewal", body).status == 401
    eve.ask("DELETE", "/session")
    assert eve.ask("POST", "/account/renewal", body).status == 401
    assert stands(ana) == before
