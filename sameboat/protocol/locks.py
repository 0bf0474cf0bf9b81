"""Locks that commit to their key, and boxes for one recipient (RFC 9180): SPEC.md section 2."""

import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sameboat.protocol.failures import Failure, require
from sameboat.protocol.primitives import check_box_key, context, kdf, same

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Chance:
    """Where fresh random bytes come from. Tests that need the same bytes twice bring their own."""

    def take(self, size: int) -> bytes:
        """`size` bytes nobody can guess."""
        return os.urandom(size)

    def hpke(self, public: X25519PublicKey, message: bytes, info: bytes) -> bytes:
        """One HPKE base-mode encryption: `enc ‖ ct`."""
        return SUITE.encrypt(message, public, info=info)


CHANCE = Chance()


def gcm_seal(key: bytes, nonce: bytes, message: bytes, aad: bytes) -> bytes:
    """AES-256-GCM; the caller derives key and nonce so that no pair is used twice."""
    return AESGCM(key).encrypt(nonce, message, aad)


def gcm_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Open, or `cannot_open`, and nothing more precise."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError):
        raise Failure("cannot_open") from None


def lock(key: bytes, message: bytes, domain: str, *parts: Any, chance: Chance = CHANCE) -> bytes:
    """Seal under a 32-byte key: 16 random bytes, 32 that commit to the key, ciphertext with its tag."""
    salt = chance.take(16)
    out = kdf(key, salt, 76, domain, *parts)
    return salt + out[44:] + gcm_seal(out[:32], out[32:44], message, context(domain, *parts))


def unlock(key: bytes, locked: bytes, domain: str, *parts: Any) -> bytes:
    """Open a lock; the commitment to the key is compared first. Any failure is `cannot_open`."""
    require(len(locked) >= 64, "cannot_open")
    out = kdf(key, locked[:16], 76, domain, *parts)
    require(same(out[44:], locked[16:48]), "cannot_open")
    return gcm_open(out[:32], out[32:44], locked[48:], context(domain, *parts))


def box(public: bytes, message: bytes, domain: str, *parts: Any, chance: Chance = CHANCE) -> bytes:
    """Seal to an X25519 public key (refused keys: `bad_key`)."""
    check_box_key(public)
    return chance.hpke(X25519PublicKey.from_public_bytes(public), message, context(domain, *parts))


def unbox(private: X25519PrivateKey, sealed: bytes, domain: str, *parts: Any) -> bytes:
    """Open a box, or `cannot_open`. An ephemeral key of small order is refused too."""
    require(len(sealed) >= 48, "cannot_open")
    try:
        check_box_key(sealed[:32])
        return SUITE.decrypt(sealed, private, info=context(domain, *parts))
    except Exception as reason:
        # The library has several exceptions for one fact; none of them may show which.
        raise Failure("cannot_open") from reason
