"""What a message says once it is open: one shape for each type. SPEC.md section 6."""

from typing import Any

from sameboat.protocol.encoding import Many, Maybe, Shape, decode, enc, fits
from sameboat.protocol.epochs import AGREEMENT, NAME, SAFEGUARDING
from sameboat.protocol.failures import require
from sameboat.protocol.log_rules.policy import POLICY

CONTENT_MOST = 16000
START: list[Any] = ["u", Many("b32", 4), "t32"]
SHAPES: dict[str, list[Any]] = {
    "say": ["t16", "b32?", "t0-200?", "u", "t8000"],
    "voice": ["t16", "b32?", "t0-200?", "u", "t400", "b16", "u", "u", "b32"],
    "voice-part": ["b16", "u", "b"],
    "hear": ["b32"],
    "take-back": ["b32"],
    "affirm": ["b32", "b64"],
    "propose-policy": [
        NAME, AGREEMENT, Maybe(SAFEGUARDING), POLICY, "b32", "u", "b64", "t0-1000",
    ],
    "propose-role": ["b16", "u", "b32", "u", "b64"],
    "choice": ["t32", "t32"],
    "fold": ["b32"],
    "quiet": ["b16", "b16", "t0-1000"],
    "decision": ["t32", "b16?", "t0-1000"],
    "propose-remove": ["b16", "b32", "b16", "b32", "u", "b64", "t1000"],
    "lets-talk": ["b32"],
    "meeting": ["b16", "u", "b32", "t0-80", "t0-200", "t0-400", "t0-400", "t0-300"],
    "coming": ["b16", "t16", "u"],
    "left-words": ["t0-500"],
    "left-opened": ["b16", "b32"],
    "up-for": ["t64", Many(["u", "u", "u"], 28), "u", "bool", "bool"],
    "number": ["t0-40"],
    "rang": [],
}  # fmt: skip
# Whether a type is kept beyond the window. A take-back is kept as its target is.
FADES = ("say", "voice", "voice-part", "hear", "fold", "rang")
KEPT = {type_: type_ not in FADES for type_ in SHAPES if type_ != "take-back"}


def encode_content(time: int, after: list[bytes], type_: str, rest: list[Any]) -> bytes:
    """The bytes of a content; over 16,000 it is `too_long`."""
    content = enc([time, after, type_, *rest])
    shape: Shape = [*START, *SHAPES[type_]]
    require(fits([time, after, type_, *rest], shape), "not_canonical")
    require(len(content) <= CONTENT_MOST, "too_long")
    return content


def read_content(raw: bytes, keep: bool) -> list[Any]:
    """`[time, after, type, …]`; a type this version does not know is `unknown_type`: shown as "reload to read this"."""
    content: list[Any] = decode(raw, "any", CONTENT_MOST)
    require(type(content) is list and fits(content[:3], START), "not_canonical")
    require(content[2] in SHAPES, "unknown_type")
    require(fits(content[3:], SHAPES[content[2]]), "not_canonical")
    require(KEPT.get(content[2], keep) == keep, "not_canonical")
    return content
