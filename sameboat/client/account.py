"""One account on one site: coming in, the sealed records, and the unlockers (SPEC 3).

The account key opens everything else. It is made here, leaves only wrapped, and is dropped on leaving.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sameboat.client.http import BadAnswer, Refused, Wire, b64, listed, number, unb64
from sameboat.protocol.account import (
    Unlocker,
    open_record,
    seal_record,
    unwrap,
)
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import MemberKeys, open_entry, seal_entry
from sameboat.protocol.making import sign_record_put
from sameboat.protocol.primitives import sign

Clock = Callable[[], float]
OWN, GROUP = 0, 2
SLOTS = ("account", "pins", "mine")
TRIES = 5


@dataclass(frozen=True)
class Entry:
    """One circle of the account record: its id, its kind, and who one is there."""

    circle: bytes
    kind: int
    keys: MemberKeys


@dataclass
class Account:
    """An open account. `versions` holds the newest version seen of each record; none may go back.

    A circle stands more than once among the `entries` after a `rekey`, the newest keys first (SPEC 3).
    """

    wire: Wire
    home: str
    id: bytes
    ak: bytes
    entries: list[Entry] = field(default_factory=list)
    pins: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    mine: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    can_start: bool = False
    clock: Clock = time.time
    closing_at: int | None = None
    newest: dict[str, bytes] = field(default_factory=dict)

    @property
    def own(self) -> Entry:
        """The own circle: only this account is in it."""
        return next(entry for entry in self.entries if entry.kind == OWN)

    def entry(self, circle: bytes) -> Entry | None:
        return next((entry for entry in self.entries if entry.circle == circle), None)

    def remember(self, entry: Entry) -> None:
        """Adds a circle to the record and keeps it. The same circle again replaces who one is there."""

        def add() -> None:
            self.entries = [known for known in self.entries if known.circle != entry.circle] + [entry]

        self._keep("account", add)

    def remember_beside(self, entry: Entry) -> None:
        """Adds new keys for a circle, and keeps those of before for what was sealed to them."""
        try:
            self._keep("account", lambda: self.entries.insert(0, entry))
        except BaseException:
            # Nothing may be used by these keys unless they surely stand in the record.
            self.entries = [known for known in self.entries if known is not entry]
            raise

    def keys_of(self, circle: bytes) -> list[MemberKeys]:
        """One's keys in a circle, the newest first."""
        return [entry.keys for entry in self.entries if entry.circle == circle]

    def forget(self, circle: bytes) -> None:
        """Takes a circle out of the records."""

        def drop() -> None:
            self.entries = [known for known in self.entries if known.circle != circle]

        # Pins first: a pin without its circle would look like a record that was put back.
        if circle in self.pins:
            self._keep("pins", lambda: self.pins.pop(circle, None))
        self._keep("account", drop)

    def pin(self, heads: dict[bytes, tuple[int, bytes]]) -> None:
        """Keeps how far each circle's log was seen, so that another device notices if it is put back."""

        def add() -> None:
            for circle, (seq, head) in heads.items():
                if self.pins.get(circle, (-1, b""))[0] < seq:
                    self.pins[circle] = (seq, head)

        self._keep("pins", add)

    def set_mine(self, name: str, value: Any) -> None:
        """Keeps one of the member's own settings; what other clients keep beside it stays."""
        self._keep("mine", lambda: self.mine.__setitem__(name, value))

    def take(self, slot: str, version: int, sealed: bytes) -> None:
        """Opens a record as the server gave it. Older than one seen: Failure `rolled_back` (P9)."""
        body = open_record(self.ak, self.id, slot, version, sealed, self.versions.get(slot, 0))
        self.versions[slot], self.newest[slot] = version, sealed
        if slot == "account":
            self._take_account(body)
        elif slot == "pins":
            self.pins = {circle: (seq, head) for circle, seq, head in body[1]}
        else:
            self.mine = _object(body[1])

    def refresh(self) -> None:
        """Reads all records again. Raises Failure `rolled_back` where the server gives an older one."""
        for slot in SLOTS:
            self.refresh_slot(slot)

    def hand_back(self, slot: str) -> bool:
        """Gives the server the newest record seen, byte for byte; whether it took it: a copy had been put back."""
        if slot not in self.newest or not self.entries:
            return False
        version, sealed = self.versions[slot], self.newest[slot]
        sig = sign_record_put(self.own.keys, self.id, slot, version, sealed)
        try:
            told = {"version": version, "sealed": b64(sealed), "sig": b64(sig)}
            self.wire.put(f"/repair/records/{slot}", told)
        except Refused:
            return False
        return True

    def check_pins(self) -> None:
        """A pin of a circle that the account record does not name: one of the two was put back (P9)."""
        if any(self.entry(circle) is None for circle in self.pins):
            raise Failure("rolled_back")

    def sealed_account(self, version: int) -> bytes:
        """The account record of this version, sealed."""
        lines = [seal_entry(self.ak, self.id, one.circle, one.kind, one.keys) for one in self.entries]
        return seal_record(self.ak, self.id, "account", [version, self.home, self.own.circle, lines])

    def _take_account(self, body: list[Any]) -> None:
        _, home, own, lines = body
        if home != self.home:
            raise Failure("wrong_circle")
        self.entries = [Entry(line[0], line[1], open_entry(self.ak, self.id, line)) for line in lines]
        if own is None or self.entry(own) is None:
            raise Failure("not_canonical")

    def seal_as(self, slot: str, version: int) -> bytes:
        """A record as it is now, sealed as this version."""
        if slot == "account":
            return self.sealed_account(version)
        if slot == "pins":
            pins = [[circle, seq, head] for circle, (seq, head) in sorted(self.pins.items())]
            return seal_record(self.ak, self.id, slot, [version, pins])
        text = json.dumps(self.mine, ensure_ascii=False, sort_keys=True)
        return seal_record(self.ak, self.id, slot, [version, text])

    def _keep(self, slot: str, change: Callable[[], object]) -> None:
        """Changes a record and stores it; where another device was quicker, changes theirs instead."""
        for _ in range(TRIES):
            change()
            version = self.versions.get(slot, 0) + 1
            try:
                sealed = self.seal_as(slot, version)
                sig = sign_record_put(self.own.keys, self.id, slot, version, sealed)
                self.wire.put(f"/records/{slot}", {"version": version, "sealed": b64(sealed), "sig": b64(sig)})
            except Refused as refused:
                if refused.code != "record_moved":
                    raise
                self.take(slot, number(refused.body, "version"), unb64(refused.body.get("sealed")))
            else:
                self.versions[slot], self.newest[slot] = version, sealed
                return
        raise BadAnswer("the record never stops moving")

    def refresh_slot(self, slot: str) -> None:
        """Reads one record again, as `refresh`."""
        try:
            told = self.wire.get(f"/records/{slot}")
        except Refused as refused:
            if refused.status == 404 and slot not in self.versions:
                return
            if refused.status == 404:
                raise Failure("rolled_back") from None
            raise
        self.take(slot, number(told, "version"), unb64(told.get("sealed")))


