"""One's own ways of being told, and one's calendar address: added with the own circle's key (SPEC 12)."""

from __future__ import annotations

from sameboat.client.account import Account
from sameboat.client.http import b64
from sameboat.protocol.seal import sign_way_put


def make_calendar(account: Account, title: str, *, anew: bool) -> str | None:
    """One's calendar address under these words; its secret where a new one was made. Raises Refused."""
    now = int(account.clock())
    sig = sign_way_put(account.own.keys, account.id, "calendar", [title, anew], now)
    told = account.wire.put("/calendar", {"title": title, "anew": anew, "time": now, "sig": b64(sig)})
    secret = told.get("secret")
    return secret if isinstance(secret, str) else None
