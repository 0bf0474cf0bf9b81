"""Ways in: adding a recovery code, changing the passphrase. Each is a signed event of the own circle (SPEC 4).

A stolen session changes none of them: the account key is unwrapped anew with an unlocker typed again (P57).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from sameboat.client.account import Account
from sameboat.client.circle import TRIES, Batch, Circle
from sameboat.client.http import Away, Refused, b64, listed, unb64
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import Unlocker, new_code, passkey_unlocker, passphrase_unlocker, unlock_body, unwrap, wrap
from sameboat.protocol.seal import code_unlocker as of_code

ADD, REMOVE = 1, 2


@dataclass(frozen=True)
class Stored:
    """An unlocker as the server has it."""

    id: bytes
    kind: int
    wrap: bytes


def stored(account: Account) -> list[Stored]:
    """The account's unlockers."""
    rows = listed(account.wire.get("/unlockers"), "unlockers")
    return [Stored(unb64(row.get("id")), int(row.get("kind", 0)), unb64(row.get("wrap"))) for row in rows]


def prove(account: Account, by: Unlocker) -> Stored:
    """Which stored unlocker this one is: it must open the very key in use. Raises Failure `cannot_open`."""
    for one in stored(account):
        try:
            ak = unwrap(by, one.wrap, account.id, one.id)
        except Failure:
            continue
        if ak == account.ak:
            return one
    raise Failure("cannot_open")


def add_code(account: Account, own: Circle) -> str:
    """Makes a recovery code and returns it, to be shown once."""
    code = new_code()
    _change(account, own, of_code(account.home, code), None)
    return code


def add_passkey(account: Account, own: Circle, result: bytes, label: str) -> bytes:
    """Adds a passkey by what its `prf` gave; its name is sealed among one's own settings. Returns its id."""
    unlocker = _change(account, own, passkey_unlocker(account.home, result), None)
    account.set_mine("ways", dict(account.mine.get("ways") or {}) | {b64(unlocker): label})
    return unlocker


def renew_code(account: Account, own: Circle, by: Unlocker) -> str:
    """A new recovery code in the place of the old. `by`: an unlocker typed again."""
    prove(account, by)
    code, old = new_code(), next((one for one in stored(account) if one.kind == 2), None)
    _change(account, own, of_code(account.home, code), old)
    return code


def change_passphrase(account: Account, own: Circle, by: Unlocker, name: str, passphrase: str) -> None:
    """Another passphrase for the same account key; other sessions end. `by`: an unlocker typed again."""
    prove(account, by)
    old = next(one for one in stored(account) if one.kind == 1)
    _change(account, own, passphrase_unlocker(account.home, name, passphrase), old)


def remove(account: Account, own: Circle, gone: Stored) -> None:
    """Takes a way in away. Raises Failure `last_two`."""
    _change(account, own, None, gone)


def _change(account: Account, own: Circle, add: Unlocker | None, gone: Stored | None) -> bytes:
    unlocker = os.urandom(16)
    wrapped = wrap(add, account.ak, account.id, unlocker) if add else b""
    for _ in range(TRIES):
        own.catch_up()
        batch = own.batch()
        if add:
            batch.add("unlock", unlock_body(ADD, add.kind, unlocker, wrapped, add.verifier, add.lookup))
        if gone:
            batch.add("unlock", _taken_away(batch, gone))
        told = {"add": told_of(add, unlocker, wrapped), "remove": b64(gone.id) if gone else None}
        try:
            account.wire.post("/unlockers", batch.body() | told)
        except Refused as refused:
            if refused.code != "superseded":
                raise
            continue
        own.adopt(batch)
        return unlocker
    raise Away("others are always quicker")


def _taken_away(batch: Batch, gone: Stored) -> list[Any]:
    known = batch.state.unlockers.get(gone.id)
    if known is None:
        raise Failure("unknown_unlocker")
    return [REMOVE, known[0], gone.id, *known[1:]]


def told_of(add: Unlocker | None, unlocker: bytes, wrapped: bytes) -> dict[str, Any] | None:
    """An unlocker as the server takes it."""
    if add is None:
        return None
    return {
        "id": b64(unlocker),
        "kind": add.kind,
        "lookup": b64(add.lookup),
        "verifier": b64(add.verifier),
        "wrap": b64(wrapped),
    }
