"""Operations on epochs, messages, the door, words and asides."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sameboat.protocol import asides, doorway, epochs, keys, making, messages, words
from sameboat.protocol.envelope import Header, check_envelope, check_known, read_envelope
from sameboat.protocol.log import read_event, replay
from sameboat.protocol.state import Epoch
from sameboat.protocol.tests.playing import Fixed, op
from sameboat.protocol.tracker import Tracker, author_at_head
from sameboat.protocol.verify import check_account_by_link, check_knock_by_link

Out = dict[str, Any]


def _keys(who: list[bytes]) -> keys.MemberKeys:
    return keys.member_keys(*who)


@op("commit")
def _commit(what: str, opening: list[Any]) -> Out:
    return {"commitment": making.commit(what, opening)}


@op("make-event")
def _make_event(wires: list[bytes], keys: list[bytes], time: int, type: str, body: list[Any]) -> Out:
    return {"wire": making.make_event(_keys(keys), replay(wires), time, type, body)}


@op("open-history-box")
def _open_history_box(keys: list[bytes], circle: bytes, epoch: bytes, commitment: bytes, box: bytes) -> Out:
    named = Epoch(epoch, 0, bytes(16), bytes(32), commitment)
    return {"key": epochs.open_history_box(_keys(keys), circle, named, box)}


@op("open-box")
def _open_box(keys: list[bytes], wire: bytes, box: bytes) -> Out:
    return {"key": epochs.open_box(_keys(keys), read_event(wire), box)}


@op("seal-card")
def _seal_card(key: bytes, circle: bytes, prev: bytes, card: list[Any], random: bytes) -> Out:
    return {"sealed": epochs.seal_card(key, circle, prev, card, Fixed(random))}


@op("open-card")
def _open_card(key: bytes, wire: bytes, sealed: bytes) -> Out:
    return {"card": epochs.open_card(key, read_event(wire), sealed)}


@op("read-card")
def _read_card(wires: list[bytes], card: list[Any]) -> Out:
    said = epochs.read_card(replay(wires), card)
    return {
        "group": said.group,
        "agreement": said.agreement,
        "safeguarding": said.safeguarding,
        "names": [[id_, name] for id_, name in sorted(said.names.items())],
        "affirmed": [[id_, *rest] for id_, rest in sorted(said.affirmed.items())],
        "unverified": said.unverified,
    }


@op("make-list")
def _make_list(hashes: list[bytes]) -> Out:
    return {"list": epochs.make_list(hashes)}


@op("open-list")
def _open_list(wire: bytes, member: bytes, list: bytes) -> Out:
    return {"hashes": epochs.open_list(read_event(wire), member, list)}


@op("affirm")
def _affirm(keys: list[bytes], circle: bytes, agreement: bytes) -> Out:
    return {"affirmation": epochs.affirm(_keys(keys), circle, agreement)}


@op("seal-message")
def _seal_message(
    keys: list[bytes], key: bytes, header: list[Any], time: int, after: list[bytes], type: str, rest: list[Any]
) -> Out:
    wire, full = messages.seal_message(_keys(keys), key, Header(*header), time, after, type, rest)
    return {"envelope": wire, "hash": full.hash}


@op("read-envelope")
def _read_envelope(envelope: bytes) -> Out:
    read = read_envelope(envelope)
    return {"hash": read.header.hash, "id": read.header.id}


@op("open-message")
def _open_message(key: bytes, envelope: bytes, sign_pk: bytes) -> Out:
    opened = messages.open_message(key, read_envelope(envelope), sign_pk)
    return {"content": opened.content, "signature": opened.signature}


@op("author-at-head")
def _author_at_head(wires: list[bytes], envelope: bytes) -> Out:
    return {"sign_pk": author_at_head(replay(wires), read_envelope(envelope).header).sign_pk}


@op("receive")
def _receive(wires: list[bytes], envelopes: list[bytes], accounted: list[bytes], closed: list[list[Any]]) -> Out:
    """Envelopes in order; `closed` is `[after how many, member, hashes]`. A gap at the end is the failure `gap`."""
    tracker, state, taken = Tracker(), replay(wires), []
    tracker.account_for(accounted)
    for number, envelope in enumerate(envelopes):
        for _, member, hashes in [one for one in closed if one[0] == number]:
            tracker.close(member, hashes)
        taken.append(tracker.accept(state, read_envelope(envelope).header))
    for envelope in envelopes:
        tracker.check_gap(read_envelope(envelope).header)
    return {"taken": taken}


@op("check-envelope")
def _check_envelope(wires: list[bytes], envelope: bytes, member: bytes) -> Out:
    return {"hash": check_envelope(replay(wires), envelope, member).header.hash}


@op("check-known")
def _check_known(known: bytes, envelope: bytes) -> Out:
    check_known(known, envelope)
    return {}


@op("link-from")
def _link_from(secret: bytes) -> Out:
    link = doorway.link_from(secret)
    return {
        "fragment": link.fragment,
        "link_pk": link.link_pk,
        "lookup": link.lookup,
        "preview_key": link.preview_key,
    }


@op("read-link")
def _read_link(fragment: str) -> Out:
    return {"secret": doorway.read_link(fragment).secret}


@op("seal-preview")
def _seal_preview(secret: bytes, body: list[Any], random: bytes) -> Out:
    return {"sealed": doorway.seal_preview(doorway.link_from(secret), body, Fixed(random))}


@op("open-preview")
def _open_preview(secret: bytes, sealed: bytes) -> Out:
    return {"body": doorway.open_preview(doorway.link_from(secret), sealed)}


@op("seal-invite-card")
def _seal_invite_card(key: bytes, circle: bytes, prev: bytes, body: list[Any], random: bytes) -> Out:
    return {"sealed": doorway.seal_invite_card(key, circle, prev, body, Fixed(random))}


@op("open-invite-card")
def _open_invite_card(key: bytes, circle: bytes, prev: bytes, sealed: bytes) -> Out:
    return {"body": doorway.open_invite_card(key, circle, prev, sealed)}


@op("make-request")
def _make_request(keys: list[bytes], secret: bytes, circle: bytes, invite: bytes, name: bytes, agreement: bytes) -> Out:
    link = doorway.link_from(secret)
    return {"request": doorway.make_request(_keys(keys), link, circle, invite, name, agreement)}


@op("open-knock")
def _open_knock(reception: bytes, wires: list[bytes], invite: bytes, knock: bytes) -> Out:
    private = X25519PrivateKey.from_private_bytes(reception)
    return {"body": doorway.open_knock(private, replay(wires), invite, knock)}


@op("sign-by-link")
def _sign_by_link(secret: bytes, account_id: bytes, member: bytes, knock: bytes) -> Out:
    link = doorway.link_from(secret)
    return {
        "account": doorway.sign_account_by_link(link, account_id),
        "knock": doorway.sign_knock_by_link(link, account_id, member, knock),
    }


@op("check-account-by-link")
def _check_account(link_pk: bytes, lookup: bytes, account_id: bytes, signature: bytes) -> Out:
    check_account_by_link(link_pk, lookup, account_id, signature)
    return {}


@op("check-knock-by-link")
def _check_knock(
    link_pk: bytes, lookup: bytes, account_id: bytes, member: bytes, knock: bytes, signature: bytes
) -> Out:
    check_knock_by_link(link_pk, lookup, account_id, member, knock, signature)
    return {}


@op("check-admission")
def _check_admission(
    secret: bytes, keys: list[bytes], preview: bytes, wires: list[bytes], invite: bytes, admit: bytes
) -> Out:
    link = doorway.link_from(secret)
    doorway.check_admission(link, _keys(keys), preview, replay(wires), invite, read_event(admit))
    return {}


@op("word-numbers")
def _word_numbers(circle: bytes, event: bytes) -> Out:
    return {"numbers": words.word_numbers(circle, event)}


@op("room-words")
def _room_words(wires: list[bytes]) -> Out:
    return {"numbers": words.room_words(replay(wires))}


@op("open-aside")
def _open_aside(keys: list[bytes], circle: bytes, author: bytes, author_pk: bytes, sealed: bytes) -> Out:
    own = _keys(keys)
    content = asides.open_aside(own.box, circle, author, author_pk, own.member, sealed)
    return {"content": content}
