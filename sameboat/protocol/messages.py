"""Sealing and opening messages: SPEC.md section 6."""

from dataclasses import dataclass, replace
from typing import Any

from sameboat.protocol.content import encode_content, read_content
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.envelope import PADDED_MOST, Envelope, Header
from sameboat.protocol.failures import require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import gcm_open, gcm_seal
from sameboat.protocol.primitives import check_signature, kdf, mac, pad, same, sign, unpad


@dataclass(frozen=True)
class Opened:
    """An opened message: `content` is `[time, after, type, …]`; `raw` and `signature` are what a report would show."""

    content: list[Any]
    raw: bytes
    signature: bytes


def frank_key(key: bytes, header: Header) -> bytes:
    """kf: it checks C of one message, and opens nothing."""
    return kdf(key, header.id, 32, "frank", header.circle, header.author)


def _commitment(key: bytes, header: Header, content: bytes, signature: bytes) -> bytes:
    return mac(frank_key(key, header), "franking", header.bare, content, signature)


def message_keys(key: bytes, header: Header) -> tuple[bytes, bytes]:
    """The key and nonce of one message: of its whole header, so that a changed retry never meets the same pair."""
    out = kdf(key, header.id, 44, "message-key", header.raw)
    return out[:32], out[32:]


def seal_raw(keys: MemberKeys, key: bytes, header: Header, content: bytes) -> tuple[bytes, Header]:
    """The envelope of encoded content and its header with C in it."""
    signature = sign(keys.sign, "message", header.bare, content)
    full = replace(header, commitment=_commitment(key, header, content, signature))
    padded = pad(enc([content, signature]), PADDED_MOST)
    sealed = gcm_seal(*message_keys(key, full), padded, full.raw)
    return enc([full.raw, sealed]), full


def seal_message(
    keys: MemberKeys, key: bytes, header: Header, time: int, after: list[bytes], type_: str, rest: list[Any]
) -> tuple[bytes, Header]:
    """The envelope of a message and its header with C in it; `header` comes without C, with a fresh id."""
    return seal_raw(keys, key, header, encode_content(time, after, type_, rest))


def open_message(key: bytes, envelope: Envelope, sign_pk: bytes) -> Opened:
    """Open one message of an author whose key at its head is `sign_pk`. Acceptance comes before, see `Tracker`.

    `cannot_open`, `bad_padding`, `not_canonical`, `bad_commitment`, `bad_key`, `bad_signature`, `unknown_type`.
    """
    header = envelope.header
    padded = gcm_open(*message_keys(key, header), envelope.sealed, header.raw)
    raw, signature = decode(unpad(padded, PADDED_MOST), ["b", "b64"], PADDED_MOST)
    require(same(_commitment(key, header, raw, signature), header.commitment), "bad_commitment")
    check_signature(sign_pk, signature, "message", header.bare, raw)
    return Opened(read_content(raw, header.keep), raw, signature)
