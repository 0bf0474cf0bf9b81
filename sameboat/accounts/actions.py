"""What happens to accounts and sessions. Times are whole seconds since 1970 UTC, passed in as `now`."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from sameboat.accounts import access
from sameboat.accounts.models import Account, Record, Session, StartCode, Unlocker, UsedNonce
from sameboat.accounts.refusals import (
    AccountTaken,
    BadRight,
    NameTaken,
    NotKnown,
    NotSigned,
    RecordMoved,
    WrongSize,
)
from sameboat.lib.refusals import NotHere
from sameboat.protocol import verify

SESSION_SECONDS = 600
RENEW_AFTER = 60
CLOSING_SECONDS = 7 * 86_400
CODE_SECONDS = 60 * 86_400
SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NOBODY = bytes(32)
# A good public key that is nobody's here (RFC 8032, 7.1), so that checking takes as long as for somebody.
NOBODYS_KEY = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")


@dataclass(frozen=True)
class NewUnlocker:
    """An unlocker to be stored, with the sealed account key. `lookup` is how its owner will be found."""

    unlocker: bytes
    kind: int
    lookup: bytes
    verifier: bytes
    wrap: bytes


@dataclass(frozen=True)
class Newcomer:
    """An account to be made; its own circle was verified by whoever calls."""

    account: bytes
    own_circle: bytes
    own_key: bytes
    consent_version: str
    can_start: bool


def day_of(now: int) -> datetime.date:
    """The day, all that is kept of when an account was made."""
    return datetime.datetime.fromtimestamp(now, tz=datetime.UTC).date()


# Coming in -----------------------------------------------------------------------------------------


def sign_in(lookup: bytes, sign_in_key: bytes, device: str, *, now: int) -> tuple[str, Session, Unlocker]:
    """A session for whoever holds the key that belongs to `lookup`. Raises NotKnown, whatever the reason."""
    found = Unlocker.objects.everywhere("the key is the proof").filter(lookup=lookup)
    stored = found.values_list("verifier", flat=True).first()
    holds = secrets.compare_digest(bytes(stored or NOBODY), verify.verifier_of(sign_in_key))
    unlocker = found.select_related("account").first() if holds else None
    if unlocker is None or unlocker.account.is_over(now):
        raise NotKnown
    token, session = open_session(unlocker.account, device, now=now)
    return token, session, unlocker


@transaction.atomic
def sign_in_on_own_device(
    account_id: bytes, time: int, nonce: bytes, signature: bytes, device: str, *, now: int
) -> tuple[str, Session]:
    """A session for whoever holds the own circle's signing key (SPEC 12). Raises NotKnown."""
    account = Account.objects.filter(id=account_id).first()
    key = bytes(account.own_key) if account else NOBODYS_KEY
    try:
        verify.check_device_sign_in(key, access.home(), account_id, time, nonce, signature, now=now)
    except verify.Failure:
        raise NotKnown from None
    if account is None or account.is_over(now):
        raise NotKnown
    spend_nonce(nonce, time)
    return open_session(account, device, now=now)


def spend_nonce(nonce: bytes, time: int) -> None:
    """What was signed at `time` comes in once. Raises NotKnown; called inside a transaction."""
    try:
        with transaction.atomic():
            UsedNonce.objects.create(nonce=nonce, expires_at=time + 2 * verify.CLOCK)
    except IntegrityError:
        raise NotKnown from None


def open_session(account: Account, device: str, *, now: int) -> tuple[str, Session]:
    """A fresh session and the value of its cookie, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session = Session(
        account=account,
        token_hash=access.token_hash(token),
        shown_id=secrets.token_bytes(16),
        device=device,
        started_at=now,
        expires_at=now + SESSION_SECONDS,
    )
    session.save(force_insert=True)
    return token, session


def renew(session: Session, *, now: int) -> None:
    """Puts the end of a session off; written at most once a minute."""
    if session.expires_at - now < SESSION_SECONDS - RENEW_AFTER:
        renew_all([session.pk], now=now)
        session.expires_at = now + SESSION_SECONDS


def renew_all(sessions: list[int], *, now: int) -> None:
    """Puts off the end of these sessions, of those that still live."""
    live = Session.objects.everywhere("each has an open stream or just asked").filter(expires_at__gt=now)
    live.filter(pk__in=sessions).update(expires_at=now + SESSION_SECONDS)


def end_session(session: Session) -> None:
    """Signs out. Ending twice is the same as once."""
    Session.objects.of(session.account_id).filter(pk=session.pk).delete()


def end_shown_session(account: Account, shown_id: bytes) -> None:
    """Ends one of the account's sessions, chosen from its list."""
    gone, _ = Session.objects.of(account).filter(shown_id=shown_id).delete()
    if not gone:
        raise NotHere


def end_other_sessions(session: Session) -> None:
    """Ends all sessions of the account but this one."""
    Session.objects.of(session.account_id).exclude(pk=session.pk).delete()


# Accounts ------------------------------------------------------------------------------------------


