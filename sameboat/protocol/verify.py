"""All the server needs: it verifies, and nothing it imports can open anything. The one public entry for it.

Every check raises `Failure`, whose `code` is a name of SPEC.md. States come from `replay` and `append`.
"""

from dataclasses import dataclass
from typing import Any

from sameboat.protocol.encoding import b64u, decode, enc, un_b64u
from sameboat.protocol.envelope import Envelope, Header, check_envelope, check_known, check_read, read_envelope
from sameboat.protocol.failures import NAMES, Failure, require
from sameboat.protocol.log import append, check_no_fork, extend, read_event, replay
from sameboat.protocol.log_rules.leaving import PARTING, PARTING_MOST
from sameboat.protocol.meetings import PLAN_MOST, Plan, check_plan, read_plan
from sameboat.protocol.passkeys import Assertion, check_passkey_key, check_passkey_sign_in
from sameboat.protocol.primitives import BUCKET, attachment_hash, bucket, h, same, signature_holds
from sameboat.protocol.state import GROUP, OWN, Epoch, Event, Invite, Member, State

__all__ = [
    "CLOCK",
    "GROUP",
    "NAMES",
    "OWN",
    "PLAN_MOST",
    "WRAP_SIZE",
    "Assertion",
    "Attachment",
    "Envelope",
    "Epoch",
    "Event",
    "Failure",
    "Header",
    "Invite",
    "Member",
    "Plan",
    "State",
    "append",
    "attachment_hash",
    "b64u",
    "check_account_by_link",
    "check_attachment",
    "check_clock",
    "check_close",
    "check_device_sign_in",
    "check_envelope",
    "check_knock_by_link",
    "check_known",
    "check_no_fork",
    "check_parting",
    "check_passkey_drop",
    "check_passkey_key",
    "check_passkey_put",
    "check_passkey_sign_in",
    "check_plan",
    "check_read",
    "check_record_put",
    "check_report_put",
    "check_sealed_size",
    "check_unlocker",
    "check_way_put",
    "decode",
    "enc",
    "extend",
    "last_known",
    "read_envelope",
    "read_event",
    "read_plan",
    "replay",
    "required_attachments",
    "un_b64u",
    "verifier_of",
    "window_at",
]

CLOCK = 600
# kind: (bytes around the padding, largest padding, in a bucket at all)
_SIZES = {
    "card": (64, 262144),
    "list": (0, 262144),
    "preview": (64, 65536),
    "invite-card": (64, 1024),
    "knock": (48, 2048),
    "aside": (48, 32768),
    "report": (48, 65536),
    "report-answer": (48, 32768),
    "record": (64, 262144),
    "passkey-name": (64, 512),
}
BOX_SIZE = 80
WRAP_SIZE = 96


@dataclass(frozen=True)
class Attachment:
    """Bytes an event names by hash. `member`: whose box, or who the list is about. One hash may be asked twice."""

    kind: str
    hash: bytes
    member: bytes | None = None


def required_attachments(event: Event) -> list[Attachment]:
    """What has to come with an event, in the order in which its body names it."""
    if event.type == "invite":
        return [Attachment("preview", event.body[4]), Attachment("invite-card", event.body[5])]
    if event.type == "history":
        return [Attachment("history-box", hash_, event.body[0]) for _, hash_ in event.body[1]]
    if event.type != "epoch":
        return []
    _, boxes, _, card, closed = event.body
    made = [Attachment("box", hash_, member) for member, hash_ in boxes]
    made.append(Attachment("card", card))
    return made + [Attachment("list", hash_, member) for member, hash_ in closed]


def check_sealed_size(kind: str, size: int) -> None:
    """Sealed things come in buckets, so that length says little; any other size is `bad_padding`."""
    if kind in ("box", "history-box"):
        require(size == BOX_SIZE, "bad_padding")
        return
    around, most = _SIZES[kind]
    inner = size - around
    require(BUCKET <= inner <= most and bucket(inner) == inner, "bad_padding")


def check_attachment(asked: Attachment, content: bytes) -> None:
    """These are the bytes the event names (`wrong_attachment`), in a size they may have (`bad_padding`)."""
    require(same(attachment_hash(content), asked.hash), "wrong_attachment")
    check_sealed_size(asked.kind, len(content))


def check_clock(time: int, now: int) -> None:
    """Refuse (`clock`) a time more than ten minutes from the server's own."""
    require(abs(time - now) <= CLOCK, "clock")


def verifier_of(sign_in: bytes) -> bytes:
    """What the server stores of a 32-byte sign-in key."""
    return h("verifier", sign_in)


