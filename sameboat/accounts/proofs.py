"""What somebody shows at the door, checked against what is stored: SPEC.md sections 3, 7 and 12."""

from __future__ import annotations

from sameboat.protocol import verify
from sameboat.protocol.account import name_id
from sameboat.protocol.primitives import h, signature_holds

WRAP_SIZE = 96

__all__ = [
    "WRAP_SIZE",
    "account_by_link",
    "close",
    "device_sign_in",
    "is_record",
    "name_id",
    "record_put",
    "verifier",
]


def verifier(sign_in_key: bytes) -> bytes:
    """All that is stored of a sign-in key (SPEC 3)."""
    return h("verifier", sign_in_key)


def device_sign_in(key: bytes, signature: bytes, home: str, account: bytes, time: int, nonce: bytes) -> bool:
    """Whether the own circle's key signed this wish to come in (SPEC 12)."""
    return signature_holds(key, signature, "device-sign-in", home, account, time, nonce)


def record_put(key: bytes, signature: bytes, account: bytes, slot: str, version: int, sealed: bytes) -> bool:
    """Whether the own circle's key signed for this record (SPEC 3)."""
    return signature_holds(key, signature, "record-put", account, slot, version, h("attachment", sealed))


def close(key: bytes, signature: bytes, account: bytes, time: int) -> bool:
    """Whether the own circle's key wants this account deleted (SPEC 12)."""
    return signature_holds(key, signature, "close", account, time)


def account_by_link(link_key: bytes, signature: bytes, lookup: bytes, account: bytes) -> bool:
    """Whether the holder of an invitation's link wants this account made (SPEC 7)."""
    return signature_holds(link_key, signature, "account-by-link", lookup, account)


def is_record(sealed: bytes) -> bool:
    """Whether a sealed record has the size of a bucket: its true length stays unknown (P30)."""
    try:
        verify.check_sealed_size("record", len(sealed))
    except verify.Failure:
        return False
    return True
