"""A passkey without a secret: it says who somebody is, and the passphrase or code opens after it."""

import pytest

from sameboat.client import Member, Refused, Wire, passkeys, unlockers
from sameboat.client.member import home_of
from sameboat.protocol.account import code_unlocker, passphrase_unlocker
from sameboat.protocol.failures import Failure
from sameboat.protocol.passkeys import passkey_id
from tests.fixtures.passkeys import SoftPasskey
from tests.hostile.people import PEOPLE
from tests.hostile.searching import found_in

DEE = PEOPLE["Dee"]


@pytest.fixture(scope="module")
def key(site):
    """A passkey of Dee's, and what was asked while it was added and once used."""
    account, passkey = site.account("Dee"), SoftPasskey()
    with site.mallory.recording() as seen:
        passkeys.put(account, passkey, DEE.sign_in, "the key on the kitchen hook")
        signed = passkeys.sign_in(Wire(site.origin), account.home, site.origin, passkey)
    return account, passkey, signed, b"\n".join(one.everything() for one in seen)


def by_passphrase(account, passphrase=DEE.passphrase):
    return passphrase_unlocker(account.home, DEE.sign_in, passphrase)


def test_no_name_is_typed_and_the_passphrase_opens_p57(site, key):
    account, _, signed, _ = key
    assert signed.name == DEE.sign_in
    assert signed.told["unlocker"] is None
    with pytest.raises(Failure, match="cannot_open"):
        signed.open(passphrase_unlocker(account.home, signed.name, "another passphrase entirely"))
    again = signed.open(passphrase_unlocker(account.home, signed.name, DEE.passphrase))
    assert again.ak == account.ak
    code = unlockers.add_code(account, Member(account.wire, account).own_circle())
    assert signed.open(code_unlocker(account.home, code)).ak == account.ak


def test_the_server_learns_neither_name_nor_handle_nor_label_p1(key):
    account, passkey, _, everything = key
    for secret in (passkey.handle, DEE.sign_in.encode(), b"kitchen hook", account.ak, by_passphrase(account).wrapping):
        assert not found_in(everything, secret)


def test_a_name_that_was_swapped_opens_nothing_p4(site, key):
    """Another account's sealed name is for another passkey."""
    account, passkey, _, _ = key
    other = SoftPasskey()
    passkeys.put(account, other, DEE.sign_in, "another one")
    theirs = passkeys.sign_in(Wire(site.origin), account.home, site.origin, other).told["name"]
    swap = site.mallory.tampering(
        "POST /api/passkeys/session", lambda asked, answer: answer.telling(answer.json | {"name": theirs})
    )
    with swap, pytest.raises(Failure, match="cannot_open"):
        passkeys.sign_in(Wire(site.origin), account.home, site.origin, passkey)
    passkeys.drop(account, passkey_id(other.credential))


def test_one_taken_away_signs_nobody_in_p57(site, key):
    account = key[0]
    gone = SoftPasskey()
    known = passkeys.put(account, gone, DEE.sign_in, "")
    passkeys.drop(account, known)
    assert known not in passkeys.ids(account)
    with pytest.raises(Refused) as refused:
        passkeys.sign_in(Wire(site.origin), home_of(Wire(site.origin)), site.origin, gone)
    assert refused.value.code == "not_known"