def check_unlocker(event: Event, wrap: bytes, verifier: bytes, lookup: bytes) -> None:
    """The wrap, verifier and lookup to be stored are those an `unlock` event signed for, else `wrong_unlocker`."""
    hashes = [h("wrap-hash", wrap), h("verifier-hash", verifier, lookup)]
    require(event.type == "unlock" and event.body[3:] == hashes, "wrong_unlocker")


def check_record_put(public: bytes, account: bytes, slot: str, version: int, sealed: bytes, signature: bytes) -> None:
    """Whoever replaces a record holds the key of the own circle, else `bad_signature`."""
    parts = [account, slot, version, attachment_hash(sealed)]
    require(signature_holds(public, signature, "record-put", *parts), "bad_signature")


def check_close(public: bytes, account: bytes, time: int, signature: bytes, *, now: int) -> None:
    """Whoever wants an account deleted holds the key of its own circle (`bad_signature`), and wants it now."""
    check_clock(time, now)
    require(signature_holds(public, signature, "close", account, time), "bad_signature")


def check_device_sign_in(
    public: bytes, home: str, account: bytes, time: int, nonce: bytes, signature: bytes, *, now: int
) -> None:
    """A device opens a session with the key of the own circle. That the nonce is new, the caller checks."""
    check_clock(time, now)
    holds = signature_holds(public, signature, "device-sign-in", home, account, time, nonce)
    require(holds, "bad_device_sign_in")


def check_passkey_put(
    public: bytes, account: bytes, passkey: bytes, key: bytes, name: bytes, time: int, signature: bytes, *, now: int
) -> None:
    """Whoever adds a passkey that signs in holds the own circle's key: `clock`, `bad_signature`, `bad_key`."""
    check_clock(time, now)
    holds = signature_holds(public, signature, "passkey-put", account, passkey, key, name, time)
    require(holds, "bad_signature")
    check_passkey_key(key)
    check_sealed_size("passkey-name", len(name))


def check_way_put(
    public: bytes, account: bytes, what: str, way: list[Any], time: int, signature: bytes, *, now: int
) -> None:
    """Whoever adds a way of being told, or a calendar address, holds the own circle's key: `clock`, `bad_signature`."""
    check_clock(time, now)
    require(signature_holds(public, signature, "way-put", account, what, way, time), "bad_signature")


def check_passkey_drop(public: bytes, account: bytes, passkey: bytes, time: int, signature: bytes, *, now: int) -> None:
    """Whoever takes such a passkey away holds the own circle's key: `clock`, `bad_signature`."""
    check_clock(time, now)
    require(signature_holds(public, signature, "passkey-drop", account, passkey, time), "bad_signature")


def check_account_by_link(link_pk: bytes, lookup: bytes, account: bytes, signature: bytes) -> None:
    """Whoever makes an account by invitation holds the link, else `bad_link_signature`."""
    holds = signature_holds(link_pk, signature, "account-by-link", lookup, account)
    require(holds, "bad_link_signature")


def check_knock_by_link(
    link_pk: bytes, lookup: bytes, account: bytes, member: bytes, knock: bytes, signature: bytes
) -> None:
    """Whoever knocks holds the link, else `bad_link_signature`; the knock comes in a bucket."""
    parts = [lookup, account, member, attachment_hash(knock)]
    require(signature_holds(link_pk, signature, "knock-by-link", *parts), "bad_link_signature")
    check_sealed_size("knock", len(knock))


def check_parting(state: State, member: bytes, body: bytes, signature: bytes) -> int:
    """A farewell signed ahead that `leave` would take (`bad_parting`). Returns the time from which it counts."""
    circle, who, head, not_before = decode(body, PARTING, PARTING_MOST)
    found = state.members.get(member)
    named = found is not None and [circle, who] == [state.circle, member] and state.is_last_word(found, head)
    require(named and found is not None and signature_holds(found.sign_pk, signature, "parting", body), "bad_parting")
    return int(not_before)


def last_known(state: State, member: bytes) -> Member | None:
    """A member as they are in the log, or were there last; None for somebody who never belonged."""
    if member not in state.gone_at:
        return state.members.get(member)
    return state.members_at(state.gone_at[member] - 1)[member]


def check_report_put(state: State, member: bytes, id_: bytes, sealed: bytes, signature: bytes) -> None:
    """A report for the contact, by somebody who belongs or did: `not_a_member`, `bad_signature`, `bad_padding`."""
    author = last_known(state, member)
    if author is None:
        raise Failure("not_a_member")
    parts = [state.circle, member, id_, attachment_hash(sealed)]
    require(signature_holds(author.sign_pk, signature, "report-put", *parts), "bad_signature")
    check_sealed_size("report", len(sealed))


def window_at(state: State, time: int) -> int:
    """The window in days in force at this time; 0 means messages are kept."""
    return state.window_at(time)
