"""Someone may know the passphrase: every key of an account anew (SPEC 3, renewal).

First the account in one request, then one group after the other. What is still to come stands among one's own
settings, so that it goes on by itself after whatever happens in between.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import Any

from sameboat.client import unlockers
from sameboat.client.account import Account, Entry
from sameboat.client.circle import TRIES, Batch, Circle, Stopped
from sameboat.client.epoch import Ring
from sameboat.client.governance import rekey
from sameboat.client.http import Away, BadAnswer, Refused, b64, unb64
from sameboat.client.messages import Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.making import sign_record_put
from sameboat.protocol.seal import (
    MemberKeys,
    Unlocker,
    code_unlocker,
    member_keys,
    new_code,
    passphrase_unlocker,
    rekey_body,
    unlock_body,
    wrap,
)

RENEWING, NAMES = "renewing", "ways"


def renew_account(account: Account, own: Circle, by: Unlocker, name: str, passphrase: str) -> str:
    """New account key, own keys, passphrase and recovery code at once; passkeys and other sessions end.

    `by`: an unlocker typed again. Returns the code. Raises Failure `cannot_open`, Away.
    """
    unlockers.prove(account, by)
    code, ak = new_code(), os.urandom(32)
    ways = [passphrase_unlocker(account.home, name, passphrase), code_unlocker(account.home, code)]
    for _ in range(TRIES):
        own.catch_up()
        account.refresh()
        if _renewed(account, own, ak, [(way, os.urandom(16)) for way in ways]):
            return code
    raise Away("others are always quicker")


def renew_groups(account: Account, talks: dict[bytes, Talk], open_group: Callable[[Entry], None]) -> int:
    """New keys in every group that has none yet; says in how many. Called again, it goes on.

    `talks`: the groups that are open; `open_group` adds another one there.
    One group that says no stands in no other's way: it stays to come, and Away is raised after the last. So does one
    that nobody has been in yet, without a word: behind a door that opens later, the first act is this one.
    """
    done, wrong = 0, None
    for circle, old in _still(account).items():
        try:
            talk = _brought(account, talks, open_group, circle)
            if talk is None:
                continue
            done += _renewed_in(account, talk, old)
            rest = {b64(one): b64(key) for one, key in _still(account).items() if one != circle}
            account.set_mine(RENEWING, rest)
        except (Away, BadAnswer, Failure, Refused, Stopped) as failed:
            wrong = failed
    if wrong is not None:
        raise Away("some groups are still to come") from wrong
    return done


def _brought(
    account: Account, talks: dict[bytes, Talk], open_group: Callable[[Entry], None], circle: bytes
) -> Talk | None:
    """A group read to the end; None for one that this person has not been in yet, as far as their devices know."""
    talk, entry = talks.get(circle), account.entry(circle)
    try:
        if talk is not None:
            talk.look()
        elif entry is not None:
            open_group(entry)
    except Refused as refused:
        is_mine = talk.circle.keys.member in talk.circle.state.members if talk else circle in account.pins
        if refused.status != 404 or is_mine:
            raise
    return talks.get(circle)


def _renewed_in(account: Account, talk: Talk, old: bytes) -> bool:
    """Whether this member has new keys there. `old`: the newest key that whoever had the old account key could open."""
    circle = talk.circle
    newer = list(takewhile(lambda keys: keys.sign_pk != old, account.keys_of(circle.id)))
    circle.take_keys(*newer)
    me = circle.state.members.get(circle.keys.member)
    if me is None and circle.keys.member in circle.state.gone_at:
        return False
    if me is None:
        raise BadAnswer("a log that does not know whose it is")
    if me.sign_pk not in [keys.sign_pk for keys in newer]:
        rekey(talk, account, newer[0] if newer else None)
    return True


def _still(account: Account) -> dict[bytes, bytes]:
    found = account.mine.get(RENEWING)
    return {unb64(circle): unb64(key) for circle, key in found.items()} if isinstance(found, dict) else {}


def _renewed(account: Account, own: Circle, ak: bytes, ways: list[tuple[Unlocker, bytes]]) -> bool:
    keys = member_keys(own.keys.member, os.urandom(32), os.urandom(32))
    batch, told = _batch(account, own, ak, keys, ways)
    others = {entry.circle: entry.keys.sign_pk for entry in reversed(account.entries) if entry.circle != own.id}
    settings = {one: value for one, value in account.mine.items() if one != NAMES}
    settings[RENEWING] = {b64(circle): b64(key) for circle, key in others.items()}
    new = replace(account, ak=ak, entries=[Entry(own.id, account.own.kind, keys), *account.entries], mine=settings)
    versions = {slot: account.versions.get(slot, 0) + 1 for slot in ("account", "mine", *_pins(account))}
    sealed = {slot: new.seal_as(slot, version) for slot, version in versions.items()}
    records = {slot: _told(new, slot, version, sealed[slot]) for slot, version in versions.items()}
    try:
        account.wire.post("/account/renewal", batch.body() | records | {"unlockers": told})
    except Refused as refused:
        if refused.code not in ("superseded", "record_moved"):
            raise
        return False
    account.ak, account.entries, account.mine = ak, new.entries, settings
    account.versions |= versions
    account.newest |= sealed
    own.adopt(batch)
    own.take_keys(keys)
    return True


def _batch(
    account: Account, own: Circle, ak: bytes, keys: MemberKeys, ways: list[tuple[Unlocker, bytes]]
) -> tuple[Batch, list[dict[str, Any] | None]]:
    batch, before, told = own.batch(), dict(own.state.unlockers), []
    for way, unlocker in ways:
        wrapped = wrap(way, ak, account.id, unlocker)
        batch.add("unlock", unlock_body(unlockers.ADD, way.kind, unlocker, wrapped, way.verifier, way.lookup))
        told.append(unlockers.told_of(way, unlocker, wrapped))
    for unlocker, (kind, *hashes) in before.items():
        batch.add("unlock", [unlockers.REMOVE, kind, unlocker, *hashes])
    batch.add("rekey", rekey_body(own.keys, keys, batch.state))
    batch.keys = keys
    Ring(own).rotate(batch)
    return batch, told


def _pins(account: Account) -> tuple[str, ...]:
    return ("pins",) if "pins" in account.versions else ()


def _told(new: Account, slot: str, version: int, sealed: bytes) -> dict[str, Any]:
    signature = sign_record_put(new.own.keys, new.id, slot, version, sealed)
    return {"version": version, "sealed": b64(sealed), "sig": b64(signature)}
