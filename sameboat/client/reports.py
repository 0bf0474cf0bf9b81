"""Reports: messages shown, proved, to the two who decide (SPEC 15). Nothing but what is picked is opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from sameboat.client.http import BadAnswer, b64, listed, unb64
from sameboat.client.messages import Message, Talk
from sameboat.client.one_to_one import Talking
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import (
    Shown,
    author_at_head,
    open_aside,
    open_message,
    pick,
    read_pick,
    read_talk,
    recipients,
    seal_aside,
)
from sameboat.protocol.state import State

READ, ANSWERED = 1, 2
OF_TALK = "report-talk"
LONGEST_TALK = 64


@dataclass(frozen=True)
class Received:
    """A report for this member to look at, each message in it proved. `alone`: it was said in a talk of two."""

    aside: bytes
    sender: bytes
    id: bytes
    words: str
    shown: list[Shown]
    alone: bool = False


def report(talk: Talk, picked: list[Message], words: str, id_: bytes | None = None) -> list[bytes]:
    """Seals these messages to those who decide; returns to whom. Nobody gets it where there are not two.

    `id_`: the same one again, where it reached only one of them: whoever gets it twice is shown it once.
    """
    id_ = id_ or os.urandom(16)
    talk.fetch()
    to = recipients(talk.circle.state, talk.circle.keys.member, [message.author for message in picked])
    rows = [_row(talk, message) for message in picked]
    for member in to:
        _tell(talk, member, ["report", id_, rows, _beside(talk, picked), words])
    return to


def report_talk(talking: Talking, picked: list[Message], words: str, id_: bytes | None = None) -> list[bytes]:
    """The same of what was said in a talk of two, to those who decide in the group that the two share."""
    talk, group = talking.talk, talking.group
    if group is None:
        raise BadAnswer("a talk without a group")
    group.fetch()
    to = recipients(group.circle.state, group.circle.keys.member, talk.circle.state.members)
    last = max(talk.circle.state.index[message.header.head] for message in picked)
    if last >= LONGEST_TALK:
        raise Failure("too_long")
    rows = [_row(talk, message) for message in picked]
    content = [id_ or os.urandom(16), talk.circle.wires[: last + 1], rows, _beside(talk, picked), words]
    for member in to:
        _tell(group, member, [OF_TALK, *content])
    return to


def received(talk: Talk) -> list[Received]:
    """Reports for this member. One in which any message is not proved is left out whole."""
    talk.look()
    found = {}
    for aside, sender, content in _asides(talk, "report", OF_TALK):
        alone = content[1] == OF_TALK
        *_, rows, _, words = content
        shown = _proved(talk, sender, content[3] if alone else None, rows)
        if shown is not None:
            found[sender, content[2]] = Received(aside, sender, content[2], words, shown, alone)
    return list(found.values())


def answer(talk: Talk, got: Received, state: int, words: str = "") -> None:
    """Tells whoever reported that it was read, or what came of it."""
    _tell(talk, got.sender, ["report-state", got.id, state, words])


def answers(talk: Talk, id_: bytes) -> list[tuple[bytes, int, str]]:
    """By whom, how far, and in which words a report of one's own was answered."""
    return [
        (sender, content[3], content[4]) for _, sender, content in _asides(talk, "report-state") if content[2] == id_
    ]


def _row(talk: Talk, message: Message) -> list[Any]:
    envelope = read_envelope(talk.envelopes[message.hash])
    key = talk.ring.key(message.header.epoch)
    if key is None:
        raise Failure("bad_box")
    author = author_at_head(talk.circle.state, message.header)
    return pick(key, message.header, open_message(key, envelope, author.sign_pk))


def _beside(talk: Talk, picked: list[Message]) -> list[bytes]:
    named = {message.hash for message in picked}
    beside = {
        other.hash
        for message in picked
        for other in talk.messages.values()
        if other.header.stream == message.header.stream and abs(other.header.counter - message.header.counter) == 1
    }
    return sorted(beside - named)[:32]


def _tell(talk: Talk, to: bytes, content: list[Any]) -> None:
    circle = talk.circle
    member = circle.state.members.get(to)
    if member is None:
        raise Failure("not_a_member")
    sealed = seal_aside(circle.keys, circle.id, to, member.box_pk, [int(circle.clock()), *content])
    circle.wire.post(f"{circle.path}/asides", {"to": b64(to), "sealed": b64(sealed)})


def _asides(talk: Talk, *types: str) -> list[tuple[bytes, bytes, list[Any]]]:
    found = []
    for row in listed(talk.circle.wire.get(f"{talk.circle.path}/asides"), "asides"):
        try:
            sender, me = unb64(row.get("from")), talk.circle.keys
            author_pk = talk.circle.state.members[sender].sign_pk
            content = open_aside(me.box, talk.circle.id, sender, author_pk, me.member, unb64(row.get("sealed")))
            if content[1] in types:
                found.append((unb64(row.get("id")), sender, content))
        except (Failure, BadAnswer, KeyError):
            continue
    return found


def _proved(talk: Talk, sender: bytes, wires: list[bytes] | None, rows: list[list[Any]]) -> list[Shown] | None:
    state: State = talk.circle.state
    try:
        told = state if wires is None else read_talk(state, sender, wires)
        return [read_pick(told, row) for row in rows]
    except Failure:
        return None
