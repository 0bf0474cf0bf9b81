"""A passkey that only signs in: the server takes its answer for this site, this moment and this key alone."""

import os

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sameboat.protocol.failures import Failure
from sameboat.protocol.passkeys import Assertion, check_passkey_key, check_passkey_sign_in, passkey_challenge
from tests.fixtures.passkeys import PRESENT, VERIFIED, SoftPasskey

HOME, SITE, OTHER = "boat-home", "https://boat.example", "https://other.example"
TIME, NONCE = 1_900_000_000, bytes(range(16))
CHALLENGE = passkey_challenge(HOME, TIME, NONCE)
ANA = SoftPasskey()


def check(answer: Assertion, key: bytes = ANA.key, now: int = TIME) -> None:
    check_passkey_sign_in(key, HOME, SITE, TIME, NONCE, answer, now=now)


@pytest.mark.parametrize(
    "secret", [None, Ed25519PrivateKey.generate(),
    rsa.generate_private_key(65537, 2048)], ids=["es256", "eddsa", "rs256"]
)  # fmt: skip
def test_each_kind_of_passkey_signs_in_and_no_other_key_does_p57(secret) -> None:
    passkey = SoftPasskey(secret)
    answer = passkey.answer(CHALLENGE, SITE)
    check_passkey_key(passkey.key)
    check(answer, passkey.key)
    for key, wrong in (
        (ANA.key, answer),
        (passkey.key, ANA.answer(CHALLENGE, SITE)),
        (passkey.key, Assertion(answer.data, answer.client, bytes(64))),
    ):
        with pytest.raises(Failure, match="bad_signature"):
            check(wrong, key)


@pytest.mark.parametrize(
    "answer",
    [
        ANA.signed(passkey_challenge(HOME, TIME, os.urandom(16)), SITE),
        ANA.signed(passkey_challenge(HOME, TIME + 1, NONCE), SITE),
        ANA.signed(passkey_challenge("another-home", TIME, NONCE), SITE),
        ANA.signed(CHALLENGE, OTHER),
        ANA.signed(CHALLENGE, SITE, host="other.example"),
        ANA.signed(CHALLENGE, SITE, host=""),
        ANA.signed(CHALLENGE, SITE, origin=OTHER),
        ANA.signed(CHALLENGE, SITE, type="webauthn.create"),
        ANA.signed(CHALLENGE, SITE, crossOrigin=True),
        ANA.signed(CHALLENGE, SITE, challenge=None),
        ANA.signed(CHALLENGE, SITE, flags=PRESENT),
        ANA.signed(CHALLENGE, SITE, flags=VERIFIED),
        Assertion(b"", b"", b""),
        Assertion(bytes(36), b"{}", bytes(64)),
        Assertion(bytes(37), b"[]", bytes(64)),
        Assertion(bytes(37), b"\xff", bytes(64)),
        Assertion(bytes(37), b"[" * 2000, bytes(64)),
    ],
    ids=[
        "another nonce", "another second", "another house", "another site", "another host", "no host", "another origin",
        "making one", "across origins", "no challenge", "nobody verified", "nobody present", "nothing", "short data",
        "a list", "no text", "too deep",
    ],
)  # fmt: skip
def test_an_answer_for_anything_else_signs_nobody_in_p57(answer) -> None:
    with pytest.raises(Failure, match="bad_signature"):
        check(answer)


@pytest.mark.parametrize("late", [601, -601])
def test_an_answer_is_good_for_ten_minutes_p57(late) -> None:
    answer = ANA.answer(CHALLENGE, SITE)
    check(answer, now=TIME + late - (1 if late > 0 else -1))
    with pytest.raises(Failure, match="clock"):
        check(answer, now=TIME + late)


@pytest.mark.parametrize(
    "key",
    [
        b"", b"nothing at all", os.urandom(91), SoftPasskey(generate_private_key(SECP384R1())).key,
        SoftPasskey(rsa.generate_private_key(65537, 1024)).key,
        X25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        bytes.fromhex("302a300506032b6570032100") + bytes([1]) + bytes(31),
    ],
    ids=["nothing", "text", "noise", "another curve", "a small RSA", "no signing key", "one of small order"],
)  # fmt: skip
def test_only_keys_that_are_named_are_taken_p11(key) -> None:
    with pytest.raises(Failure, match="bad_key"):
        check_passkey_key(key)
