"""A member's keys in one circle, and how the account record holds them: SPEC.md section 3."""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from sameboat.protocol.failures import Failure, require
from sameboat.protocol.locks import CHANCE, Chance, lock, unlock
from sameboat.protocol.primitives import kdf

NO_CIRCLE = bytes(32)


@dataclass(frozen=True)
class MemberKeys:
    """A member's two private keys in one circle."""

    member: bytes
    sign: Ed25519PrivateKey
    box: X25519PrivateKey

    @property
    def sign_pk(self) -> bytes:
        """The 32 public bytes others verify with."""
        return self.sign.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def box_pk(self) -> bytes:
        """The 32 public bytes others seal to."""
        return self.box.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def member_keys(member: bytes, sign_seed: bytes, box_seed: bytes) -> MemberKeys:
    """Keys from two 32-byte seeds."""
    return MemberKeys(
        member, Ed25519PrivateKey.from_private_bytes(sign_seed), X25519PrivateKey.from_private_bytes(box_seed)
    )


def new_member(chance: Chance = CHANCE) -> MemberKeys:
    """A fresh member: id and keys of their own for one circle."""
    return member_keys(chance.take(16), chance.take(32), chance.take(32))


def pkcs8(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    """The 48-byte private form of RFC 8410."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def seal_entry(
    ak: bytes, account: bytes, circle: bytes, kind: int, keys: MemberKeys, chance: Chance = CHANCE
) -> list[Any]:
    """One line of the account record: a circle, who one is there, and the wrapped private keys."""
    key = kdf(ak, b"", 32, "key-wrap", account)
    wrapped = [
        lock(key, pkcs8(private), "private-key", NO_CIRCLE, keys.member, use, chance=chance)
        for private, use in ((keys.sign, "sign"), (keys.box, "box"))
    ]
    return [circle, kind, keys.member, keys.sign_pk, keys.box_pk, *wrapped]


def open_entry(ak: bytes, account: bytes, entry: list[Any]) -> MemberKeys:
    """The keys of one line. A public half that is not the private key's own is `bad_key`."""
    _, _, member, sign_pk, box_pk, sign_key, box_key = entry
    key = kdf(ak, b"", 32, "key-wrap", account)
    try:
        sign = load_der_private_key(unlock(key, sign_key, "private-key", NO_CIRCLE, member, "sign"), None)
        box = load_der_private_key(unlock(key, box_key, "private-key", NO_CIRCLE, member, "box"), None)
    except ValueError:
        raise Failure("bad_key") from None
    if not (isinstance(sign, Ed25519PrivateKey) and isinstance(box, X25519PrivateKey)):
        raise Failure("bad_key")
    keys = MemberKeys(member, sign, box)
    require(keys.sign_pk == sign_pk and keys.box_pk == box_pk, "bad_key")
    return keys
