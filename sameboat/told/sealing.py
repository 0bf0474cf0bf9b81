"""A push message as a browser opens it: RFC 8291 over RFC 8188, and who sends it: RFC 8292 (VAPID)."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure

CURVE = ec.SECP256R1()
RECORD = 4_096
HALF_A_DAY = 12 * 3_600
KEY_FILE = "push.key"


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """65 bytes: the uncompressed point."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def is_point(given: bytes) -> bool:
    """Whether these are 65 bytes of a point on the curve."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, given)
    except ValueError:
        return False
    return len(given) == 65


def _hkdf(salt: bytes, key: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(key)


def seal(
    words: bytes, key: bytes, secret: bytes, *, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The body of a push: `words` for the browser with this key (65 bytes) and secret (16).

    A fresh key and salt each time; only a test of the RFC's own example gives them.
    """
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    mine = point(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key))
    ikm = _hkdf(secret, shared, b"WebPush: info\0" + key + mine, 32)
    content = _hkdf(salt, ikm, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, ikm, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(content).encrypt(nonce, words + b"\x02", None)
    return salt + struct.pack("!LB", RECORD, len(mine)) + mine + sealed


def own_key() -> ec.EllipticCurvePrivateKey:
    """This site's key (RFC 8292): the setting's, else the one in the data folder, made on first use."""
    return _key(settings.PUSH_KEY, settings.DATA / KEY_FILE)


@cache
def _key(given: str, kept: Path) -> ec.EllipticCurvePrivateKey:
    text = given or _kept(kept)
    return ec.derive_private_key(int.from_bytes(un_b64u(text)), CURVE)


def _kept(file: Path) -> str:
    fresh = ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(32)
    # Whole before it has its name: of several lines that push for the first time, none reads half a key.
    with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="ascii") as new:
        new.write(b64u(fresh))
        new.flush()
        with contextlib.suppress(FileExistsError):
            os.link(new.name, file)
    return file.read_text(encoding="ascii").strip()


def is_key(given: str) -> bool:
    """Whether a setting is a private key: 32 bytes of base64url, within the curve's order."""
    try:
        found = un_b64u(given)
        ec.derive_private_key(int.from_bytes(found), CURVE)
    except (Failure, ValueError):
        return False
    return len(found) == 32


def signed_for(origin: str, *, now: int) -> str:
    """The `Authorization` header for a push service: who sends, for half a day, about nobody."""
    key = own_key()
    sub = settings.ORIGIN if settings.ORIGIN.startswith("https://") else "mailto:nobody@example.org"
    claims = {"aud": origin, "exp": now + HALF_A_DAY, "sub": sub}
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    text = ".".join(b64u(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={text}.{b64u(r.to_bytes(32) + s.to_bytes(32))}, k={b64u(point(key.public_key()))}"
