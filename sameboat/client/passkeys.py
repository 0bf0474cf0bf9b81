"""Passkeys that only sign in (SPEC 3): added, taken away, and come in with. The passphrase or code opens after it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any, Protocol

from sameboat.client.account import Account, open_told
from sameboat.client.http import Wire, b64, listed, unb64
from sameboat.client.unlockers import Stored
from sameboat.protocol.account import (
    Unlocker,
    open_passkey_name,
    seal_passkey_name,
    sign_passkey_drop,
    sign_passkey_put,
)
from sameboat.protocol.passkeys import Assertion, passkey_challenge, passkey_id


class Passkey(Protocol):
    """An authenticator's passkey: what it is known by, the handle it gives to its owner alone, its public key."""

    credential: bytes
    handle: bytes
    key: bytes

    def answer(self, challenge: bytes, origin: str) -> Assertion:
        """Signs a challenge for a site, as a browser would have it do."""
        ...


@dataclass
class Signed:
    """Signed in, and nothing opened. `name` is the sign-in name, empty where it was not known."""

    wire: Wire
    home: str
    told: dict[str, Any]
    name: str

    def open(self, by: Unlocker) -> Account:
        """The account, by a passphrase or code typed. Raises Failure `cannot_open`."""
        rows = listed(self.wire.get("/unlockers"), "unlockers")
        stored = [Stored(unb64(row.get("id")), int(row.get("kind", 0)), unb64(row.get("wrap"))) for row in rows]
        wraps = [(one.id, one.wrap) for one in stored if one.kind == by.kind]
        return open_told(self.wire, self.home, by, self.told, wraps)


def put(account: Account, passkey: Passkey, name: str, label: str) -> bytes:
    """Adds a passkey. `name`: the sign-in name; `label`: what its owner calls it, sealed. Returns its id."""
    known, now = passkey_id(passkey.credential), int(account.clock())
    sealed = seal_passkey_name(account.home, passkey.handle, account.id, known, name)
    sig = sign_passkey_put(account.own.keys, account.id, known, passkey.key, sealed, now)
    told = {"id": b64(known), "key": b64(passkey.key), "name": b64(sealed), "time": now, "sig": b64(sig)}
    account.wire.post("/passkeys", told)
    account.set_mine("ways", dict(account.mine.get("ways") or {}) | {b64(known): label})
    return known


def ids(account: Account) -> list[bytes]:
    """Those there are."""
    return [unb64(row.get("id")) for row in listed(account.wire.get("/passkeys"), "passkeys")]


def drop(account: Account, known: bytes) -> None:
    """Takes one away. Raises Refused where there is none of this id."""
    now = int(account.clock())
    sig = sign_passkey_drop(account.own.keys, account.id, known, now)
    account.wire.post("/passkeys/drop", {"id": b64(known), "time": now, "sig": b64(sig)})


def sign_in(wire: Wire, home: str, origin: str, passkey: Passkey, *, device: str = "mine") -> Signed:
    """A session by a passkey alone. Raises Refused `not_known`, Failure where the name is not for this passkey."""
    now, nonce, known = int(time.time()), os.urandom(16), passkey_id(passkey.credential)
    answer = passkey.answer(passkey_challenge(home, now, nonce), origin)
    asked = {"id": b64(known), "time": now, "nonce": b64(nonce), "device": device}
    parts = {"data": b64(answer.data), "client": b64(answer.client), "sig": b64(answer.signature)}
    told = wire.post("/passkeys/session", asked | parts)
    name = open_passkey_name(home, passkey.handle, unb64(told.get("account")), known, unb64(told.get("name")))
    return Signed(wire, home, told, name)
