"""Account key, unlockers, recovery code and records: SPEC.md section 3. The server never opens these."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from sameboat.protocol.encoding import Many, Shape, decode, enc
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, lock, unlock
from sameboat.protocol.primitives import h, kdf, pad, sign, unpad

PASSPHRASE, RECOVERY_CODE, PASSKEY = 1, 2, 3
RECORD_MOST = 262144
PASSKEY_NAME_MOST = 512
WHITE_SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
ENTRY: Shape = ["b32", "u", "b16", "b32", "b32", "b", "b"]
BODIES: dict[str, Shape] = {
    "account": ["u", "t64", "b32?", Many(ENTRY)],
    "pins": ["u", Many(["b32", "u", "b32"])],
    "mine": ["u", "t0-262144"],
}


def sign_in_name(typed: str) -> str:
    """The name as it is compared: NFKC, lower case, single spaces. `too_short`, `too_long`."""
    lower = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).lower())
    name = re.sub(f"[{WHITE_SPACE}]+", " ", lower).strip(" ")
    require(len(name) >= 2, "too_short")
    require(len(name) <= 64, "too_long")
    return name


def name_id(home: str, typed: str) -> bytes:
    """The 16 bytes by which the server finds an account with this sign-in name."""
    return h("sign-in-name", home, sign_in_name(typed))[:16]


def passphrase_master(home: str, typed_name: str, typed: str) -> bytes:
    """Argon2id (RFC 9106) with the parameters of the suite; nothing the server says can weaken them."""
    passphrase = unicodedata.normalize("NFKC", typed).strip(" ")
    require(len(passphrase) >= 12, "too_short")
    salt = h("salt", home, sign_in_name(typed_name))[:16]
    return hash_secret_raw(passphrase.encode(), salt, 3, 65536, 1, 32, Type.ID, 19)


def code_from(random28: list[int]) -> str:
    """A recovery code from 28 numbers below 31, as it is written: seven groups of five with hyphens."""
    groups = []
    for g in range(7):
        four = random28[4 * g : 4 * g + 4]
        check = (sum((i + 1) * n for i, n in enumerate(four)) + g) % 31
        groups.append("".join(SYMBOLS[n] for n in [*four, check]))
    return "-".join(groups)


def new_code(chance: Chance = CHANCE) -> str:
    """A fresh code: bytes of 248 and above are thrown away, so each symbol is as likely as any other."""
    numbers: list[int] = []
    while len(numbers) < 28:
        byte = chance.take(1)[0]
        if byte < 248:
            numbers.append(byte % 31)
    return code_from(numbers)


def read_code(typed: str) -> str:
    """The 28 symbols of a typed code; `code_length`, or `code_group` with its number from 1 as detail."""
    swap = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
    symbols = typed.upper().translate(swap)
    require(len(symbols) == 35, "code_length")
    kept = ""
    for g in range(7):
        group = symbols[5 * g : 5 * g + 5]
        values = [SYMBOLS.find(c) for c in group]
        check = (sum((i + 1) * n for i, n in enumerate(values[:4])) + g) % 31
        if -1 in values or check != values[4]:
            raise Failure("code_group", g + 1)
        kept += group[:4]
    return kept


def code_master(home: str, typed: str) -> bytes:
    """The master of a recovery code."""
    return kdf(read_code(typed).encode("ascii"), b"", 32, "recovery-code", home)


@dataclass(frozen=True)
class Unlocker:
    """What a passphrase or code yields. Only `lookup` and `sign_in` are ever shown to the server."""

    kind: int
    lookup: bytes
    wrapping: bytes
    sign_in: bytes
    verifier: bytes


def unlocker(kind: int, master: bytes, lookup: bytes) -> Unlocker:
    """The keys under a master: one to wrap, another, unrelated, to sign in."""
    sign_in = kdf(master, b"", 32, "unlocker/sign-in", kind)
    return Unlocker(kind, lookup, kdf(master, b"", 32, "unlocker/wrap", kind), sign_in, h("verifier", sign_in))


def passphrase_unlocker(home: str, typed_name: str, typed: str) -> Unlocker:
    """The unlocker of a sign-in name and passphrase."""
    return unlocker(PASSPHRASE, passphrase_master(home, typed_name, typed), name_id(home, typed_name))


def code_unlocker(home: str, typed: str) -> Unlocker:
    """The unlocker of a recovery code; it finds the account by itself."""
    master = code_master(home, typed)
    return unlocker(RECOVERY_CODE, master, kdf(master, b"", 16, "recovery-lookup"))


def passkey_input(home: str) -> bytes:
    """What a passkey is asked about: 32 bytes, the same for everybody on this instance."""
    return h("passkey-input", home)


def passkey_unlocker(home: str, result: bytes) -> Unlocker:
    """The unlocker of a passkey, from the 32 bytes that its `prf` gives. Another length: `bad_key`."""
    require(len(result) == 32, "bad_key")
    master = kdf(result, b"", 32, "passkey", home)
    return unlocker(PASSKEY, master, kdf(master, b"", 16, "passkey-lookup"))


def seal_passkey_name(
    home: str, handle: bytes, account: bytes, passkey: bytes, name: str, chance: Chance = CHANCE
) -> bytes:
    """The sign-in name, for whoever holds the `handle` of a passkey that only signs in."""
    key = kdf(handle, b"", 32, "passkey-name-key", home)
    return lock(key, pad(enc(name), PASSKEY_NAME_MOST), "passkey-name", account, passkey, chance=chance)


def open_passkey_name(home: str, handle: bytes, account: bytes, passkey: bytes, sealed: bytes) -> str:
    """The sign-in name again, or nothing where none was known. `cannot_open`, `bad_padding`, `not_canonical`."""
    key = kdf(handle, b"", 32, "passkey-name-key", home)
    inside = unpad(unlock(key, sealed, "passkey-name", account, passkey), PASSKEY_NAME_MOST)
    return str(decode(inside, "t0-64", PASSKEY_NAME_MOST))


def sign_passkey_put(keys: MemberKeys, account: bytes, passkey: bytes, key: bytes, name: bytes, time: int) -> bytes:
    """With the own circle's key, somebody adds a passkey that signs in (SPEC 3)."""
    return sign(keys.sign, "passkey-put", account, passkey, key, name, time)


