"""Operations on bytes, keys and accounts."""

from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sameboat.protocol import account, keys, locks, passkeys, primitives
from sameboat.protocol.encoding import Many, Maybe, Shape, b64u, decode, enc, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.tests.playing import Fixed, op

Out = dict[str, Any]


def shape_from(notation: Any) -> Shape:
    """A shape as JSON: text, list, `{"many": shape, "most": n}`, `{"maybe": shape}`."""
    if isinstance(notation, list):
        return [shape_from(item) for item in notation]
    if isinstance(notation, dict) and "many" in notation:
        return Many(shape_from(notation["many"]), notation["most"])
    if isinstance(notation, dict):
        return Maybe(shape_from(notation["maybe"]))
    assert isinstance(notation, str)
    return notation


@op("enc")
def _enc(value: Any) -> Out:
    return {"bytes": enc(value)}


@op("decode")
def _decode(bytes: bytes, shape: Any, most: int) -> Out:
    return {"value": decode(bytes, shape_from(shape), most)}


@op("b64u")
def _b64u(bytes: bytes) -> Out:
    return {"text": b64u(bytes)}


@op("un-b64u")
def _un_b64u(text: str) -> Out:
    return {"bytes": un_b64u(text)}


@op("h")
def _h(domain: str, parts: list[Any]) -> Out:
    return {"hash": primitives.h(domain, *parts)}


@op("kdf")
def _kdf(ikm: bytes, salt: bytes, size: int, domain: str, parts: list[Any]) -> Out:
    return {"key": primitives.kdf(ikm, salt, size, domain, *parts)}


@op("mac")
def _mac(key: bytes, domain: str, parts: list[Any]) -> Out:
    return {"mac": primitives.mac(key, domain, *parts)}


@op("sign")
def _sign(seed: bytes, domain: str, parts: list[Any]) -> Out:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"public": public, "signature": primitives.sign(key, domain, *parts)}


@op("check-signature")
def _check_signature(public: bytes, signature: bytes, domain: str, parts: list[Any]) -> Out:
    primitives.check_signature(public, signature, domain, *parts)
    return {}


@op("check-sign-key")
def _check_sign_key(public: bytes) -> Out:
    primitives.check_sign_key(public)
    return {}


@op("check-box-key")
def _check_box_key(public: bytes) -> Out:
    primitives.check_box_key(public)
    return {}


@op("pad")
def _pad(message: bytes, most: int) -> Out:
    return {"padded": primitives.pad(message, most)}


@op("unpad")
def _unpad(padded: bytes, most: int) -> Out:
    return {"message": primitives.unpad(padded, most)}


@op("lock")
def _lock(key: bytes, message: bytes, domain: str, parts: list[Any], random: bytes) -> Out:
    return {"locked": locks.lock(key, message, domain, *parts, chance=Fixed(random))}


@op("unlock")
def _unlock(key: bytes, locked: bytes, domain: str, parts: list[Any]) -> Out:
    return {"message": locks.unlock(key, locked, domain, *parts)}


@op("unbox")
def _unbox(private: bytes, sealed: bytes, domain: str, parts: list[Any]) -> Out:
    key = X25519PrivateKey.from_private_bytes(private)
    return {"message": locks.unbox(key, sealed, domain, *parts)}


@op("rfc8032")
def _rfc8032(seed: bytes, message: bytes) -> Out:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"public": public, "signature": key.sign(message)}


@op("rfc8032-verify")
def _rfc8032_verify(public: bytes, message: bytes, signature: bytes) -> Out:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        raise Failure("bad_signature") from None
    return {}


@op("rfc5869")
def _rfc5869(ikm: bytes, salt: bytes, info: bytes, size: int) -> Out:
    return {"okm": HKDF(SHA256(), size, salt, info).derive(ikm)}


@op("rfc9180")
def _rfc9180(private: bytes, info: bytes, aad: bytes, sealed: bytes) -> Out:
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        return {"message": openssl.hpke._decrypt_with_aad(locks.SUITE, sealed, key, info=info, aad=aad)}
    except InvalidTag:
        raise Failure("cannot_open") from None


@op("rfc9106")
def _rfc9106(password: bytes, salt: bytes, secret: bytes, ad: bytes, cost: list[int]) -> Out:
    kib, passes, lanes = cost
    key = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=kib, ad=ad, secret=secret)
    return {"tag": key.derive(password)}


def _shown(keys_made: keys.MemberKeys) -> Out:
    return {"sign_pk": keys_made.sign_pk, "box_pk": keys_made.box_pk}


