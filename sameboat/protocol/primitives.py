"""Hashes, derived keys, signatures, padding refused keys: SPEC.md section 2. Nothing here opens."""

import hashlib
import hmac
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sameboat.protocol.encoding import enc
from sameboat.protocol.failures import Failure, require

_DOMAINS = """
event event-id commit attachment box card key-commitment affirm message message-id frank franking
message-key join/link join/key request knock account-by-link knock-by-link link-check link/sign
link/lookup link/preview preview invite-card second/replaces second/remove second/role second/policy
second/history history history-box second/heal heal-out
proposal parting rekey room-words aside aside-note sign-in-name salt recovery-code recovery-lookup
passkey-input passkey passkey-lookup
passkey-id passkey-name-key passkey-name passkey-put passkey-drop passkey-sign-in
unlocker/wrap unlocker/sign-in verifier verifier-hash wrap wrap-hash record record-key key-wrap
private-key device-sign-in record-put close local release release-file
report report-note report-put report-answer meeting plan way-put signal signal-note voice gathering
rings-to
"""
DOMAINS = frozenset(_DOMAINS.split())
P = 2**255 - 19
BUCKET = 256
_ED_SMALL = {0, 1, P - 1} | {
    int.from_bytes(bytes.fromhex(y), "little")
    for y in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
}
_X_SMALL = {0, 1, P - 1} | {
    int.from_bytes(bytes.fromhex(u), "little")
    for u in (
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    )
}


def context(domain: str, *parts: Any) -> bytes:
    """The bytes every hash, MAC, derivation, signature and lock is bound to; `domain` is one of DOMAINS."""
    if domain not in DOMAINS:
        raise KeyError(domain)
    return enc(["sameboat/1/" + domain, *parts])


def h(domain: str, *parts: Any) -> bytes:
    """SHA-256 under a domain, 32 bytes."""
    return hashlib.sha256(context(domain, *parts)).digest()


def kdf(ikm: bytes, salt: bytes, size: int, domain: str, *parts: Any) -> bytes:
    """HKDF-SHA256 (RFC 5869), `size` bytes; the salt may be empty."""
    return HKDF(SHA256(), size, salt or None, context(domain, *parts)).derive(ikm)


def mac(key: bytes, domain: str, *parts: Any) -> bytes:
    """HMAC-SHA256 under a domain, 32 bytes."""
    return hmac.new(key, context(domain, *parts), hashlib.sha256).digest()


def check_sign_key(key: bytes) -> None:
    """Refuse (`bad_key`) an Ed25519 point that is not canonical or of small order; also for R."""
    y = int.from_bytes(key, "little") & ~(1 << 255)
    require(len(key) == 32 and y < P and y not in _ED_SMALL, "bad_key")


def check_box_key(key: bytes) -> None:
    """Refuse (`bad_key`) an X25519 public key that is not canonical or of small order."""
    u = int.from_bytes(key, "little")
    require(len(key) == 32 and u < P and u not in _X_SMALL, "bad_key")


def sign(key: Ed25519PrivateKey, domain: str, *parts: Any) -> bytes:
    """Ed25519 over the context, 64 bytes."""
    return key.sign(context(domain, *parts))


def check_signature(public: bytes, signature: bytes, domain: str, *parts: Any) -> None:
    """Refuse with `bad_key` (public key or R) or `bad_signature`."""
    check_sign_key(public)
    require(len(signature) == 64, "bad_signature")
    check_sign_key(signature[:32])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, context(domain, *parts))
    except (InvalidSignature, ValueError):
        raise Failure("bad_signature") from None


def signature_holds(public: bytes, signature: bytes, domain: str, *parts: Any) -> bool:
    """Whether a signature holds, for rules that have their own name for one that does not."""
    try:
        check_signature(public, signature, domain, *parts)
    except Failure:
        return False
    return True


def attachment_hash(content: bytes) -> bytes:
    """The name of an attachment, and of whatever else is signed for by its hash."""
    return h("attachment", content)


def same(a: bytes, b: bytes) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(a, b)


def bucket(size: int) -> int:
    """The smallest 256·2ᵏ that holds `size` bytes."""
    room = BUCKET
    while room < size:
        room *= 2
    return room


def pad(message: bytes, most: int) -> bytes:
    """Length, message, zeros up to a bucket of at most `most` bytes; else `too_long`."""
    room = bucket(len(message) + 4)
    require(room <= most, "too_long")
    return (len(message).to_bytes(4, "big") + message).ljust(room, b"\0")


def unpad(padded: bytes, most: int) -> bytes:
    """The message inside; anything but the one padding of it is `bad_padding`."""
    require(4 <= len(padded) <= most, "bad_padding")
    size = int.from_bytes(padded[:4], "big")
    require(size + 4 <= len(padded) and bucket(size + 4) == len(padded), "bad_padding")
    require(not any(padded[4 + size :]), "bad_padding")
    return padded[4 : 4 + size]