def sign_passkey_drop(keys: MemberKeys, account: bytes, passkey: bytes, time: int) -> bytes:
    """With the own circle's key, somebody takes such a passkey away (SPEC 3)."""
    return sign(keys.sign, "passkey-drop", account, passkey, time)


def wrap(by: Unlocker, ak: bytes, account: bytes, unlocker_id: bytes, chance: Chance = CHANCE) -> bytes:
    """The account key, wrapped: bound to account, kind and id."""
    return lock(by.wrapping, ak, "wrap", account, by.kind, unlocker_id, chance=chance)


def unwrap(by: Unlocker, wrapped: bytes, account: bytes, unlocker_id: bytes) -> bytes:
    """The 32-byte account key, or `cannot_open`."""
    ak = unlock(by.wrapping, wrapped, "wrap", account, by.kind, unlocker_id)
    require(len(ak) == 32, "cannot_open")
    return ak


def record_key(ak: bytes, account: bytes, slot: str) -> bytes:
    """The key of one record slot; slot `local` is for what stays on one's own device."""
    return kdf(ak, b"", 32, "record-key", account, slot)


def seal_record(ak: bytes, account: bytes, slot: str, body: list[Any], chance: Chance = CHANCE) -> bytes:
    """Seal a record; its version is the first item of its body."""
    key, padded = record_key(ak, account, slot), pad(enc(body), RECORD_MOST)
    return lock(key, padded, "record", account, slot, body[0], chance=chance)


def open_record(ak: bytes, account: bytes, slot: str, version: int, sealed: bytes, seen: int = 0) -> list[Any]:
    """The body of a record of this version. Lower than one seen before: `rolled_back`."""
    require(version >= seen, "rolled_back")
    padded = unlock(record_key(ak, account, slot), sealed, "record", account, slot, version)
    body: list[Any] = decode(unpad(padded, RECORD_MOST), BODIES[slot], RECORD_MOST)
    require(body[0] == version, "not_canonical")
    return body


def seal_local(ak: bytes, account: bytes, name: str, content: bytes, chance: Chance = CHANCE) -> bytes:
    """Seal something that stays on one's own device."""
    return lock(record_key(ak, account, "local"), content, "local", account, name, chance=chance)


def open_local(ak: bytes, account: bytes, name: str, sealed: bytes) -> bytes:
    """Open what `seal_local` sealed under the same name."""
    return unlock(record_key(ak, account, "local"), sealed, "local", account, name)
