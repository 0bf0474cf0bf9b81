"""The release list: one form, one signature, and every reader's reasons to refuse it."""

import hashlib
from typing import Any

import pytest

from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.failures import Failure
from sameboat.protocol.keys import member_keys
from sameboat.protocol.primitives import sign
from sameboat.protocol.release import File, Page, Release, content_hash, read_release, write_release

KEYS = member_keys(bytes(16), bytes(range(32)), bytes(32))
RELEASE = Release(
    "1.0",
    1_790_000_000,
    {"x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin"},
    (File("/in/", content_hash(b"shell"), {"cache-control": "no-cache"}), File("/assets/a.js", content_hash(b"1"))),
    (Page("/", 200, {"cache-control": "no-store"}), Page("/api/nothing", 404)),
)
# SHA-256 of RELEASE as it is published: whoever changes the form by one bit learns it here.
KNOWN = "1db6bf726b782f717d57e997d6e367bcaa01be78a5ffb7037cbe70d01c96611c"


def refusal(data: bytes, public: bytes = KEYS.sign_pk) -> str:
    with pytest.raises(Failure) as no:
        read_release(data, public)
    return no.value.code


def signed(manifest: bytes) -> bytes:
    return enc([manifest, sign(KEYS.sign, "release", manifest)])


def fields() -> list[Any]:
    return decode(decode(write_release(RELEASE, KEYS.sign), ["b", "b64"], 4096)[0], "any", 4096)


def test_what_is_written_is_read_p39() -> None:
    read = read_release(write_release(RELEASE, KEYS.sign), KEYS.sign_pk)
    assert {one.path: one for one in read.files} == {one.path: one for one in RELEASE.files}
    assert {one.path: one for one in read.pages} == {one.path: one for one in RELEASE.pages}
    assert (read.version, read.time, read.always) == (RELEASE.version, RELEASE.time, RELEASE.always)


def test_the_form_is_the_specified_one_p39() -> None:
    written = write_release(RELEASE, KEYS.sign)
    assert hashlib.sha256(written).hexdigest() == KNOWN
    manifest = decode(written, ["b", "b64"], 4096)[0]
    assert manifest[:6] == bytes.fromhex("860163312e30")


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, None),
        (1, ""),
        (2, True),
        (3, [["b", "1"], ["a", "1"]]),
        (3, [["a", "1"], ["a", "1"]]),
        (3, [["A", "1"]]),
        (3, [["a", "1\r\nset-cookie: 1"]]),
        (3, [["a", " 1"]]),
        (4, [["in/", bytes(32), []]]),
        (4, [["/a", bytes(31), []]]),
        (4, [["/b", bytes(32), []], ["/a", bytes(32), []]]),
        (4, [["/a", bytes(32), []], ["/a", bytes(32), []]]),
        (4, [["/", bytes(32), []]]),
        (5, [["/a b", 200, []]]),
        (5, [["/b", 200, []], ["/a", 200, []]]),
    ],
)
def test_every_other_form_is_refused_p39(at: int, value: object) -> None:
    changed = fields()
    changed[at] = value
    assert refusal(signed(enc(changed))) == "not_canonical"


def test_a_list_of_a_later_form_is_no_forgery_p39() -> None:
    assert refusal(signed(enc([2, "and more"]))) == "unknown_version"
    assert refusal(signed(enc([]))) == "not_canonical"


def test_only_the_release_key_signs_a_list_p39() -> None:
    written = write_release(RELEASE, KEYS.sign)
    other = member_keys(bytes(16), bytes(32), bytes(32))
    assert refusal(written, other.sign_pk) == "bad_signature"
    assert refusal(written, (1).to_bytes(32, "little")) == "bad_key"
    manifest = decode(written, ["b", "b64"], 4096)[0]
    assert refusal(enc([manifest, sign(KEYS.sign, "event", manifest)])) == "bad_signature"
    for at in range(len(written)):
        broken = bytearray(written)
        broken[at] ^= 1
        assert refusal(bytes(broken)) in {"not_canonical", "bad_signature", "bad_key"}
