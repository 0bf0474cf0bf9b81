"""A passkey that only signs in: what it is asked, and whether its answer is good (SPEC 3). It opens nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from sameboat.protocol.encoding import b64u
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.primitives import check_sign_key, h, same

WINDOW = 600
PRESENT, VERIFIED = 1, 4
RSA_BITS = (2048, 4096)
LEAST_DATA, FLAGS = 37, 32

Key = EllipticCurvePublicKey | Ed25519PublicKey | RSAPublicKey


@dataclass(frozen=True)
class Assertion:
    """What a passkey answers, as the browser gives it (WebAuthn 6.3.3)."""

    data: bytes
    client: bytes
    signature: bytes


def passkey_id(credential: bytes) -> bytes:
    """By what a passkey is known to the server."""
    return h("passkey-id", credential)


def passkey_challenge(home: str, time: int, nonce: bytes) -> bytes:
    """What a passkey signs to come in at this second; `nonce` is 16 fresh bytes."""
    return h("passkey-sign-in", home, time, nonce)


def _key(public: bytes) -> Key:
    try:
        found = load_der_public_key(public)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Failure("bad_key") from None
    if isinstance(found, EllipticCurvePublicKey) and isinstance(found.curve, SECP256R1):
        return found
    if isinstance(found, RSAPublicKey) and RSA_BITS[0] <= found.key_size <= RSA_BITS[1]:
        return found
    if isinstance(found, Ed25519PublicKey):
        check_sign_key(found.public_bytes_raw())
        return found
    raise Failure("bad_key")


def check_passkey_key(public: bytes) -> None:
    """Refuse (`bad_key`) what is no SubjectPublicKeyInfo of P-256, Ed25519 or RSA of 2,048 to 4,096 bits."""
    _key(public)


def check_passkey_sign_in(
    public: bytes, home: str, origin: str, time: int, nonce: bytes, answer: Assertion, *, now: int
) -> None:
    """The passkey of this key answered for this site, just now: `clock`, else `bad_signature`.

    That the nonce is new, the caller checks.
    """
    require(abs(time - now) <= WINDOW, "clock")
    _check_client(answer.client, passkey_challenge(home, time, nonce), origin)
    _check_data(answer.data, origin)
    _check_signature(_key(public), answer)


def _check_client(client: bytes, challenge: bytes, origin: str) -> None:
    try:
        said: Any = json.loads(client)
    except (ValueError, RecursionError):
        raise Failure("bad_signature") from None
    require(isinstance(said, dict), "bad_signature")
    wanted = {"type": "webauthn.get", "challenge": b64u(challenge), "origin": origin}
    require(all(said.get(name) == value for name, value in wanted.items()), "bad_signature")
    require(said.get("crossOrigin") in (None, False), "bad_signature")


def _check_data(data: bytes, origin: str) -> None:
    host = hashlib.sha256((urlsplit(origin).hostname or "").encode()).digest()
    require(len(data) >= LEAST_DATA and same(data[:FLAGS], host), "bad_signature")
    require(data[FLAGS] & (PRESENT | VERIFIED) == PRESENT | VERIFIED, "bad_signature")


def _check_signature(key: Key, answer: Assertion) -> None:
    signed = answer.data + hashlib.sha256(answer.client).digest()
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(answer.signature, signed, ECDSA(SHA256()))
        elif isinstance(key, RSAPublicKey):
            key.verify(answer.signature, signed, PKCS1v15(), SHA256())
        else:
            check_sign_key(answer.signature[:32])
            key.verify(answer.signature, signed)
    except (InvalidSignature, ValueError, Failure):
        raise Failure("bad_signature") from None
