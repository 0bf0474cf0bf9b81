"""Reports: messages shown to those who decide, each one proved, and nothing else opened. SPEC.md section 15."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol.asides import REPORT, REPORT_TALK
from sameboat.protocol.content import read_content
from sameboat.protocol.encoding import decode, enc, fits
from sameboat.protocol.envelope import Header, read_header
from sameboat.protocol.failures import require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, box, unbox
from sameboat.protocol.log import replay
from sameboat.protocol.messages import Opened, frank_key
from sameboat.protocol.primitives import attachment_hash, check_signature, mac, pad, same, sign, unpad
from sameboat.protocol.state import State
from sameboat.protocol.talks import check_talk
from sameboat.protocol.tracker import author_at_head

REPORT_MOST = 65536
ANSWER_MOST = 32768
SHAPES: dict[str, list[Any]] = {
    "report": REPORT,
    "report-talk": REPORT_TALK,
    "appeal": ["b16", "t0-16000", "t0-1000", "t4000"],
}


@dataclass(frozen=True)
class Shown:
    """One reported message, proved: who wrote it is in its header; `content` is `[time, after, type, …]`."""

    header: Header
    content: list[Any]


def recipients(state: State, reporter: bytes, authors: Iterable[bytes]) -> list[bytes]:
    """To whom a report goes: the first two of those who may decide, or nobody."""
    named = [member for member in state.policy[3] if member in state.members]
    order = sorted(state.members, key=lambda member: state.index[state.members[member].admitted])
    about = {reporter, *authors}
    may = [member for member in dict.fromkeys([*named, *order]) if member not in about]
    return may[:2] if len(may) >= 2 else []


def pick(key: bytes, header: Header, opened: Opened) -> list[Any]:
    """The row of a report that shows one message. `key`: of its epoch; only what checks C is made of it."""
    return [header.raw, opened.raw, opened.signature, frank_key(key, header)]


def read_pick(state: State, row: list[Any]) -> Shown:
    """One row, proved, or the first failure of section 15."""
    raw, content, signature, frank = row
    header = read_header(raw)
    author = author_at_head(state, header)
    require(same(mac(frank, "franking", header.bare, content, signature), header.commitment), "bad_commitment")
    check_signature(author.sign_pk, signature, "message", header.bare, content)
    return Shown(header, read_content(content, header.keep))


def read_talk(shared: State, reporter: bytes, wires: Sequence[bytes]) -> State:
    """The talk of a report, held against the group's log; its picks are read against it. Raises as sections 4 and 16,
    and `not_a_member` where whoever reports is neither of the two."""
    talk = replay(wires)
    check_talk(shared, talk)
    require(reporter in talk.members, "not_a_member")
    return talk


def seal_report(
    keys: MemberKeys, circle: bytes, contact: bytes, content: list[Any], chance: Chance = CHANCE
) -> tuple[bytes, bytes]:
    """Seal `[time, type, id, …]` to the contact: the box, and the signature with which the server takes it."""
    raw, id_ = enc(content), content[2]
    signature = sign(keys.sign, "report-note", circle, keys.member, id_, raw)
    padded = pad(enc([raw, signature]), REPORT_MOST)
    sealed = box(contact, padded, "report", circle, keys.member, id_, chance=chance)
    return sealed, sign(keys.sign, "report-put", circle, keys.member, id_, attachment_hash(sealed))


def open_report(
    private: X25519PrivateKey, circle: bytes, author: bytes, author_pk: bytes, id_: bytes, sealed: bytes
) -> list[Any]:
    """`[time, type, id, …]`, or `cannot_open`, `bad_padding`, `not_canonical`, `bad_signature`, `unknown_type`."""
    padded = unbox(private, sealed, "report", circle, author, id_)
    raw, signature = decode(unpad(padded, REPORT_MOST), ["b", "b64"], REPORT_MOST)
    check_signature(author_pk, signature, "report-note", circle, author, id_, raw)
    content: list[Any] = decode(raw, "any", REPORT_MOST)
    require(type(content) is list and fits(content[:2], ["u", "t32"]), "not_canonical")
    require(content[1] in SHAPES, "unknown_type")
    require(fits(content[2:], SHAPES[content[1]]) and content[2] == id_, "not_canonical")
    return content


def seal_answer(box_pk: bytes, circle: bytes, id_: bytes, time: int, words: str, chance: Chance = CHANCE) -> bytes:
    """What the contact answers, for whoever reported."""
    return box(box_pk, pad(enc([time, words]), ANSWER_MOST), "report-answer", circle, id_, chance=chance)


def open_answer(private: X25519PrivateKey, circle: bytes, id_: bytes, sealed: bytes) -> tuple[int, str]:
    """Time and words of an answer: `cannot_open`, `bad_padding`, `not_canonical`."""
    padded = unbox(private, sealed, "report-answer", circle, id_)
    time, words = decode(unpad(padded, ANSWER_MOST), ["u", "t0-4000"], ANSWER_MOST)
    return time, words
