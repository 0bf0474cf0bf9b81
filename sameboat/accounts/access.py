"""The only ways to get an account, a session or a record; each needs what proves that it is one's own."""

from __future__ import annotations

import hashlib
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import cast

from django.conf import settings

from sameboat.accounts.models import Account, Home, Record, Session
from sameboat.lib.refusals import NotHere
from sameboat.lib.rows import Rows

# Asked with every request; the cookie is the proof.
LIVE = Rows(Session, "token_hash = %s AND expires_at > %s")
BY_ID = Rows(Account, "id = %s")
COOKIE = "__Secure-sameboat" if settings.SECURE_ORIGIN else "sameboat"


def home() -> str:
    """The constant text of this instance, made when first asked for."""
    row, _ = Home.objects.get_or_create(id=1, defaults={"text": f"boat-{secrets.token_hex(8)}"})
    return row.text


def token_hash(token: str) -> bytes:
    """What is stored of a cookie: enough to know it again, not enough to be it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def session_of(token: str | None, *, now: int) -> Session | None:
    """The live session of a cookie's value, with its account, or None."""
    session = LIVE.first(token_hash(token), now) if token else None
    if session is None:
        return None
    session.account = cast(Account, BY_ID.first(session.account_id))
    return None if session.account.is_over(now) else session


def cookie_of(header: str) -> str | None:
    """Our cookie's value in a Cookie header, for the stream, which is not a Django view."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def my_record(account: object, slot: str) -> Record:
    """This account's record in a slot."""
    record = Record.objects.of(account).filter(slot=slot).first()
    if record is None:
        raise NotHere
    return record
