"""Meetings as a member sees them: times that a host signed, and beside them sealed words (SPEC 17)."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from typing import Any

from sameboat.client.http import BadAnswer, Refused, b64, listed, unb64
from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import replay
from sameboat.protocol.meetings import MEETING, Plan, check_plan, plan_hash, read_plan
from sameboat.protocol.seal import sign_plan
from sameboat.protocol.state import State

COMING, NOT_THIS_TIME = 1, 2


@dataclass(frozen=True)
class Words:
    """What a meeting is called, where it is, how to get in, what to bring, and a link elsewhere; sealed."""

    title: str
    place: str = ""
    access: str = ""
    bring: str = ""
    link: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting: its plan as a host signed it, its words (None where none are here), and its next days."""

    plan: Plan
    words: Words | None
    days: list[dict[str, Any]]


def plan_meeting(
    talk: Talk, words: Words, *, start: str, end: str, zone: str, rule: str = "", kind: int = MEETING
) -> Plan:
    """A host plans a meeting: local start and end in a zone, and how it repeats. Raises Refused."""
    fresh = Plan(talk.circle.id, os.urandom(16), 0, kind, start, end, zone, rule, [], False, 0)
    return change_meeting(talk, fresh, words)


def change_meeting(talk: Talk, plan: Plan, words: Words) -> Plan:
    """A host puts the next version of a plan, with the words that belong to it. Raises Refused.

    It is above every one that was named or told: also above one that counts for nobody, as whoever signed it has left.
    """
    talk.look()
    circle = talk.circle
    time = max(int(circle.clock()), circle.state.time)
    named = [int(one.rest[1]) for one in _naming(talk, plan.meeting)]
    reached = [one.plan.version for one in talk.plans if one.plan.meeting == plan.meeting]
    version = max([plan.version, *named, *reached]) + 1
    newer = replace(plan, version=version, time=time)
    signature = sign_plan(circle.keys, newer)
    circle.wire.post(f"{circle.path}/meetings", {"plan": b64(newer.raw), "sig": b64(signature)})
    rest = [newer.meeting, newer.version, plan_hash(newer.raw)]
    rest += [words.title, words.place, words.access, words.bring, words.link]
    talk.send("meeting", rest, keep=True)
    return newer


def meetings(talk: Talk) -> list[Meeting]:
    """Every meeting of the group by the plan of it that counts (SPEC 17); what no host signed is left out."""
    talk.fetch()
    told = _told(talk)
    if talk.circle.restored is not None and talk.circle.restored.open and _hand_back(talk, told):
        told = _told(talk)
    ids = {one.plan.meeting for one in told}
    talk.plans = told + [
        one for one in talk.plans if one.plan.meeting in ids and _is_best(talk, one) and one not in told
    ]
    counting = [_counting(talk, [one for one in talk.plans if one.plan.meeting == name]) for name in sorted(ids)]
    return [Meeting(one.plan, _words(talk, one.plan), one.days) for one in counting if one]


@dataclass(frozen=True)
class Signed:
    """A plan that held, its author and signature, and its days as the server told them with it."""

    plan: Plan
    author: bytes
    signature: bytes
    days: list[dict[str, Any]]


def _told(talk: Talk) -> list[Signed]:
    rows = listed(talk.circle.wire.get(f"{talk.circle.path}/meetings"), "meetings")
    return [one for one in (_signed(talk, row) for row in rows) if one]


def _signed(talk: Talk, row: dict[str, Any]) -> Signed | None:
    try:
        raw, author, signature = unb64(row.get("plan")), unb64(row.get("author")), unb64(row.get("sig"))
        plan = check_plan(_at(talk, raw), author, raw, signature)
        return Signed(plan, author, signature, listed(row, "days"))
    except (Failure, BadAnswer):
        return None


def _hand_back(talk: Talk, told: list[Signed]) -> bool:
    """Gives a server that was put back to an earlier copy the plans that it no longer holds."""
    held = {one.plan.meeting: one.plan.version for one in told}
    newer = [one for one in talk.plans if one.plan.version > held.get(one.plan.meeting, 0)]
    for one in newer:
        body = {"plan": b64(one.plan.raw), "sig": b64(one.signature), "author": b64(one.author)}
        with contextlib.suppress(Refused):
            talk.circle.wire.post(f"{talk.circle.path}/meetings/again", body)
    return bool(newer)


def _naming(talk: Talk, meeting: bytes) -> list[Message]:
    """What hosts said of the plans of a meeting."""
    said = [one for one in talk.in_order() if one.type == "meeting" and one.rest[0] == meeting]
    return [one for one in said if _by_host(talk, one)]


def _stands(talk: Talk, one: Signed) -> bool:
    """By somebody who is host now, or named in words that they said as a host."""
    state = talk.circle.state
    if one.author in state.members and state.is_host(one.author, max(int(talk.circle.clock()), state.time)):
        return True
    named = plan_hash(one.plan.raw)
    return any(said.author == one.author and said.rest[2] == named for said in _naming(talk, one.plan.meeting))


def _counting(talk: Talk, known: list[Signed]) -> Signed | None:
    standing = [one for one in known if _stands(talk, one)]
    if not standing and known and not _naming(talk, known[0].plan.meeting):
        standing = known
    return max(standing, key=lambda one: one.plan.version, default=None)


def _is_best(talk: Talk, one: Signed) -> bool:
    return _counting(talk, [other for other in talk.plans if other.plan.meeting == one.plan.meeting]) is one


def _at(talk: Talk, raw: bytes) -> State:
    """The log as it stood at the time of a plan."""
    time = read_plan(raw).time
    upto = [wire for wire, event in zip(talk.circle.wires, talk.circle.events, strict=True) if event.time <= time]
    return talk.circle.state if len(upto) == len(talk.circle.wires) else replay(upto)


def _words(talk: Talk, plan: Plan) -> Words | None:
    fitting = [one for one in _naming(talk, plan.meeting) if one.rest[1] <= plan.version and one.rest[3]]
    exact = [one for one in fitting if one.rest[2] == plan_hash(plan.raw)]
    newest = max(exact or fitting, key=lambda one: int(one.rest[1]), default=None)
    return Words(*newest.rest[3:]) if newest else None


def _by_host(talk: Talk, message: Message) -> bool:
    circle = talk.circle
    seq = circle.state.index[message.header.head]
    then = replay(circle.wires[: seq + 1])
    return then.is_host(message.author, max(then.time, int(message.content[0])))


def say_coming(talk: Talk, plan: Plan, was: str, says: int = COMING) -> Message:
    """Whether one will be there on that day, for the group alone."""
    return talk.send("coming", [plan.meeting, was, says], keep=True)
