"""Somebody has lost everything and is let in anew, under a new id: two have seen or spoken to them (SPEC 4, 9)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from sameboat.client.circle import Batch
from sameboat.client.governance import EXPIRY
from sameboat.client.http import BadAnswer, b64, listed, unb64
from sameboat.client.joining import AtTheDoor, opened_knock
from sameboat.client.messages import Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.primitives import h
from sameboat.protocol.seal import open_aside, seal_aside, second_replaces


@dataclass(frozen=True)
class ReturnAsked:
    """Someone asks this member whether they too know who is at the door: the knock, opened here as well."""

    aside: bytes
    by: bytes
    old: bytes
    door: AtTheDoor
    words: str


@dataclass(frozen=True)
class ReturnChecked:
    """A second has seen or spoken to whoever is at the door, and signed for it."""

    aside: bytes
    invite: bytes
    old: bytes
    request: bytes
    second: list[Any]


def ask_second(talk: Talk, door: AtTheDoor, old: bytes, to: bytes, words: str = "") -> None:
    """Asks one other member to check who is at the door."""
    talk.look()
    _note(talk, to, "ask-replaces", [door.invite, old, door.sealed, words])


def returns_asked(talk: Talk) -> list[ReturnAsked]:
    """What others ask this member to check. A knock that does not open is not shown."""
    found = []
    for aside, by, (invite, old, sealed, words) in _notes(talk, "ask-replaces"):
        try:
            found.append(ReturnAsked(aside, by, old, opened_knock(talk.circle, talk.ring, invite, sealed), words))
        except (Failure, BadAnswer):
            continue
    return found


def check_return(talk: Talk, asked: ReturnAsked) -> None:
    """Says that one has seen or spoken to them. A person's act."""
    talk.look()
    circle, expiry = talk.circle, int(talk.circle.clock()) + EXPIRY
    request = asked.door.request[0]
    _, head, expiry, signature = second_replaces(circle.keys, circle.state, asked.old, request, asked.by, expiry)
    rest = [asked.door.invite, asked.old, h("request", request), head, expiry, signature]
    _note(talk, asked.by, "second-replaces", rest)
    circle.wire.delete(f"{circle.path}/asides/{b64(asked.aside)}")


def returns_checked(talk: Talk) -> list[ReturnChecked]:
    """What others have checked for this member."""
    found = _notes(talk, "second-replaces")
    return [
        ReturnChecked(aside, invite, old, request, [by, head, expiry, signature])
        for aside, by, (invite, old, request, head, expiry, signature) in found
    ]


def readmit(talk: Talk, door: AtTheDoor, old: bytes, checked: ReturnChecked | None) -> None:
    """Lets them in and their old self out. `checked` is None in a group of two alone."""
    talk.fetch()
    if door.opening is not None:
        talk.ring.learn("name", door.opening)
    known = {old: talk.known_by(old)}

    def build(batch: Batch) -> None:
        second = checked.second if checked else None
        batch.add("admit", [*door.request, os.urandom(32), [old, second]])
        talk.ring.rotate(batch, known | talk.known_of_gone())

    talk.circle.send(build)
    if checked:
        talk.circle.wire.delete(f"{talk.circle.path}/asides/{b64(checked.aside)}")


def _note(talk: Talk, to: bytes, type_: str, rest: list[Any]) -> None:
    circle = talk.circle
    member = circle.state.members.get(to)
    if member is None:
        raise Failure("not_a_member")
    content = [int(circle.clock()), type_, *rest]
    sealed = seal_aside(circle.keys, circle.id, to, member.box_pk, content)
    circle.wire.post(f"{circle.path}/asides", {"to": b64(to), "sealed": b64(sealed)})


def _notes(talk: Talk, type_: str) -> list[tuple[bytes, bytes, list[Any]]]:
    """Id, sender and content of the notes of one type. What does not open is left out."""
    talk.look()
    circle, me, found = talk.circle, talk.circle.keys, []
    for row in listed(circle.wire.get(f"{circle.path}/asides"), "asides"):
        try:
            sender = unb64(row.get("from"))
            author = circle.state.members[sender].sign_pk
            content = open_aside(me.box, circle.id, sender, author, me.member, unb64(row.get("sealed")))
        except (Failure, BadAnswer, KeyError):
            continue
        if content[1] == type_:
            found.append((unb64(row.get("id")), sender, content[2:]))
    return found
