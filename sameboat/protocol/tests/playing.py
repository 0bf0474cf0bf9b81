"""How a vector is played: an operation by name, inputs in, outputs or one named failure out."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sameboat.protocol.failures import Failure
from sameboat.protocol.locks import Chance

VECTORS = Path(__file__).resolve().parents[3] / "protocol" / "vectors"
OPS: dict[str, Callable[..., dict[str, Any]]] = {}


def op(name: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., dict[str, Any]]]:
    """Register the one player of an operation."""

    def register(play: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        assert name not in OPS
        OPS[name] = play
        return play

    return register


def play(name: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    """What comes of it: `("success", outputs)` or `(failure name, None or its detail)`."""
    try:
        return "success", OPS[name](**inputs)
    except Failure as no:
        return no.code, None if no.detail is None else {"detail": no.detail}


def with_log(inputs: dict[str, Any], logs: dict[str, list[bytes]]) -> dict[str, Any]:
    """Inputs that name a log get its first `take` events, and `then`, as `wires`."""
    if "log" not in inputs:
        return inputs
    rest = {key: value for key, value in inputs.items() if key not in ("log", "take", "then")}
    return {**rest, "wires": logs[inputs["log"]][: inputs["take"]] + inputs["then"]}


def to_json(value: Any) -> Any:
    """Bytes become `{"hex": …}`, everything else stays."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


def from_json(value: Any) -> Any:
    """The reverse of `to_json`."""
    if isinstance(value, dict):
        if set(value) == {"hex"}:
            return bytes.fromhex(value["hex"])
        return {key: from_json(item) for key, item in value.items()}
    return [from_json(item) for item in value] if isinstance(value, list) else value


def read_vectors(name: str) -> list[dict[str, Any]]:
    """The cases of one file, bytes as bytes, logs put in."""
    content = from_json(json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8")))
    logs = content.get("logs", {})
    return [{**case, "in": with_log(case["in"], logs)} for case in content["cases"]]


def stream(seed: str) -> Callable[[int], bytes]:
    """Endless bytes that a seed decides."""
    state = {"counter": 0, "left": b""}

    def take(size: int) -> bytes:
        while len(state["left"]) < size:
            state["left"] += hashlib.sha256(f"{seed} {state['counter']}".encode()).digest()
            state["counter"] += 1
        out, state["left"] = state["left"][:size], state["left"][size:]
        return out

    return take


class Fixed(Chance):
    """Random bytes that are not: given ones, or an endless row from a seed. Boxes then come out the same too."""

    def __init__(self, source: bytes | str) -> None:
        self.given = source if isinstance(source, bytes) else b""
        self.endless = stream(source) if isinstance(source, str) else None

    def take(self, size: int) -> bytes:
        if self.endless:
            return self.endless(size)
        assert len(self.given) >= size, "the vector gives too few random bytes"
        out, self.given = self.given[:size], self.given[size:]
        return out

    def hpke(self, public: X25519PublicKey, message: bytes, info: bytes) -> bytes:
        """RFC 9180 section 5 and 6, sender's side, with the next 32 bytes as the ephemeral private key."""
        return hpke_seal(X25519PrivateKey.from_private_bytes(self.take(32)), public, message, info)


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _extract(salt: bytes, suite: bytes, label: bytes, ikm: bytes) -> bytes:
    return HKDF.extract(SHA256(), salt or bytes(32), b"HPKE-v1" + suite + label + ikm)


def _expand(prk: bytes, suite: bytes, label: bytes, info: bytes, size: int) -> bytes:
    return HKDFExpand(SHA256(), size, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info).derive(prk)


def hpke_seal(
    ephemeral: X25519PrivateKey, public: X25519PublicKey, message: bytes, info: bytes, aad: bytes = b""
) -> bytes:
    """`enc ‖ ct` for a known ephemeral key: only for vectors, which must come out the same every time."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    enc = _raw(ephemeral.public_key())
    eae = _extract(b"", kem, b"eae_prk", ephemeral.exchange(public))
    shared = _expand(eae, kem, b"shared_secret", enc + _raw(public), 32)
    context = b"\0" + _extract(b"", suite, b"psk_id_hash", b"") + _extract(b"", suite, b"info_hash", info)
    secret = _extract(shared, suite, b"secret", b"")
    key = _expand(secret, suite, b"key", context, 32)
    nonce = _expand(secret, suite, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, message, aad)
