"""A note from one member to one other, about something pending: SPEC.md section 9."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol.encoding import Many, decode, enc, fits
from sameboat.protocol.failures import require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, box, unbox
from sameboat.protocol.primitives import check_signature, pad, sign, unpad

ASIDE_MOST = 32768
# Picked messages, hashes beside them, and the words of whoever reports: section 15.
SHOWN: list[Any] = [Many(["b", "b", "b64", "b32"], 16), Many("b32", 32), "t0-1000"]
REPORT: list[Any] = ["b16", *SHOWN]
# Of a talk: its log, so that whoever reads it can hold it against the group's.
REPORT_TALK: list[Any] = ["b16", Many("b", 64), *SHOWN]
SHAPES: dict[str, list[Any]] = {
    "second-remove": ["b16", "b32", "b16", "b32", "u", "b64", "t0-1000"],
    "may-know": ["b32", "t0-400"],
    "ask-replaces": ["b32", "b16", "b", "t0-400"],
    "second-replaces": ["b32", "b16", "b32", "b32", "u", "b64"],
    "report": REPORT,
    "report-talk": REPORT_TALK,
    "report-state": ["b16", "u", "t0-1000"],
    "folded": ["b32", "t0-1000"],
    "before-remove": ["t1000"],
    "not-removed": ["b16"],
    "second-history": ["b16", Many("b32", 512), "b32", "u", "b64"],
    "missed-key": [Many("b32", 16)],
    "second-heal": ["b32", "u", Many("b16"), "b32", "u", "b64"],
}


def seal_aside(
    keys: MemberKeys,
    circle: bytes,
    to: bytes,
    to_box_pk: bytes,
    content: list[Any],
    chance: Chance = CHANCE,
) -> bytes:
    """Seal `[time, type, …]` to one member."""
    raw = enc(content)
    signature = sign(keys.sign, "aside-note", circle, keys.member, to, raw)
    padded = pad(enc([raw, signature]), ASIDE_MOST)
    return box(to_box_pk, padded, "aside", circle, keys.member, to, chance=chance)


def open_aside(
    private: X25519PrivateKey, circle: bytes, author: bytes, author_pk: bytes, to: bytes, sealed: bytes
) -> list[Any]:
    """`[time, type, …]`, or `cannot_open`, `bad_padding`, `not_canonical`, `bad_signature`, `unknown_type`."""
    padded = unbox(private, sealed, "aside", circle, author, to)
    raw, signature = decode(unpad(padded, ASIDE_MOST), ["b", "b64"], ASIDE_MOST)
    check_signature(author_pk, signature, "aside-note", circle, author, to, raw)
    content: list[Any] = decode(raw, "any", ASIDE_MOST)
    require(type(content) is list and fits(content[:2], ["u", "t32"]), "not_canonical")
    require(content[1] in SHAPES, "unknown_type")
    require(fits(content[2:], SHAPES[content[1]]), "not_canonical")
    return content
