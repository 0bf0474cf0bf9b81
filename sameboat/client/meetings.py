"""Meetings as a member sees them: times that a host signed, and beside them sealed words (SPEC 17)."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from sameboat.client.http import BadAnswer, b64, listed, unb64
from sameboat.client.messages import Message, Talk
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import replay
from sameboat.protocol.meetings import MEETING, Plan, check_plan, read_plan
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
    """A host puts the next version of a plan, with the words that belong to it. Raises Refused."""
    talk.look()
    circle = talk.circle
    time = max(int(circle.clock()), circle.state.time)
    newer = replace(plan, version=plan.version + 1, time=time)
    signature = sign_plan(circle.keys, newer)
    circle.wire.post(f"{circle.path}/meetings", {"plan": b64(newer.raw), "sig": b64(signature)})
    rest = [newer.meeting, newer.version, words.title, words.place, words.access, words.bring, words.link]
    talk.send("meeting", rest, keep=True)
    return newer


def meetings(talk: Talk) -> list[Meeting]:
    """Every meeting of the group that a host signed; what nobody did is left out."""
    talk.fetch()
    rows = listed(talk.circle.wire.get(f"{talk.circle.path}/meetings"), "meetings")
    read = [(_signed(talk, row), row) for row in rows]
    return [Meeting(plan, _words(talk, plan), listed(row, "days")) for plan, row in read if plan]


def _signed(talk: Talk, row: dict[str, Any]) -> Plan | None:
    try:
        raw, author, signature = unb64(row.get("plan")), unb64(row.get("author")), unb64(row.get("sig"))
        return check_plan(_at(talk, raw), author, raw, signature)
    except (Failure, BadAnswer):
        return None


def _at(talk: Talk, raw: bytes) -> State:
    """The log as it stood at the time of a plan."""
    time = read_plan(raw).time
    upto = [wire for wire, event in zip(talk.circle.wires, talk.circle.events, strict=True) if event.time <= time]
    return talk.circle.state if len(upto) == len(talk.circle.wires) else replay(upto)


def _words(talk: Talk, plan: Plan) -> Words | None:
    said = [one for one in talk.in_order() if one.type == "meeting" and one.rest[0] == plan.meeting]
    fitting = [one for one in said if one.rest[1] <= plan.version and _by_host(talk, one)]
    newest = max(fitting, key=lambda one: int(one.rest[1]), default=None)
    return Words(*newest.rest[2:]) if newest else None


def _by_host(talk: Talk, message: Message) -> bool:
    circle = talk.circle
    seq = circle.state.index[message.header.head]
    then = replay(circle.wires[: seq + 1])
    return then.is_host(message.author, max(then.time, int(message.content[0])))


def say_coming(talk: Talk, plan: Plan, was: str, says: int = COMING) -> Message:
    """Whether one will be there on that day, for the group alone."""
    return talk.send("coming", [plan.meeting, was, says], keep=True)
