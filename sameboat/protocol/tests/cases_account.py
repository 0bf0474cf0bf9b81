"""Vectors of keys, accounts and recovery codes."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sameboat.protocol import account, keys
from sameboat.protocol.encoding import enc
from sameboat.protocol.locks import lock
from sameboat.protocol.primitives import kdf, pad
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.playing import Fixed

HOME = "https://boat.example"


def member_keys() -> Cases:
    """SPEC.md section 3, the key wraps."""
    cases = Cases("A member's keys and their line in the account record. SPEC.md section 3.")
    who = {
        "member": bytes_of("member", 16),
        "sign_seed": bytes_of("sign seed", 32),
        "box_seed": bytes_of("box seed", 32),
    }
    cases.add("keys from seeds", "member-keys", **who)
    where = {"ak": bytes_of("ak", 32), "account_id": bytes_of("account", 16)}
    made = cases.add(
        "seal a line", "seal-entry", circle=bytes_of("circle", 32), kind=2, random=bytes_of("entry", 32), **who, **where
    )["entry"]  # fmt: skip
    cases.add("open a line", "open-entry", entry=made, **where)
    other = keys.member_keys(bytes(16), bytes_of("other sign", 32), bytes_of("other box", 32))
    cases.add(
        "public signing key replaced", "open-entry", "bad_key", entry=[*made[:3], other.sign_pk, *made[4:]], **where
    )
    cases.add("public box key replaced", "open-entry", "bad_key", entry=[*made[:4], other.box_pk, *made[5:]], **where)
    swapped = [*made[:5], made[6], made[5]]
    cases.add("private keys swapped", "open-entry", "cannot_open", entry=swapped, **where)
    cases.add("other member", "open-entry", "cannot_open", entry=[*made[:2], flip(made[2]), *made[3:]], **where)
    cases.add(
        "other account", "open-entry", "cannot_open", entry=made, ak=where["ak"], account_id=flip(where["account_id"])
    )
    cases.add(
        "other key", "open-entry", "cannot_open", entry=made, ak=flip(where["ak"]), account_id=where["account_id"]
    )
    wrapping = kdf(where["ak"], b"", 32, "key-wrap", where["account_id"])
    ed = keys.pkcs8(Ed25519PrivateKey.from_private_bytes(bytes_of("sign seed", 32)))
    for name, inside in [("an Ed25519 key as box key", ed), ("no key at all", bytes(48))]:
        wrong = lock(wrapping, inside, "private-key", bytes(32), who["member"], "box", chance=Fixed(bytes(16)))
        cases.add(name, "open-entry", "bad_key", entry=[*made[:6], wrong], **where)
    return cases


def accounts() -> Cases:
    """SPEC.md section 3, names, unlockers, wraps and records."""
    cases = Cases("Sign-in names, unlockers, wraps and records. SPEC.md section 3.")
    for typed in (
        "ana",
        "  Ana   Maria ",
        "ＡＮＡ",
        "Ana\u3000Maria",
        "ANA\tB\u00a0C",
        "ÉLODIE",
        "E\u0301lodie",
        "İpek",
        "ﬁona",
    ):
        cases.add(f"name {typed!r}", "sign-in-name", typed=typed)
    cases.add("name too short", "sign-in-name", "too_short", typed=" a ")
    cases.add("name too long", "sign-in-name", "too_long", typed="a" * 65)
    cases.add("name of 64", "sign-in-name", typed="😀" * 64)
    cases.add("name id", "name-id", home=HOME, typed=" Ana ")
    cases.add("name id elsewhere", "name-id", home="https://other.example", typed="ana")
    by = cases.add("passphrase", "passphrase-unlocker", home=HOME, typed_name="Ana", typed=" seven quiet lanterns ")
    cases.add("passphrase, NFKC", "passphrase-unlocker", home=HOME, typed_name="ana", typed="ｓeven quiet lanterns é")
    cases.add(
        "passphrase too short", "passphrase-unlocker", "too_short", home=HOME, typed_name="ana", typed=" eleven char "
    )
    code = account.code_from(list(range(28)))
    cases.add("recovery code", "code-unlocker", home=HOME, typed=code)
    _passkeys(cases)
    _passkeys_that_sign_in(cases)
    what = {"account_id": bytes_of("account", 16), "unlocker_id": bytes_of("unlocker", 16)}
    wrap = cases.add(
        "wrap", "wrap", kind=1, wrapping=by["wrapping"], ak=bytes_of("ak", 32), random=bytes_of("wrap", 16), **what
    )["wrap"]
    opening = {"kind": 1, "wrapping": by["wrapping"], "wrap": wrap, **what}
    cases.add("unwrap", "unwrap", **opening)
    changes = {
        "other kind": {"kind": 2},
        "other account": {"account_id": flip(what["account_id"])},
        "other id": {"unlocker_id": flip(what["unlocker_id"])},
        "sign-in key instead": {"wrapping": by["sign_in"]},
        "verifier instead": {"wrapping": by["verifier"]},
        "changed wrap": {"wrap": flip(wrap)},
    }
    for name, change in changes.items():
        cases.add(f"unwrap, {name}", "unwrap", "cannot_open", **{**opening, **change})
    short = lock(by["wrapping"], bytes(31), "wrap", what["account_id"], 1, what["unlocker_id"], chance=Fixed("short"))
    cases.add("unwrap, 31 bytes inside", "unwrap", "cannot_open", **{**opening, "wrap": short})
    _records(cases)
    return cases


def _passkeys(cases: Cases) -> None:
    cases.add("what a passkey is asked", "passkey-input", home=HOME)
    cases.add("what a passkey is asked elsewhere", "passkey-input", home="https://other.example")
    result = bytes_of("prf result", 32)
    cases.add("passkey", "passkey-unlocker", home=HOME, result=result)
    cases.add("passkey, elsewhere", "passkey-unlocker", home="https://other.example", result=result)
    cases.add("passkey, 31 bytes", "passkey-unlocker", "bad_key", home=HOME, result=result[:31])
    cases.add("passkey, 64 bytes", "passkey-unlocker", "bad_key", home=HOME, result=result * 2)
    cases.add("passkey, nothing", "passkey-unlocker", "bad_key", home=HOME, result=b"")


def _passkeys_that_sign_in(cases: Cases) -> None:
    asked = {"time": 1_900_000_000, "nonce": bytes_of("nonce", 16), "credential": bytes_of("credential", 48)}
    known = cases.add("what a passkey signs to come in", "passkey-challenge", home=HOME, **asked)
    cases.add("what it signs elsewhere", "passkey-challenge", home="https://other.example", **asked)
    handle = bytes_of("handle", 16)
    where = {"home": HOME, "handle": handle, "account_id": bytes_of("account", 16), "passkey": known["id"]}
    random = bytes_of("passkey name", 16)
    sealed = cases.add("sign-in name for a passkey", "seal-passkey-name", typed="ana", random=random, **where)["sealed"]
    cases.add("sign-in name of 64 for a passkey", "seal-passkey-name", typed="😀" * 64, random=random, **where)
    nothing = cases.add("no sign-in name for a passkey", "seal-passkey-name", typed="", random=random, **where)
    cases.add("a passkey's sign-in name", "open-passkey-name", sealed=sealed, **where)
    cases.add("a passkey without a sign-in name", "open-passkey-name", sealed=nothing["sealed"], **where)
    changes = {
        "other handle": {"handle": flip(handle)},
        "other site": {"home": "https://other.example"},
        "other account": {"account_id": flip(where["account_id"])},
        "other passkey": {"passkey": flip(where["passkey"])},
        "changed": {"sealed": flip(sealed)},
    }
    for name, change in changes.items():
        cases.add(
            f"a passkey's sign-in name, {name}",
            "open-passkey-name",
            "cannot_open",
            **{"sealed": sealed, **where, **change},
        )
    key = kdf(handle, b"", 32, "passkey-name-key", HOME)
    for name, inside, expect in (
        ("65 long", pad(enc("a" * 65), 512), "not_canonical"),
        ("a number inside", pad(enc(7), 512), "not_canonical"),
        ("not padded", enc("ana"), "bad_padding"),
    ):
        wrong = lock(key, inside, "passkey-name", where["account_id"], where["passkey"], chance=Fixed(random))
        cases.add(f"a passkey's sign-in name, {name}", "open-passkey-name", expect, sealed=wrong, **where)


def _records(cases: Cases) -> None:
    where = {"ak": bytes_of("ak", 32), "account_id": bytes_of("account", 16)}
    keep = keys.member_keys(bytes_of("member", 16), bytes_of("sign seed", 32), bytes_of("box seed", 32))
    entry = keys.seal_entry(
        where["ak"], where["account_id"], bytes_of("circle", 32), 2, keep, Fixed(bytes_of("entry", 32))
    )
    bodies = {
        "account": [3, HOME, None, [entry]],
        "pins": [8, [[bytes_of("circle", 32), 4, bytes_of("head", 32)]]],
        "mine": [1, '{"sound":false}'],
    }
    for slot, body in bodies.items():
        sealed = cases.add(f"seal {slot}", "seal-record", slot=slot, body=body, random=bytes_of(slot, 16), **where)[
            "record"
        ]
        what = {"slot": slot, "version": body[0], "record": sealed, **where}
        cases.add(f"open {slot}", "open-record", seen=body[0], **what)
        cases.add(f"{slot} rolled back", "open-record", "rolled_back", seen=body[0] + 1, **what)
        cases.add(f"{slot}, other version", "open-record", "cannot_open", seen=0, **{**what, "version": body[0] + 1})
        cases.add(f"{slot}, changed", "open-record", "cannot_open", seen=0, **{**what, "record": flip(sealed)})
    cases.add("pins as account", "open-record", "cannot_open", seen=0, **{**what, "slot": "pins"})
    key = account.record_key(where["ak"], where["account_id"], "mine")
    for name, padded, expect in [
        ("bad padding inside", b"\1" * 256, "bad_padding"),
        ("bad encoding inside", pad(b"\xff", 1024), "not_canonical"),
        ("another version inside", pad(b"\x82\x02\x60", 1024), "not_canonical"),
    ]:
        sealed = lock(key, padded, "record", where["account_id"], "mine", 1, chance=Fixed(bytes(16)))
        cases.add(name, "open-record", expect, slot="mine", version=1, seen=0, record=sealed, **where)
    local = cases.add(
        "seal local", "seal-local", label="draft", content=b"not yet", random=bytes_of("local", 16), **where
    )
    cases.add("open local", "open-local", label="draft", **local, **where)
    cases.add("open local under another name", "open-local", "cannot_open", label="outbox", **local, **where)


def recovery_code() -> Cases:
    """SPEC.md section 3, the recovery code."""
    cases = Cases("Recovery codes as written and as typed. SPEC.md section 3.")
    for name, numbers in [("zeros", [0] * 28), ("rising", list(range(28))), ("highest", [30] * 28)]:
        code = cases.add(name, "code-from", numbers=numbers)["code"]
        cases.add(f"{name}, read", "read-code", typed=code)
    cases.add(
        "from random bytes, 248 and more left out", "new-code", random=bytes([255, 248, 247]) + bytes_of("code", 40)
    )
    good = account.code_from([1, 0, 1, 5, *range(24)])
    cases.add("lower case, spaces", "read-code", typed=" " + good.lower().replace("-", "  "))
    cases.add(
        "O for 0 and I, L for 1", "read-code", typed=good.replace("0", "o").replace("1", "l", 1).replace("1", "i", 1)
    )
    cases.add("one missing", "read-code", "code_length", typed=good[:-1])
    cases.add("nothing", "read-code", "code_length", typed="")
    cases.add("one too many", "read-code", "code_length", typed=good + "0")
    for group in range(7):
        at = 6 * group + 2
        wrong = good[:at] + ("7" if good[at] != "7" else "8") + good[at + 1 :]
        cases.add(f"group {group + 1} wrong", "read-code", "code_group", typed=wrong)
    groups = good.split("-")
    cases.add("two groups swapped", "read-code", "code_group", typed="-".join([groups[1], groups[0], *groups[2:]]))
    cases.add("a symbol that is none", "read-code", "code_group", typed="U" + good[1:])
    cases.add("a letter Z", "read-code", "code_group", typed=good[:-1] + "Z")
    return cases