def add_account(newcomer: Newcomer, unlocker: NewUnlocker, record: tuple[int, bytes], *, now: int) -> Account:
    """Stores an account with its first unlocker and its record. Call inside a transaction."""
    today = day_of(now)
    account = Account(
        id=newcomer.account,
        made_on=today,
        can_start=newcomer.can_start,
        own_circle=newcomer.own_circle,
        own_key=newcomer.own_key,
        consent_version=newcomer.consent_version,
        consent_on=today,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AccountTaken from None
    add_unlocker(account, unlocker)
    put_record(account, Record.Slot.ACCOUNT, *record)
    return account


def add_unlocker(account: Account, new: NewUnlocker) -> None:
    """Stores an unlocker; that a signed event names it was verified before. Raises NameTaken."""
    try:
        with transaction.atomic():
            Unlocker.objects.everywhere("a new row").create(
                account=account,
                unlocker=new.unlocker,
                kind=new.kind,
                lookup=new.lookup,
                verifier=new.verifier,
                wrap=new.wrap,
            )
    except IntegrityError:
        raise NameTaken from None


def remove_unlocker(account: Account, unlocker: bytes) -> None:
    """Forgets an unlocker; the log has already said so."""
    Unlocker.objects.of(account).filter(unlocker=unlocker).delete()


def require_record_signed(account: Account, slot: str, version: int, sealed: bytes, signature: bytes) -> None:
    """Raises NotSigned unless the own circle's key signed for this record: a cookie alone changes none (P57)."""
    try:
        verify.check_record_put(bytes(account.own_key), bytes(account.pk), slot, version, sealed, signature)
    except verify.Failure:
        raise NotSigned from None


def require_close_signed(account: Account, time: int, signature: bytes, *, now: int) -> None:
    """Raises NotSigned unless the own circle's key wants the account deleted, just now."""
    try:
        verify.check_close(bytes(account.own_key), bytes(account.pk), time, signature, now=now)
    except verify.Failure:
        raise NotSigned from None


def require_way_signed(account: Account, what: str, way: list[Any], time: int, signature: bytes, *, now: int) -> None:
    """Raises NotSigned unless the own circle's key adds this device, mailbox or calendar, just now (P57)."""
    try:
        verify.check_way_put(bytes(account.own_key), bytes(account.pk), what, way, time, signature, now=now)
    except verify.Failure:
        raise NotSigned from None


def put_record(account: Account, slot: str, version: int, sealed: bytes) -> None:
    """Replaces a record by its next version. Raises RecordMoved with what is there, or WrongSize."""
    try:
        verify.check_sealed_size("record", len(sealed))
    except verify.Failure:
        raise WrongSize from None
    mine = Record.objects.of(account).filter(slot=slot)
    if mine.filter(version=version - 1).update(version=version, sealed=sealed):
        return
    try:
        if version == 1:
            with transaction.atomic():
                mine.create(account=account, slot=slot, version=1, sealed=sealed)
            return
    except IntegrityError:
        pass
    found = mine.first()
    if found and found.version == version and bytes(found.sealed) == sealed:
        # The answer was lost, and it came again.
        return
    raise RecordMoved(found.version if found else 0, bytes(found.sealed) if found else b"")


def put_again(account: Account, slot: str, version: int, sealed: bytes) -> None:
    """A record that is newer than what a copy of the database held, from whoever still has it. Raises as above."""
    try:
        verify.check_sealed_size("record", len(sealed))
    except verify.Failure:
        raise WrongSize from None
    mine = Record.objects.of(account).filter(slot=slot)
    if mine.filter(version__lt=version).update(version=version, sealed=sealed):
        return
    found = mine.first()
    if found is None:
        mine.create(account=account, slot=slot, version=version, sealed=sealed)
    elif found.version != version or bytes(found.sealed) != sealed:
        raise RecordMoved(found.version, bytes(found.sealed))


def set_own_key(account: Account, key: bytes) -> None:
    """Follows a `rekey` in the own circle, so that the device can go on signing in."""
    Account.objects.filter(pk=account.pk).update(own_key=key)


def begin_closing(account: Account, *, now: int) -> int:
    """Ends every session and sets the day of deletion. Returns it, in seconds."""
    closing_at = now + CLOSING_SECONDS
    Account.objects.filter(pk=account.pk).update(closing_at=closing_at)
    Session.objects.of(account).delete()
    return closing_at


def keep_account(account: Account) -> None:
    """Takes a closing back."""
    Account.objects.filter(pk=account.pk).update(closing_at=None)


# The operator's permission to start ------------------------------------------------------------------


def make_start_code(*, now: int, uses: int = 1) -> str:
    """A code like `boat-7F3K-9QXA-M2TC`, shown once; its hash is stored. Good for 60 days."""
    text = "".join(secrets.choice(SYMBOLS) for _ in range(12))
    StartCode.objects.create(code_hash=_code_hash(text), uses_left=uses, expires_at=now + CODE_SECONDS)
    return f"boat-{text[:4]}-{text[4:8]}-{text[8:]}"


def spend_start_code(typed: str, *, now: int) -> None:
    """Uses a code once. Raises BadRight for a wrong, old or used-up one alike."""
    if not _good_codes(typed, now).update(uses_left=F("uses_left") - 1):
        raise BadRight


def check_start_code(typed: str, *, now: int) -> None:
    """Raises BadRight where the code would not work; uses nothing up."""
    if not _good_codes(typed, now).exists():
        raise BadRight


def _good_codes(typed: str, now: int) -> models.QuerySet[StartCode]:
    return StartCode.objects.filter(code_hash=_code_hash(typed), uses_left__gt=0, expires_at__gt=now)


def _code_hash(typed: str) -> bytes:
    text = typed.upper().replace("-", "").replace(" ", "").removeprefix("BOAT")
    return hashlib.sha256(b"sameboat start code " + text.encode("utf-8", "replace")).digest()