def sign_in(
    wire: Wire,
    home: str,
    by: Unlocker,
    *,
    name: str | None = None,
    device: str = "mine",
    clock: Clock = time.time,
    seen: dict[str, int] | None = None,
) -> Account:
    """Comes in with a passphrase's unlocker and the sign-in name, or with a recovery code's alone.

    `seen`: versions of records that an earlier visit saw.

    Raises Refused `not_known`; Failure where what the server gives cannot be ours or is older than seen.
    """
    who = {"lookup": b64(by.lookup)} if name is None else {"name": name}
    told = wire.post("/sessions", {**who, "sign_in_key": b64(by.sign_in), "device": device})
    unlocker = told.get("unlocker")
    if not isinstance(unlocker, dict):
        raise BadAnswer("no unlocker")
    account = unb64(told.get("account"))
    # The kind is the one typed, never the one the server names (P4).
    ak = unwrap(by, unb64(unlocker.get("wrap")), account, unb64(unlocker.get("id")))
    return _opened(Account(wire, home, account, ak, clock=clock, versions=dict(seen or {})), told)


def open_told(wire: Wire, home: str, by: Unlocker, told: dict[str, Any], wraps: list[tuple[bytes, bytes]]) -> Account:
    """The account of a session that is open already, by the first of these wraps (id, bytes) that this one opens.

    Raises Failure `cannot_open`, and where what the server gives cannot be ours.
    """
    account = unb64(told.get("account"))
    for unlocker, wrapped in wraps:
        try:
            ak = unwrap(by, wrapped, account, unlocker)
        except Failure:
            continue
        return _opened(Account(wire, home, account, ak), told)
    raise Failure("cannot_open")


def come_back(wire: Wire, account: Account) -> Account:
    """A new session with the own circle's key, as on one's own device: nothing is typed (SPEC 12)."""
    now, nonce = int(account.clock()), os.urandom(16)
    signature = sign(account.own.keys.sign, "device-sign-in", account.home, account.id, now, nonce)
    told = wire.post(
        "/sessions",
        {"account": b64(account.id), "time": now, "nonce": b64(nonce), "sig": b64(signature), "device": "mine"},
    )
    return _opened(replace(account, versions=dict(account.versions)), told)


def still_in(wire: Wire, account: Account) -> Account:
    """The account again in a session that is still open, with its records read anew."""
    return _opened(replace(account, wire=wire, versions=dict(account.versions)), wire.get("/session"))


def sessions(wire: Wire) -> list[dict[str, Any]]:
    """Where this account is signed in."""
    return listed(wire.get("/sessions"), "sessions")


def _opened(account: Account, told: dict[str, Any]) -> Account:
    records = told.get("records")
    if not isinstance(records, dict) or not isinstance(records.get("account"), dict):
        raise BadAnswer("no account record")
    for slot in SLOTS:
        record = records.get(slot)
        there = number(record, "version") if isinstance(record, dict) else 0
        if there < account.versions.get(slot, 0) and account.hand_back(slot):
            account.refresh_slot(slot)
        elif isinstance(record, dict):
            account.take(slot, there, unb64(record.get("sealed")))
        elif slot in account.versions:
            raise Failure("rolled_back")
    account.check_pins()
    account.can_start = told.get("can_start") is True
    closing = told.get("closing_at")
    account.closing_at = closing if type(closing) is int else None
    return account


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
