"""What a group decides: its words and settings, who is host, who is asked to go (SPEC 4)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from sameboat.client.account import GROUP, Account, Entry
from sameboat.client.circle import Batch, Circle
from sameboat.client.epoch import WHATS, Opening
from sameboat.client.http import BadAnswer, b64, listed, unb64
from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import (
    MemberKeys,
    affirm,
    member_keys,
    new_opening,
    open_aside,
    rekey_body,
    seal_aside,
    second_policy,
    second_remove,
    second_role,
)
from sameboat.protocol.state import DAY, State

EXPIRY = 13 * DAY


@dataclass(frozen=True)
class RemovalAsked:
    """Someone asks this member to complete a removal."""

    aside: bytes
    asked_by: bytes
    target: bytes
    second: list[Any]
    why: str


def set_words_alone(talk: Talk, changes: dict[str, str], policy: list[Any] | None = None) -> None:
    """New words or settings while one is the only member; afterwards it takes two."""
    openings = _openings(talk, changes)

    def build(batch: Batch) -> None:
        words = [talk.ring.learn(what, opening) for what, opening in zip(WHATS, openings, strict=True) if opening]
        batch.add("policy", [_three(words), policy or _standing(batch.state), None])
        talk.ring.rotate(batch)

    talk.circle.send(build)


def propose_words(talk: Talk, changes: dict[str, str], policy: list[Any] | None, why: str) -> Message:
    """Puts new words or settings before the room; they count once another member agrees."""
    talk.look()
    circle, now = talk.circle, int(talk.circle.clock())
    openings, policy = _openings(talk, changes), policy or _standing(talk.circle.state)
    words = _three([talk.ring.learn(what, o) for what, o in zip(WHATS, openings, strict=True) if o])
    _, head, expiry, signature = second_policy(circle.keys, circle.state, words, policy, now + EXPIRY)
    rest = [*openings, policy, head, expiry, signature, why]
    return talk.send("propose-policy", rest, keep=True)


def agree_to_words(talk: Talk, proposal: Message) -> None:
    """Completes a proposal of somebody else."""
    *openings, policy, head, expiry, signature, _ = proposal.rest
    words = _three([talk.ring.learn(what, o) for what, o in zip(WHATS, openings, strict=True) if o])

    def build(batch: Batch) -> None:
        batch.add("policy", [words, policy, [proposal.author, head, expiry, signature]])
        talk.ring.rotate(batch, talk.known_of_gone())

    talk.circle.send(build)


def affirm_agreement(talk: Talk) -> Message:
    """Stands by the group's agreement as it is now."""
    talk.look()
    said = affirm(talk.circle.keys, talk.circle.id, talk.circle.state.words[1])
    talk.ring.affirmed[talk.circle.keys.member] = list(said)
    return talk.send("affirm", list(said), keep=True)


def set_host(talk: Talk, target: bytes, days: int, second: list[Any] | None = None) -> None:
    """Gives the host's task for some days (0: lays it down), as host, with a second, or where nobody has it."""

    def build(batch: Batch) -> None:
        until = batch.time + days * DAY if days else 0
        batch.add("role", [target, until, second])

    talk.circle.send(build)


def propose_host(talk: Talk, target: bytes, days: int) -> Message:
    """Asks the room for a second voice to make someone host."""
    talk.look()
    circle, now = talk.circle, int(talk.circle.clock())
    until = now + days * DAY
    _, head, expiry, signature = second_role(circle.keys, circle.state, target, until, now + EXPIRY)
    return talk.send("propose-role", [target, until, head, expiry, signature], keep=True)


def agree_to_host(talk: Talk, proposal: Message) -> None:
    """Completes the appointment that somebody else proposed."""
    target, until, head, expiry, signature = proposal.rest
    second = [proposal.author, head, expiry, signature]
    talk.circle.send(lambda batch: batch.add("role", [target, until, second]))


def propose_removal(talk: Talk, target: bytes, to: bytes, why: str) -> None:
    """Asks one other member to complete a removal; nothing happens until they do. Whoever is to go hears why first."""
    talk.look()
    circle, now = talk.circle, int(talk.circle.clock())
    admitted = _member(circle, target).admitted
    _, head, expiry, signature = second_remove(circle.keys, circle.state, target, to, now + EXPIRY)
    if why:
        _note(circle, target, [now, "before-remove", why])
    _note(circle, to, [now, "second-remove", target, admitted, to, head, expiry, signature, why])


