"""Vectors of encoding and primitives."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sameboat.protocol.encoding import enc
from sameboat.protocol.locks import box, lock
from sameboat.protocol.primitives import P, context, pad
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.playing import Fixed

L = 2**252 + 27742317777372353535851937790883648493
ORDER_EIGHT_Y = [
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]
ORDER_EIGHT_U = [
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
]
LENIENT = {
    "integer 0 in two bytes": "1800",
    "integer 23 in two bytes": "1817",
    "integer 255 in three bytes": "1900ff",
    "integer 65535 in five bytes": "1a0000ffff",
    "integer 4294967295 in nine bytes": "1b00000000ffffffff",
    "integer 2^53": "1b0020000000000000",
    "integer 2^64-1": "1bffffffffffffffff",
    "negative integer": "20",
    "negative integer, nine bytes": "3b0000000000000000",
    "half float 1.0": "f93c00",
    "half float infinity": "f97c00",
    "half float not a number": "f97e00",
    "single float 1.0": "fa3f800000",
    "double float 1.0": "fb3ff0000000000000",
    "undefined": "f7",
    "simple value 0": "e0",
    "simple value 19": "f3",
    "simple value 32": "f820",
    "false in two bytes": "f814",
    "break alone": "ff",
    "empty map": "a0",
    "map": "a10102",
    "map without end": "bf0102ff",
    "tag 0": "c074323031332d30332d32315432303a30343a30305a",
    "tag 2, big number": "c249010000000000000000",
    "tag 24, embedded": "d8184101",
    "tag 55799, self-described": "d9d9f700",
    "bytes without end": "5f4101ff",
    "text without end": "7f6161ff",
    "array without end": "9f01ff",
    "array without end, empty": "9fff",
    "bytes, long length": "580101",
    "text, long length": "780161",
    "array, long length": "980101",
    "bytes cut short": "4201",
    "text cut short": "6261",
    "array cut short": "8201",
    "length of 2^64-1": "5bffffffffffffffff",
    "array length of 2^64-1": "9bffffffffffffffff",
    "array length of 2^32-1": "9affffffff",
    "reserved 28": "1c",
    "reserved 31 as integer": "1f",
    "nothing": "",
    "bytes left over": "0000",
    "array, bytes left over": "810100",
    "text not NFC": "6365cc81",
    "text with surrogate": "63eda080",
    "text not UTF-8": "61ff",
    "text, overlong UTF-8": "62c080",
    "text beyond Unicode": "64f4908080",
    "head cut short": "19",
    "head cut short, nine bytes": "1b00",
}


def encoding() -> Cases:
    """SPEC.md section 1."""
    cases = Cases("Deterministic CBOR restricted to arrays, and base64url. SPEC.md section 1.")
    values = [
        0,
        23,
        24,
        255,
        256,
        65535,
        65536,
        2**32 - 1,
        2**32,
        2**53 - 1,
        False,
        True,
        None,
        "",
        "a",
        "é",
        "水",
        "😀",
    ]
    values += [b"", b"\0", bytes(23), bytes(24), bytes(255), bytes(256), "a" * 24, [], [[]], [0] * 24]
    values += [[1, [b"\1\2", ["three", None]], True, False], [bytes(32), "sameboat/1/event", 7]]
    for number, value in enumerate(values):
        data = cases.add(f"value {number}", "enc", value=value)["bytes"]
        cases.add(f"value {number} back", "decode", bytes=data, shape="any", most=len(data))
    for name, value in [("not NFC", "e\u0301"), ("2^53", 2**53), ("negative", -1)]:
        cases.add(f"cannot encode {name}", "enc", "not_canonical", value=value)
    for name, data in LENIENT.items():
        cases.add(name, "decode", "not_canonical", bytes=bytes.fromhex(data), shape="any", most=1000)
        inside = bytes.fromhex("82" + data + "00") if data else b"\x82"
        cases.add(f"{name}, in an array", "decode", "not_canonical", bytes=inside, shape="any", most=1000)
    deep = bytes.fromhex("81" * 15 + "80")
    cases.add("nesting 16", "decode", bytes=deep, shape="any", most=100)
    cases.add("nesting 17", "decode", "not_canonical", bytes=b"\x81" + deep, shape="any", most=100)
    cases.add("nesting 5000", "decode", "not_canonical", bytes=b"\x81" * 5000, shape="any", most=9000)
    cases.add("one byte too many", "decode", "not_canonical", bytes=enc(bytes(9)), shape="b", most=9)
    _shapes(cases)
    _base64(cases)
    return cases


def _shapes(cases: Cases) -> None:
    right = [
        ("u", 5),
        ("bool", False),
        ("b", b""),
        ("b16", bytes(16)),
        ("b32?", None),
        ("b32?", bytes(32)),
        ("t64", "é" * 64),
        ("t64", "😀" * 64),
        ("t0-64", ""),
        ("t0-200?", None),
        (["u", "bool"], [1, True]),
        ({"maybe": ["u"]}, None),
        ({"maybe": ["u"]}, [1]),
        ({"many": "b16", "most": 2}, [bytes(16)] * 2),
        ({"many": ["u", "u"], "most": None}, []),
    ]
    wrong = [
        ("u", True),
        ("u", None),
        ("bool", 0),
        ("bool", None),
        ("b", ""),
        ("b16", bytes(15)),
        ("b32", None),
        ("t64", ""),
        ("t64", "a" * 65),
        ("t64", b"a"),
        ("t0-64", "a" * 65),
        (["u", "bool"], [1]),
        (["u", "bool"], [1, True, 0]),
        (["u"], 1),
        ({"maybe": ["u"]}, [None]),
        ({"many": "b16", "most": 2}, [bytes(16)] * 3),
        ({"many": "u", "most": None}, [1, None]),
        ([], None),
        ("b32?", bytes(31)),
    ]
    for number, (shape, value) in enumerate(right):
        cases.add(f"shape {number} fits", "decode", bytes=enc(value), shape=shape, most=1000)
    for number, (shape, value) in enumerate(wrong):
        cases.add(f"shape {number} does not fit", "decode", "not_canonical", bytes=enc(value), shape=shape, most=1000)


def _base64(cases: Cases) -> None:
    for data in (b"", b"\0", b"\xff\xfe", b"\xfb\xff\xbf", bytes(32)):
        text = cases.add(f"base64url of {data.hex() or 'nothing'}", "b64u", bytes=data)["text"]
        cases.add(f"base64url back to {data.hex() or 'nothing'}", "un-b64u", text=text)
    bad = {
        "padding": "AA==", "plus": "-+AA", "slash": "A/AA", "space": "AA A", "line end": "AAAA\n", "one left over": "A",
        "trailing bits": "AB", "trailing bits, three": "AAB", "five": "AAAAA", "not ASCII": "AAé",
    }  # fmt: skip
    for name, text in bad.items():
        cases.add(f"base64url, {name}", "un-b64u", "not_canonical", text=text)


def primitives() -> Cases:
    """SPEC.md section 2."""
    cases = Cases("Hashes, derivations, signatures, padding, locks, boxes, and the keys refused. SPEC.md section 2.")
    parts = [bytes_of("part", 32), 7, "text", None, [True, b""]]
    key = bytes_of("key", 32)
    cases.add("hash", "h", domain="event-id", parts=parts)
    cases.add("hash, no parts", "h", domain="event-id", parts=[])
    cases.add("hash, another domain", "h", domain="message-id", parts=parts)
    for size in (16, 32, 44, 76):
        cases.add(
            f"kdf, {size} bytes", "kdf", ikm=key, salt=bytes_of("salt", 16), size=size, domain="frank", parts=parts
        )
    cases.add("kdf, empty salt", "kdf", ikm=key, salt=b"", size=32, domain="frank", parts=[])
    cases.add("mac", "mac", key=key, domain="franking", parts=parts)
    _standards(cases)
    _signatures(cases)
    _refused_keys(cases)
    _padding(cases)
    _locks(cases)
    return cases


def _standards(cases: Cases) -> None:
    rfc8032 = [
        ("1", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", ""),
        ("2", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
        ("3", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
    ]
    for number, seed, message in rfc8032:
        data = bytes.fromhex(message)
        out = cases.add(f"RFC 8032, 7.1, test {number}", "rfc8032", seed=bytes.fromhex(seed), message=data)
        cases.add(f"RFC 8032, 7.1, test {number}, verify", "rfc8032-verify", message=data, **out)
    wrong = {**out, "signature": flip(out["signature"])}
    cases.add("RFC 8032, changed signature", "rfc8032-verify", "bad_signature", message=data, **wrong)
    ikm = bytes.fromhex("0b" * 22)
    salt, info = bytes.fromhex("000102030405060708090a0b0c"), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    cases.add("RFC 5869, A.1", "rfc5869", ikm=ikm, salt=salt, info=info, size=42)
    cases.add("RFC 5869, A.3", "rfc5869", ikm=ikm, salt=b"", info=b"", size=42)
    cases.add(
        "RFC 9106, 5.3",
        "rfc9106",
        password=b"\1" * 32,
        salt=b"\2" * 16,
        secret=b"\3" * 8,
        ad=b"\4" * 12,
        cost=[32, 3, 4],
    )
    sealed = bytes.fromhex(
        "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256"
        "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a"
    )
    hpke = {
        "private": bytes.fromhex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d"),
        "info": bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
        "aad": b"Count-0",
    }
    cases.add("RFC 9180, the authors' vectors, mode 0, 0x0020 0x0001 0x0002", "rfc9180", sealed=sealed, **hpke)
    cases.add("RFC 9180, changed", "rfc9180", "cannot_open", sealed=flip(sealed), **hpke)


def _signatures(cases: Cases) -> None:
    made = cases.add("sign", "sign", seed=bytes_of("seed", 32), domain="event", parts=[b"event"])
    what = {"domain": "event", "parts": [b"event"], "public": made["public"]}
    signature = made["signature"]
    cases.add("signature holds", "check-signature", signature=signature, **what)
    cases.add("changed part", "check-signature", "bad_signature", signature=signature, **{**what, "parts": [b"evenu"]})
    cases.add("other domain", "check-signature", "bad_signature", signature=signature, **{**what, "domain": "message"})
    cases.add("changed S", "check-signature", "bad_signature", signature=flip(signature, 40), **what)
    high = (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
    cases.add("S and L", "check-signature", "bad_signature", signature=signature[:32] + high, **what)
    cases.add("63 bytes", "check-signature", "bad_signature", signature=signature[:63], **what)
    one = (1).to_bytes(32, "little")
    cases.add(
        "key one, R one, S zero: holds for any message where nobody looks",
        "check-signature", "bad_key", signature=one + bytes(32), **{**what, "public": one},
    )  # fmt: skip
    cases.add("R one", "check-signature", "bad_key", signature=one + signature[32:], **what)


def _refused_keys(cases: Cases) -> None:
    small = [0, 1, P - 1, P, P + 1, 2 * P - 1]
    ed = [n.to_bytes(32, "little") for n in small if n < 2**255] + [bytes.fromhex(y) for y in ORDER_EIGHT_Y]
    ed += [n.to_bytes(32, "little") for n in (P + 2, P + 18)]
    good = bytes_of("sign", 32)
    signature = Ed25519PrivateKey.from_private_bytes(good).sign(context("event"))
    public = Ed25519PrivateKey.from_private_bytes(good).public_key().public_bytes_raw()
    for y in ed:
        for key in (y, flip_top(y)):
            cases.add(f"sign key {key.hex()}", "check-sign-key", "bad_key", public=key)
            cases.add(
                f"R {key.hex()}", "check-signature", "bad_key",
                public=public, signature=key + signature[32:], domain="event", parts=[],
            )  # fmt: skip
    cases.add("sign key, good", "check-sign-key", public=public)
    xs = [n.to_bytes(32, "little") for n in small if n < 2**255] + [bytes.fromhex(u) for u in ORDER_EIGHT_U]
    xs += [n.to_bytes(32, "little") for n in (P + 2, P + 18, 2**255 + 9)]
    for u in dict.fromkeys([*xs, *map(flip_top, xs[:-1])]):
        cases.add(f"box key {u.hex()}", "check-box-key", "bad_key", public=u)
    cases.add("box key, good", "check-box-key", public=(9).to_bytes(32, "little"))
    cases.add("box key, short", "check-box-key", "bad_key", public=bytes(31))


def flip_top(key: bytes) -> bytes:
    """The same key with its top bit turned."""
    return key[:-1] + bytes([key[-1] ^ 128])


def _padding(cases: Cases) -> None:
    for size in (0, 1, 252, 253, 508, 509):
        padded = cases.add(f"pad {size}", "pad", message=b"m" * size, most=1024)["padded"]
        cases.add(f"unpad {size}", "unpad", padded=padded, most=1024)
    cases.add("pad, too long", "pad", "too_long", message=bytes(1021), most=1024)
    good = pad(b"hello", 1024)
    bad = {
        "not a bucket": good + b"\0",
        "empty": b"",
        "length beyond": b"\0\0\1\0" + good[4:],
        "smaller bucket fits": good + bytes(256),
        "rest not zero": flip(good),
        "huge length": b"\xff" * 4 + good[4:],
        "three times 256": b"\0\0\2\0" + bytes(764),
    }
    for name, padded in bad.items():
        cases.add(f"unpad, {name}", "unpad", "bad_padding", padded=padded, most=1024)
    cases.add("unpad, over the most", "unpad", "bad_padding", padded=pad(bytes(1000), 1024), most=512)


def _locks(cases: Cases) -> None:
    key, parts = bytes_of("lock key", 32), [bytes_of("circle", 32), 5]
    what = {"key": key, "domain": "card", "parts": parts}
    locked = cases.add("lock", "lock", message=b"a card", random=bytes_of("lock", 16), **what)["locked"]
    cases.add("unlock", "unlock", locked=locked, **what)
    for name, change in [
        ("other key", {"key": flip(key)}),
        ("other domain", {"domain": "preview"}),
        ("other part", {"parts": parts[:1]}),
    ]:
        cases.add(f"unlock, {name}", "unlock", "cannot_open", locked=locked, **{**what, **change})
    for name, at in [("salt", 0), ("commitment", 20), ("text", 48), ("tag", -1)]:
        cases.add(f"unlock, changed {name}", "unlock", "cannot_open", locked=flip(locked, at), **what)
    cases.add("unlock, short", "unlock", "cannot_open", locked=locked[:63], **what)
    other = lock(flip(key), b"a card", "card", *parts, chance=Fixed(locked[:16]))
    cases.add(
        "unlock, another key's text under this key's commitment",
        "unlock",
        "cannot_open",
        locked=locked[:48] + other[48:],
        **what,
    )
    _boxes(cases)


def _boxes(cases: Cases) -> None:
    private = bytes_of("box", 32)
    public = Fixed(private)
    from_key = cases.add("box keys", "member-keys", member=bytes(16), sign_seed=bytes(32), box_seed=private)["box_pk"]
    del public
    parts = [bytes_of("circle", 32)]
    sealed = box(from_key, b"thirty-two bytes, more or less..", "box", *parts, chance=Fixed(bytes_of("ephemeral", 32)))
    what = {"private": private, "domain": "box", "parts": parts}
    cases.add("unbox", "unbox", sealed=sealed, **what)
    cases.add("unbox, changed text", "unbox", "cannot_open", sealed=flip(sealed), **what)
    cases.add("unbox, changed enc", "unbox", "cannot_open", sealed=flip(sealed, 3), **what)
    cases.add("unbox, other part", "unbox", "cannot_open", sealed=sealed, **{**what, "parts": []})
    cases.add("unbox, other domain", "unbox", "cannot_open", sealed=sealed, **{**what, "domain": "knock"})
    cases.add("unbox, short", "unbox", "cannot_open", sealed=sealed[:47], **what)
    for u in (bytes(32), (1).to_bytes(32, "little"), bytes.fromhex(ORDER_EIGHT_U[0])):
        cases.add(f"unbox, enc {u.hex()[:8]}", "unbox", "cannot_open", sealed=u + sealed[32:], **what)
