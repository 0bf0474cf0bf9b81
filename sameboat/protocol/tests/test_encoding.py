"""Encoding and primitives, where vectors are not enough."""

import random

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sameboat.protocol.encoding import LARGEST, b64u, decode, enc, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import box
from sameboat.protocol.primitives import P, check_box_key, check_sign_key, check_signature, pad, unpad
from sameboat.protocol.tests.cases_basic import LENIENT

CALM = settings(max_examples=2 * settings.default.max_examples)
NFC = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FF))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, LARGEST) | st.binary(max_size=80) | NFC,
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=30,
)


def code_of(data: bytes) -> str:
    """`success` or the name of the refusal."""
    try:
        decode(data, "any", 4096)
    except Failure as no:
        return no.code
    return "success"


@CALM
@given(VALUES)
def test_what_is_encoded_decodes_to_itself_p66(value: object) -> None:
    data = enc(value)
    assert decode(data, "any", len(data)) == value
    assert data == cbor2.dumps(value, canonical=True)


def test_20000_odd_inputs_are_refused_or_are_the_one_encoding_p66() -> None:
    dice = random.Random(66)
    seeds = [bytes.fromhex(text) for text in LENIENT.values()] + [enc([1, [b"ab", "text", None], True])]
    for _ in range(20000):
        data = bytearray(dice.choice(seeds) + dice.randbytes(dice.randrange(6)))
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)
        if code_of(bytes(data)) == "success":
            assert enc(decode(bytes(data), "any", 4096)) == bytes(data)


@pytest.mark.parametrize("name", LENIENT)
def test_lenient_forms_are_refused_p66(name: str) -> None:
    assert code_of(bytes.fromhex(LENIENT[name])) == "not_canonical"


def test_the_library_alone_would_take_most_lenient_forms_p66() -> None:
    taken = 0
    for text in LENIENT.values():
        try:
            cbor2.loads(bytes.fromhex(text))
        except (cbor2.CBORError, ValueError):
            continue
        taken += 1
    assert taken > 15


@CALM
@given(st.binary(max_size=200))
def test_base64url_has_one_form_p66(data: bytes) -> None:
    assert un_b64u(b64u(data)) == data


def test_a_key_that_signs_any_message_is_refused_p11() -> None:
    one = (1).to_bytes(32, "little")
    Ed25519PublicKey.from_public_bytes(one).verify(one + bytes(32), b"the library alone takes this")
    with pytest.raises(Failure, match="bad_key"):
        check_signature(one, one + bytes(32), "event", b"anything")


def test_every_small_or_long_y_is_refused_with_either_sign_p11() -> None:
    low = [0, 1, P - 1, *range(P, 2**255)]
    for y in low:
        for sign in (0, 1 << 255):
            with pytest.raises(Failure, match="bad_key"):
                check_sign_key((y | sign).to_bytes(32, "little"))
    check_sign_key((3).to_bytes(32, "little"))


def test_every_small_or_long_u_is_refused_p12() -> None:
    for u in [0, 1, P - 1, *range(P, 2**255), 1 << 255, (1 << 255) | 9]:
        with pytest.raises(Failure, match="bad_key"):
            check_box_key(u.to_bytes(32, "little"))
    check_box_key((9).to_bytes(32, "little"))


def test_nothing_is_sealed_to_a_key_of_small_order_p12() -> None:
    for u in (0, 1, P - 1):
        with pytest.raises(Failure, match="bad_key"):
            box(u.to_bytes(32, "little"), b"secret", "box")


@CALM
@given(st.binary(max_size=1500))
def test_padding_shows_only_its_bucket_p30(message: bytes) -> None:
    padded = pad(message, 4096)
    assert len(padded) in (256, 512, 1024, 2048)
    assert unpad(padded, 4096) == message
