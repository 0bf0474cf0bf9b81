"""Passkeys that only sign in: put, dropped, and come in with. Each change is signed with the own circle's key (P57)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from sameboat.accounts import access
from sameboat.accounts.actions import open_session, spend_nonce
from sameboat.accounts.models import Account, Passkey, Session
from sameboat.accounts.refusals import EnoughPasskeys, NotKnown, NotSigned, WrongSize
from sameboat.lib.refusals import NotHere
from sameboat.protocol import verify

MOST = 8
# A good public key that is nobody's here (RFC 6979, A.2.5), so that checking takes as long as for somebody.
NOBODYS_KEY = bytes.fromhex(
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
)


@dataclass(frozen=True)
class NewPasskey:
    """A passkey to be stored: its id, its public key, and the sign-in name that only it opens."""

    passkey: bytes
    key: bytes
    name: bytes


def put(account: Account, new: NewPasskey, time: int, signature: bytes, *, now: int) -> None:
    """Stores a passkey; the same again changes nothing. Raises NotSigned, WrongSize, EnoughPasskeys."""
    parts = (bytes(account.pk), new.passkey, new.key, new.name, time, signature)
    try:
        verify.check_passkey_put(bytes(account.own_key), *parts, now=now)
    except verify.Failure as failure:
        raise (WrongSize if failure.code == "bad_padding" else NotSigned) from None
    _store(account, new)


@transaction.atomic
def _store(account: Account, new: NewPasskey) -> None:
    # The account's row is held, so that two at once are counted one after the other.
    Account.objects.select_for_update().get(pk=account.pk)
    mine = Passkey.objects.of(account)
    if mine.filter(passkey=new.passkey, key=new.key, name=new.name).exists():
        return
    if mine.count() >= MOST:
        raise EnoughPasskeys
    try:
        with transaction.atomic():
            mine.create(account=account, passkey=new.passkey, key=new.key, name=new.name)
    except IntegrityError:
        # Ids are hashes of what an authenticator drew at random: one that is there is a copy of somebody's.
        raise NotSigned from None


def drop(account: Account, passkey: bytes, time: int, signature: bytes, *, now: int) -> None:
    """Forgets a passkey. Raises NotSigned, NotHere."""
    try:
        verify.check_passkey_drop(bytes(account.own_key), bytes(account.pk), passkey, time, signature, now=now)
    except verify.Failure:
        raise NotSigned from None
    gone, _ = Passkey.objects.of(account).filter(passkey=passkey).delete()
    if not gone:
        raise NotHere


def drop_all(account: Account) -> None:
    """For a renewal: one of them may be what somebody else holds."""
    Passkey.objects.of(account).delete()


@transaction.atomic
def sign_in(
    passkey: bytes, time: int, nonce: bytes, answer: verify.Assertion, device: str, *, now: int
) -> tuple[str, Session, bytes]:
    """A session, and the sealed sign-in name. Raises NotKnown, whatever the reason."""
    found = Passkey.objects.everywhere("the answer is the proof").filter(passkey=passkey)
    row = found.select_related("account").first()
    key = bytes(row.key) if row else NOBODYS_KEY
    try:
        verify.check_passkey_sign_in(key, access.home(), settings.ORIGIN, time, nonce, answer, now=now)
    except verify.Failure:
        raise NotKnown from None
    if row is None or row.account.is_over(now):
        raise NotKnown
    spend_nonce(nonce, time)
    token, session = open_session(row.account, device, now=now)
    return token, session, bytes(row.name)
