"""What two members do about a fork: one looks and asks, the other says yes, and everybody goes on (P46)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sameboat.client.circle import Batch, Circle, Stopped
from sameboat.client.healing import Other, gone_on
from sameboat.client.http import b64
from sameboat.client.messages import Talk
from sameboat.client.notes import note, notes
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import second_heal
from sameboat.protocol.state import DAY

EXPIRY = 13 * DAY


@dataclass(frozen=True)
class HealAsked:
    """Somebody asks this member to go on, together, with the branch the server holds."""

    aside: bytes
    abandoned: bytes
    fork: int
    out: list[bytes]
    second: list[Any]


def propose_heal(talk: Talk, to: bytes) -> None:
    """Asks one other member to go on with the server's branch; nothing happens until they do."""
    circle, other = talk.circle, _other(talk.circle)
    out, now = gone_on(circle.state, other), int(circle.clock())
    abandoned = circle.state.head
    signed = second_heal(circle.keys, other.state, abandoned, other.fork, out, to, now + EXPIRY)
    note(circle, to, [now, "second-heal", abandoned, other.fork, out, *signed[1:]])


def heals_asked(talk: Talk) -> list[HealAsked]:
    """What others ask this member to say yes to."""
    return [
        HealAsked(aside, content[2], content[3], content[4], [sender, *content[5:]])
        for aside, sender, content in notes(talk.circle, "second-heal")
    ]


def complete_heal(talk: Talk, asked: HealAsked) -> None:
    """Says yes: the server's branch goes on, with a fresh key. Raises Failure where our own branch is another."""
    circle = talk.circle
    other = _other(circle)
    same = asked.fork == other.fork and asked.abandoned in circle.state.index
    if not same or asked.out != gone_on(circle.state, other):
        raise Failure("bad_fork")
    known = talk.known_of_gone() | {member: talk.known_by(member) for member in asked.out}
    circle.go_on_with(other)
    talk.look()

    def build(batch: Batch) -> None:
        batch.add("heal", [asked.abandoned, asked.fork, asked.out, asked.second])
        talk.ring.rotate(batch, known)

    circle.send(build)
    talk.look()
    circle.wire.delete(f"{circle.path}/asides/{b64(asked.aside)}")


def _other(circle: Circle) -> Other:
    found = circle.other_branch()
    if found is None:
        raise Stopped("no_fork")
    return found
