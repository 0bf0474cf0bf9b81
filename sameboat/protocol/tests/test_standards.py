"""What is used below is what the standards say: their own vectors, as `cryptography-vectors` carries them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cryptography_vectors
import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import gcm_open, gcm_seal, unbox
from sameboat.protocol.primitives import P, check_box_key, check_sign_key
from sameboat.protocol.tests.playing import hpke_seal, read_vectors

FOLDER = Path(cryptography_vectors.__file__).parent
# RFC 9180: mode base, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
OURS = {"mode": 0, "kem_id": 0x20, "kdf_id": 1, "aead_id": 2}


def hpke_case() -> dict[str, Any]:
    every = json.loads((FOLDER / "HPKE" / "test-vectors.json").read_text())
    [found] = [case for case in every if {name: case[name] for name in OURS} == OURS]
    return {name: bytes.fromhex(value) if isinstance(value, str) else value for name, value in found.items()}


def blocks(file: str) -> Iterator[dict[str, str]]:
    """The `name = value` blocks of a vector file."""
    for block in (FOLDER / file).read_text().split("COUNT")[1:]:
        lines = [line.partition("=") for line in block.splitlines() if "=" in line and not line.startswith("#")]
        if found := {name.strip().lower(): value.strip() for name, _, value in lines}:
            yield found


def test_a_box_is_that_of_rfc_9180_p42() -> None:
    case = hpke_case()
    first = {name: bytes.fromhex(value) for name, value in case["encryptions"][0].items()}
    ephemeral = X25519PrivateKey.from_private_bytes(case["skEm"])
    to = X25519PublicKey.from_public_bytes(case["pkRm"])
    sealed = hpke_seal(ephemeral, to, first["pt"], case["info"], first["aad"])
    assert sealed == case["enc"] + first["ct"]
    # The same case stands among our own vectors, so that the browser's code meets it too.
    ours = [one["in"] for one in read_vectors("primitives") if one["op"] == "rfc9180"]
    assert {name: ours[0][name] for name in ("sealed", "info", "aad")} == {
        "sealed": sealed, "info": case["info"], "aad": first["aad"],
    }  # fmt: skip


def test_every_key_and_every_r_of_the_ed25519_vectors_is_taken_p42() -> None:
    """Our refusals of small and lenient points (P11) refuse nothing that an honest signer makes."""
    lines = (FOLDER / "asymmetric" / "Ed25519" / "sign.input").read_text().split()
    assert len(lines) > 1000
    for line in lines:
        seed, public, message, signed = (bytes.fromhex(part) for part in line.split(":")[:4])
        key, signature = Ed25519PrivateKey.from_private_bytes(seed[:32]), signed[:64]
        assert key.public_key().public_bytes_raw() == public
        assert key.sign(message) == signature
        check_sign_key(public)
        check_sign_key(signature[:32])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


def test_agreement_is_that_of_rfc_7748_p42() -> None:
    cases = [one for one in blocks("asymmetric/X25519/rfc7748.txt") if "input_u" in one]
    assert cases
    for case in cases:
        key = X25519PrivateKey.from_private_bytes(bytes.fromhex(case["input_scalar"]))
        other = bytes.fromhex(case["input_u"])
        assert key.exchange(X25519PublicKey.from_public_bytes(other)).hex() == case["output_u"]


def test_derivation_is_that_of_rfc_5869_p42() -> None:
    cases = [one for one in blocks("KDF/rfc-5869-HKDF-SHA256.txt") if "okm" in one]
    assert len(cases) >= 3
    for case in cases:
        salt, info = bytes.fromhex(case.get("salt", "")), bytes.fromhex(case.get("info", ""))
        made = HKDF(SHA256(), len(case["okm"]) // 2, salt or None, info).derive(bytes.fromhex(case["ikm"]))
        assert made.hex() == case["okm"]


def test_stretching_is_that_of_rfc_9106_p42() -> None:
    cases = [one for one in blocks("KDF/argon2id.txt") if "output" in one and not {"secret", "ad"} & set(one)]
    assert len(cases) >= 3
    for case in cases:
        secret, salt = bytes.fromhex(case["pass"]), bytes.fromhex(case["salt"])
        cost = (int(case["iter"]), int(case["memcost"]), int(case["lanes"]), int(case["length"]))
        assert hash_secret_raw(secret, salt, *cost, Type.ID, 19).hex() == case["output"]


def test_a_sealed_text_of_nist_opens_and_no_other_p42() -> None:
    """GCM specification, test case 16 (256-bit key, 96-bit nonce, additional data)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = gcm_seal(key, nonce, text, aad)
    assert sealed[-16:].hex() == "76fc6ece0f4e1768cddf8853bb2d551b"
    assert gcm_open(key, nonce, sealed, aad) == text
    for at in range(len(sealed)):
        with pytest.raises(Failure, match="cannot_open"):
            gcm_open(key, nonce, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], aad)


# What lenient readers of points take, one by one, worked out here from the curve. Wycheproof cannot be had from the
# package index, so this list is our own.
D = -121665 * pow(121666, -1, P) % P


def roots(square: int) -> list[int]:
    """Both square roots modulo 2**255 - 19, or none."""
    root = pow(square, (P + 3) // 8, P)
    for found in (root, root * pow(2, (P - 1) // 4, P) % P):
        if found * found % P == square % P:
            return [found, P - found]
    return []


# Doubling a point of order eight gives one with y = 0, so its own y fulfils d·y⁴ + 2·y² - 1 = 0.
ORDER_8_Y = [y for root in roots(1 + D) for y in roots((root - 1) * pow(D, -1, P))]
ORDER_8_U = [(1 + y) * pow(1 - y, -1, P) % P for y in ORDER_8_Y]
SIGN_BIT = 1 << 255


def test_there_are_two_such_points_p11() -> None:
    assert len(set(ORDER_8_Y)) == len(set(ORDER_8_U)) == 2


@pytest.mark.parametrize("y", [0, 1, P - 1, P, P + 1, 2**255 - 1, *ORDER_8_Y])
@pytest.mark.parametrize("sign", [0, SIGN_BIT])
def test_points_that_sign_anything_are_refused_p11(y: int, sign: int) -> None:
    with pytest.raises(Failure, match="bad_key"):
        check_sign_key((y | sign).to_bytes(32, "little"))


@pytest.mark.parametrize("u", [0, 1, P - 1, P, P + 1, 2**255 - 1, *ORDER_8_U, *(u | SIGN_BIT for u in ORDER_8_U)])
def test_points_that_agree_with_anyone_are_refused_p12(u: int) -> None:
    with pytest.raises(Failure, match="bad_key"):
        check_box_key(u.to_bytes(32, "little"))


@pytest.mark.parametrize("u", [0, 1, P - 1, *ORDER_8_U])
def test_those_points_really_do_agree_with_anyone_p12(u: int) -> None:
    """The library refuses the zero that comes of it as well: two doors, and each holds alone."""
    key = X25519PrivateKey.from_private_bytes(b"\x40" + bytes(31))
    with pytest.raises(ValueError, match="shared key"):
        key.exchange(X25519PublicKey.from_public_bytes(u.to_bytes(32, "little")))


@pytest.mark.parametrize("u", [0, 1, P - 1, P, *ORDER_8_U])
def test_a_box_with_such_a_point_in_it_does_not_open_p12(u: int) -> None:
    key = X25519PrivateKey.from_private_bytes(b"\x40" + bytes(31))
    with pytest.raises(Failure, match="cannot_open"):
        unbox(key, u.to_bytes(32, "little") + bytes(48), "box")
