"""What two members' pages say to each other to begin and end a call: SPEC.md section 18; and a meeting: section 20."""

import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol.encoding import Shape, decode, enc, fits
from sameboat.protocol.failures import require
from sameboat.protocol.gatherings import gathering_of
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, box, unbox
from sameboat.protocol.primitives import check_signature, h, pad, same, sign, unpad

SIGNAL_MOST = 16384
SHAPES: dict[str, list[Shape]] = {
    "ring": ["bool"],
    "take": ["b16", "t8000"],
    "answer": ["b16", "t8000"],
    "no": [],
    "over": [],
    "here": ["b16", "u"],
    "offer": ["b16", "b16", "u", "t8000"],
    "accept": ["b16", "b16", "u", "t8000"],
    "gone": ["b16"],
}
_OF_GATHERINGS = ("here", "offer", "accept", "gone")
_DESCRIBES = {"take": 3, "answer": 3, "offer": 5, "accept": 5}
# How a line begins and ends.
_VOICE, _CHANNEL = ("m=audio ", ""), ("m=application ", " UDP/DTLS/SCTP webrtc-datachannel")
_FINGERPRINT = re.compile(r"a=fingerprint:sha-256 [0-9A-F]{2}(:[0-9A-F]{2}){31}")


def rings_to(address: str) -> bytes:
    """What one's own record keeps, 32 bytes, of the device that a test ring reached: a hash of its push address."""
    return h("rings-to", address)


def is_voice(text: str) -> bool:
    """Whether a session description is one of voice alone, over the relay alone, with one fingerprint."""
    return _describes(text, [_VOICE])


def is_shared_voice(text: str) -> bool:
    """The same, for a line of a meeting by voice: one channel is beside the voice, with the same fingerprint."""
    return _describes(text, [_VOICE, _CHANNEL])


def _describes(text: str, wanted: list[tuple[str, str]]) -> bool:
    lines = text.split("\r\n")
    media, prints, candidates = (
        [line for line in lines if line.startswith(start)] for start in ("m=", "a=fingerprint:", "a=candidate:")
    )
    return (
        len(media) == len(wanted)
        and all(line.startswith(start) and line.endswith(end) for line, (start, end) in zip(media, wanted, strict=True))
        and 1 <= len(prints) <= len(wanted)
        and len(set(prints)) == 1
        and _FINGERPRINT.fullmatch(prints[0]) is not None
        and len(candidates) > 0
        and all(_is_relay(line) for line in candidates)
        and not any(line.startswith("a=crypto:") or "\r" in line or "\n" in line for line in lines)
    )


def _is_relay(line: str) -> bool:
    return " typ relay" in line and " raddr " not in line.replace(" raddr 0.0.0.0 rport 0", "", 1)


def seal_signal(
    keys: MemberKeys, circle: bytes, to: bytes, to_box_pk: bytes, call: bytes, content: list[Any],
    chance: Chance = CHANCE,
) -> bytes:  # fmt: skip
    """Seal `[time, type, …]` to one member, for one call."""
    raw = enc(content)
    signature = sign(keys.sign, "signal-note", circle, keys.member, to, call, raw)
    padded = pad(enc([raw, signature]), SIGNAL_MOST)
    return box(to_box_pk, padded, "signal", circle, keys.member, to, call, chance=chance)


def open_signal(
    private: X25519PrivateKey, circle: bytes, author: bytes, author_pk: bytes, to: bytes, call: bytes, sealed: bytes
) -> list[Any]:
    """`[time, type, …]`, or `cannot_open`, `bad_padding`, `not_canonical`, `bad_signature`, `unknown_type` (P70)."""
    padded = unbox(private, sealed, "signal", circle, author, to, call)
    raw, signature = decode(unpad(padded, SIGNAL_MOST), ["b", "b64"], SIGNAL_MOST)
    check_signature(author_pk, signature, "signal-note", circle, author, to, call, raw)
    content: list[Any] = decode(raw, "any", SIGNAL_MOST)
    require(type(content) is list and fits(content[:2], ["u", "t32"]), "not_canonical")
    require(content[1] in SHAPES, "unknown_type")
    require(fits(content[2:], SHAPES[content[1]]), "not_canonical")
    is_of_gathering = content[1] in _OF_GATHERINGS
    require(is_of_gathering == same(call, gathering_of(circle)), "not_canonical")
    is_good = is_shared_voice if is_of_gathering else is_voice
    require(content[1] not in _DESCRIBES or is_good(content[_DESCRIBES[content[1]]]), "not_canonical")
    return content
