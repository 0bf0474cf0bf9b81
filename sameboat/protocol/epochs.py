"""Making and opening epochs: boxes, cards and lists. SPEC.md section 5."""

from dataclasses import dataclass, field
from typing import Any

from sameboat.protocol.encoding import Many, Maybe, Shape, decode, enc
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.keys import MemberKeys
from sameboat.protocol.locks import CHANCE, Chance, box, lock, unbox, unlock
from sameboat.protocol.log import event_id
from sameboat.protocol.making import commit, make_event
from sameboat.protocol.primitives import h, pad, same, sign, signature_holds, unpad
from sameboat.protocol.state import Epoch, Event, State

CARD_MOST = LIST_MOST = 262144
MOST_LISTED = 4096
NAME: Shape = ["b32", "t64"]
AGREEMENT: Shape = ["b32", "t16000"]
SAFEGUARDING: Shape = ["b32", "t4000"]
LINE: Shape = ["b16", Maybe(NAME), Maybe(["b32", "b64"])]
CARD: Shape = [Maybe(NAME), Maybe(AGREEMENT), Maybe(SAFEGUARDING), Many(LINE)]


@dataclass(frozen=True)
class MadeEpoch:
    """A new epoch, ready to be sent: its event, key and attachments by hash."""

    wire: bytes
    id: bytes
    key: bytes
    attachments: dict[bytes, bytes]


@dataclass
class Card:
    """What a card says and the log bears out. None: not given, or not what the log committed to."""

    group: str | None = None
    agreement: str | None = None
    safeguarding: str | None = None
    names: dict[bytes, str] = field(default_factory=dict)
    affirmed: dict[bytes, list[Any]] = field(default_factory=dict)
    unverified: list[str | bytes] = field(default_factory=list)


def key_commitment(circle: bytes, key: bytes) -> bytes:
    """What an epoch says of its key in public."""
    return h("key-commitment", circle, key)


def _keep(content: bytes, attachments: dict[bytes, bytes]) -> bytes:
    name = h("attachment", content)
    attachments[name] = content
    return name


def seal_card(key: bytes, circle: bytes, prev: bytes, card: list[Any], chance: Chance = CHANCE) -> bytes:
    """Seal a card under an epoch's key."""
    return lock(key, pad(enc(card), CARD_MOST), "card", circle, prev, chance=chance)


def make_list(hashes: list[bytes]) -> bytes:
    """The list of a gone person's known messages, oldest first in; the newest 4,096 stay."""
    return pad(enc(sorted(set(hashes[-MOST_LISTED:]))), LIST_MOST)


def make_epoch(
    keys: MemberKeys,
    state: State,
    time: int,
    card: list[Any],
    known: dict[bytes, list[bytes]] | None = None,
    chance: Chance = CHANCE,
) -> MadeEpoch:
    """A fresh key for exactly the members of this state. `known`: messages by those who went, oldest first."""
    key, prev = chance.take(32), state.head
    attachments: dict[bytes, bytes] = {}
    boxes = []
    for member in sorted(state.members):
        box_pk = state.members[member].box_pk
        sealed = box(box_pk, key, "box", state.circle, prev, member, chance=chance)
        boxes.append([member, _keep(sealed, attachments)])
    card_hash = _keep(seal_card(key, state.circle, prev, card, chance), attachments)
    closed = [
        [member, _keep(make_list((known or {}).get(member, [])), attachments)]
        for member in sorted(state.gone_since_epoch)
    ]
    previous = state.epoch.id if state.epoch else None
    body = [previous, boxes, key_commitment(state.circle, key), card_hash, closed]
    wire = make_event(keys, state, time, "epoch", body)
    return MadeEpoch(wire, event_id(decode(wire, ["b", "b64"], 65536)[0]), key, attachments)


def open_box(keys: MemberKeys, event: Event, sealed: bytes) -> bytes:
    """The epoch's key. `wrong_attachment`: not the box the event names; `bad_box`: the author sealed no good key."""
    hashes = dict(event.body[1])
    require(same(hashes.get(keys.member, b""), h("attachment", sealed)), "wrong_attachment")
    try:
        key = unbox(keys.box, sealed, "box", event.circle, event.prev, keys.member)
    except Failure:
        raise Failure("bad_box") from None
    circle = event.circle or b""
    require(len(key) == 32 and same(key_commitment(circle, key), event.body[2]), "bad_box")
    return key


def seal_history_box(
    box_pk: bytes, key: bytes, circle: bytes, epoch: bytes, target: bytes, chance: Chance = CHANCE
) -> bytes:
    """The key of an earlier epoch for a member who lacks it."""
    return box(box_pk, key, "history-box", circle, epoch, target, chance=chance)


def open_history_box(keys: MemberKeys, circle: bytes, epoch: Epoch, sealed: bytes) -> bytes:
    """The key of an earlier epoch, or `bad_box`: it has to be the one that epoch committed to."""
    try:
        key = unbox(keys.box, sealed, "history-box", circle, epoch.id, keys.member)
    except Failure:
        raise Failure("bad_box") from None
    require(len(key) == 32 and same(key_commitment(circle, key), epoch.commitment), "bad_box")
    return key


def open_card(key: bytes, event: Event, sealed: bytes) -> list[Any]:
    """The body of a card. Nothing in it is believed yet: see `read_card`."""
    require(same(event.body[3], h("attachment", sealed)), "wrong_attachment")
    padded = unlock(key, sealed, "card", event.circle, event.prev)
    card: list[Any] = decode(unpad(padded, CARD_MOST), CARD, CARD_MOST)
    ids = [line[0] for line in card[3]]
    require(ids == sorted(set(ids)), "not_canonical")
    return card


def open_list(event: Event, member: bytes, content: bytes) -> list[bytes]:
    """The hashes of the messages by `member` that the epoch's author knew."""
    require(same(dict(event.body[4]).get(member, b""), h("attachment", content)), "wrong_attachment")
    hashes: list[bytes] = decode(unpad(content, LIST_MOST), Many("b32", MOST_LISTED), LIST_MOST)
    require(hashes == sorted(set(hashes)), "not_canonical")
    return hashes


def affirm(keys: MemberKeys, circle: bytes, agreement: bytes) -> list[bytes]:
    """`[agreement, signature]`: this member stands by these words."""
    return [agreement, sign(keys.sign, "affirm", circle, keys.member, agreement)]


def _read_words(state: State, card: list[Any], said: Card) -> None:
    whats = ("group", "agreement", "safeguarding")
    for what, opening, commitment in zip(whats, card, state.words, strict=False):
        if opening is not None and commitment == commit(what, opening):
            setattr(said, what, opening[1])
        elif opening is not None or commitment is not None:
            said.unverified.append(what)


def read_card(state: State, card: list[Any]) -> Card:
    """What of a card the log of this state bears out; an author can leave out, never forge."""
    said = Card()
    _read_words(state, card, said)
    for member, opening, affirmation in card[3]:
        found = state.members.get(member)
        if found is None:
            continue
        if opening is not None and found.name == commit("name", opening):
            said.names[member] = opening[1]
        if affirmation is not None:
            parts = [state.circle, member, affirmation[0]]
            if signature_holds(found.sign_pk, affirmation[1], "affirm", *parts):
                said.affirmed[member] = affirmation
    said.unverified += [id_ for id_ in sorted(state.members) if state.members[id_].name and id_ not in said.names]
    return said