def removals_asked(talk: Talk) -> list[RemovalAsked]:
    """Removals that others ask this member to complete. Asides that do not open are left out."""
    talk.look()
    found = []
    for row in listed(talk.circle.wire.get(f"{talk.circle.path}/asides"), "asides"):
        try:
            found += _removal(talk.circle, row)
        except (Failure, BadAnswer):
            continue
    return found


def decline_removal(talk: Talk, asked: RemovalAsked) -> None:
    """Says no: whoever asked hears it, and whoever was to go. It decides nothing."""
    circle = talk.circle
    for to in (asked.target, asked.asked_by):
        if to in circle.state.members:
            _note(circle, to, [int(circle.clock()), "not-removed", asked.target])
    circle.wire.delete(f"{circle.path}/asides/{b64(asked.aside)}")


def complete_removal(talk: Talk, asked: RemovalAsked) -> None:
    """Removes someone, together with whoever asked; a fresh key goes to those who stay."""
    talk.fetch()
    known = {asked.target: talk.known_by(asked.target)}

    def build(batch: Batch) -> None:
        batch.add("remove", [asked.target, asked.second])
        talk.ring.rotate(batch, known | talk.known_of_gone())

    talk.circle.send(build)
    talk.circle.wire.delete(f"{talk.circle.path}/asides/{b64(asked.aside)}")


def rename(talk: Talk, name: str) -> None:
    """Takes another name in the group."""
    opening = new_opening(name)

    def build(batch: Batch) -> None:
        batch.add("name", [talk.ring.learn("name", opening)])
        talk.ring.rotate(batch, talk.known_of_gone())

    talk.circle.send(build)


def rekey(talk: Talk, account: Account, kept: MemberKeys | None = None) -> None:
    """New keys of one's own in this group, signed by old and new, and a fresh epoch.

    `kept`: what an earlier try put into the account record; fresh ones without, kept before they are used.
    """
    old = talk.circle.keys
    new = kept or member_keys(old.member, os.urandom(32), os.urandom(32))
    if kept is None:
        account.remember_beside(Entry(talk.circle.id, GROUP, new))

    def build(batch: Batch) -> None:
        batch.add("rekey", rekey_body(old, new, batch.state))
        batch.keys = new
        talk.ring.rotate(batch, talk.known_of_gone())

    talk.circle.send(build)
    talk.circle.take_keys(new)


def mend(talk: Talk) -> None:
    """A fresh epoch by one's own hand, after somebody's did not open here (P23)."""
    talk.fetch()
    talk.circle.send(lambda batch: talk.ring.rotate(batch, talk.known_of_gone()))
    talk.look()


def _note(circle: Circle, to: bytes, content: list[Any]) -> None:
    sealed = seal_aside(circle.keys, circle.id, to, _member(circle, to).box_pk, content)
    circle.wire.post(f"{circle.path}/asides", {"to": b64(to), "sealed": b64(sealed)})


def _removal(circle: Circle, row: dict[str, Any]) -> list[RemovalAsked]:
    sender, me = unb64(row.get("from")), circle.keys
    author_pk = _member(circle, sender).sign_pk
    content = open_aside(me.box, circle.id, sender, author_pk, me.member, unb64(row.get("sealed")))
    if content[1] != "second-remove":
        return []
    target, _, proposer, head, expiry, signature, why = content[2:]
    if proposer != me.member:
        return []
    return [RemovalAsked(unb64(row.get("id")), sender, target, [sender, head, expiry, signature], why)]


def _standing(state: State) -> list[Any]:
    """The policy as it can be said again: whoever has gone decides nothing any more."""
    window, size, visibility, deciders, contact = state.policy
    return [window, size, visibility, [member for member in deciders if member in state.members], contact]


def _member(circle: Circle, member: bytes) -> Any:
    found = circle.state.members.get(member)
    if found is None:
        raise Failure("not_a_member")
    return found


def _openings(talk: Talk, changes: dict[str, str]) -> list[Opening | None]:
    state = talk.circle.state
    return [
        new_opening(changes[what]) if what in changes else talk.ring.openings.get(commitment or b"")
        for what, commitment in zip(WHATS, state.words, strict=True)
    ]


def _three(words: list[bytes]) -> list[bytes | None]:
    return [*words, None] if len(words) == 2 else [*words]