@op("member-keys")
def _member_keys(member: bytes, sign_seed: bytes, box_seed: bytes) -> Out:
    made = keys.member_keys(member, sign_seed, box_seed)
    return {**_shown(made), "sign_pkcs8": keys.pkcs8(made.sign), "box_pkcs8": keys.pkcs8(made.box)}


@op("seal-entry")
def _seal_entry(
    ak: bytes,
    account_id: bytes,
    circle: bytes,
    kind: int,
    member: bytes,
    sign_seed: bytes,
    box_seed: bytes,
    random: bytes,
) -> Out:
    made = keys.member_keys(member, sign_seed, box_seed)
    return {"entry": keys.seal_entry(ak, account_id, circle, kind, made, Fixed(random))}


@op("open-entry")
def _open_entry(ak: bytes, account_id: bytes, entry: list[Any]) -> Out:
    made = keys.open_entry(ak, account_id, entry)
    return {**_shown(made), "sign_pkcs8": keys.pkcs8(made.sign), "box_pkcs8": keys.pkcs8(made.box)}


@op("sign-in-name")
def _sign_in_name(typed: str) -> Out:
    return {"name": account.sign_in_name(typed)}


@op("name-id")
def _name_id(home: str, typed: str) -> Out:
    return {"name_id": account.name_id(home, typed)}


def _unlocker(made: account.Unlocker) -> Out:
    return {
        "lookup": made.lookup,
        "wrapping": made.wrapping,
        "sign_in": made.sign_in,
        "verifier": made.verifier,
    }


@op("passphrase-unlocker")
def _passphrase_unlocker(home: str, typed_name: str, typed: str) -> Out:
    return _unlocker(account.passphrase_unlocker(home, typed_name, typed))


@op("code-unlocker")
def _code_unlocker(home: str, typed: str) -> Out:
    return _unlocker(account.code_unlocker(home, typed))


@op("passkey-input")
def _passkey_input(home: str) -> Out:
    return {"input": account.passkey_input(home)}


@op("passkey-unlocker")
def _passkey_unlocker(home: str, result: bytes) -> Out:
    return _unlocker(account.passkey_unlocker(home, result))


@op("passkey-challenge")
def _passkey_challenge(home: str, time: int, nonce: bytes, credential: bytes) -> Out:
    return {"challenge": passkeys.passkey_challenge(home, time, nonce), "id": passkeys.passkey_id(credential)}


@op("seal-passkey-name")
def _seal_passkey_name(home: str, handle: bytes, account_id: bytes, passkey: bytes, typed: str, random: bytes) -> Out:
    return {"sealed": account.seal_passkey_name(home, handle, account_id, passkey, typed, Fixed(random))}


@op("open-passkey-name")
def _open_passkey_name(home: str, handle: bytes, account_id: bytes, passkey: bytes, sealed: bytes) -> Out:
    return {"typed": account.open_passkey_name(home, handle, account_id, passkey, sealed)}


def _by(kind: int, wrapping: bytes) -> account.Unlocker:
    return account.Unlocker(kind, b"", wrapping, b"", b"")


@op("wrap")
def _wrap(kind: int, wrapping: bytes, ak: bytes, account_id: bytes, unlocker_id: bytes, random: bytes) -> Out:
    return {"wrap": account.wrap(_by(kind, wrapping), ak, account_id, unlocker_id, Fixed(random))}


@op("unwrap")
def _unwrap(kind: int, wrapping: bytes, wrap: bytes, account_id: bytes, unlocker_id: bytes) -> Out:
    return {"ak": account.unwrap(_by(kind, wrapping), wrap, account_id, unlocker_id)}


@op("seal-record")
def _seal_record(ak: bytes, account_id: bytes, slot: str, body: list[Any], random: bytes) -> Out:
    return {"record": account.seal_record(ak, account_id, slot, body, Fixed(random))}


@op("open-record")
def _open_record(ak: bytes, account_id: bytes, slot: str, version: int, record: bytes, seen: int) -> Out:
    return {"body": account.open_record(ak, account_id, slot, version, record, seen)}


@op("seal-local")
def _seal_local(ak: bytes, account_id: bytes, label: str, content: bytes, random: bytes) -> Out:
    return {"sealed": account.seal_local(ak, account_id, label, content, Fixed(random))}


@op("open-local")
def _open_local(ak: bytes, account_id: bytes, label: str, sealed: bytes) -> Out:
    return {"content": account.open_local(ak, account_id, label, sealed)}


@op("code-from")
def _code_from(numbers: list[int]) -> Out:
    return {"code": account.code_from(numbers)}


@op("new-code")
def _new_code(random: bytes) -> Out:
    return {"code": account.new_code(Fixed(random))}


@op("read-code")
def _read_code(typed: str) -> Out:
    return {"symbols": account.read_code(typed)}
