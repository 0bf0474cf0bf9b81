"""Vectors of meetings: plans as hosts sign them. SPEC.md section 17."""

from dataclasses import replace
from typing import Any

from sameboat.protocol.encoding import enc
from sameboat.protocol.making import sign_plan
from sameboat.protocol.meetings import Plan
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_message import Room
from sameboat.protocol.tests.world import four

ID = bytes_of("meeting", 16)
MOVED = ["2026-12-01T19:00", "2026-12-02T18:00", "2026-12-02T19:00"]
OFF = ["2026-12-08T19:00", None, None]


def meeting() -> Cases:
    """SPEC.md section 17."""
    cases = Cases("Plans of meetings: `plan` and `signature` by `author`. SPEC.md section 17.")
    room = Room(cases, four("meetings"), "meetings")
    weekly = Plan(
        room.world.state.circle, ID, 1, 1, "2026-11-24T19:00", "2026-11-24T20:30", "Europe/London",
        "FREQ=WEEKLY;BYDAY=TU", [], False, room.world.now,
    )  # fmt: skip
    _good(room, weekly)
    _odd(room, weekly)
    _who(room, weekly)
    return cases


def _ask(room: Room, name: str, expect: str, raw: bytes, by: str = "ana", **more: Any) -> None:
    person = room.world.person(by)
    signature = more.pop("signature", sign(person.sign, "meeting", person.member, raw))
    what = {"author": person.member, "plan": raw, "signature": signature, **more}
    room.told.ask(name, "open-plan", expect, **what)


def _good(room: Room, weekly: Plan) -> None:
    for name, plan in {
        "every week": weekly,
        "one alone": replace(weekly, rule="", kind=2),
        "one day moved, one cancelled": replace(weekly, version=3, changes=[MOVED, OFF]),
        "cancelled whole": replace(weekly, version=4, cancelled=True),
        # Whether the times make sense is not asked here.
        "a zone nobody knows": replace(weekly, zone="Mars/Olympus", start="then", end="later", rule="FREQ=NEVER"),
    }.items():
        _ask(room, name, "success", plan.raw, signature=sign_plan(room.world.person("ana"), plan))


def _odd(room: Room, weekly: Plan) -> None:
    fields = [1, *vars(weekly).values()]
    _ask(room, "no array", "not_canonical", b"\1")
    _ask(room, "nothing in it", "not_canonical", enc([]))
    _ask(room, "another version", "unknown_version", enc([2, *fields[1:]]))
    _ask(room, "of another form", "unknown_version", enc([2]))
    _ask(room, "a field too many", "not_canonical", enc([*fields, 0]))
    for name, changes in {
        "a start of seventeen letters": {"start": "2026-11-24T19:00Z"},
        "no zone": {"zone": ""},
        "a rule that is too long": {"rule": "a" * 201},
        "version nought": {"version": 0},
        "a kind that is none": {"kind": 3},
        "moved without an end": {"changes": [[OFF[0], MOVED[1], None]]},
        "out of order": {"changes": [OFF, MOVED]},
        "one day twice": {"changes": [OFF, OFF]},
        "sixty-five days": {"changes": [[f"2026-12-08T19:{n:03}", None, None] for n in range(65)]},
    }.items():
        _ask(room, name, "not_canonical", replace(weekly, **changes).raw)


def _who(room: Room, weekly: Plan) -> None:
    w = room.world
    _ask(room, "in another circle", "wrong_circle", replace(weekly, circle=bytes(32)).raw)
    _ask(room, "by a stranger", "not_a_member", weekly.raw, author=bytes(16))
    _ask(room, "by a member who is no host", "not_a_host", weekly.raw, by="ben")
    _ask(room, "by a host whose term was over", "not_a_host", replace(weekly, time=w.now + 91 * DAY).raw)
    _ask(room, "changed since", "bad_signature", weekly.raw, signature=flip(sign_plan(w.person("ana"), weekly)))
    _ask(room, "another's signature", "bad_signature", weekly.raw, signature=sign_plan(w.person("ben"), weekly))
    _ask(room, "signed by nobody", "bad_signature", weekly.raw, signature=bytes(64))
    before = weekly
    w.now += DAY
    then = (w.event("ana", "role", w.role_body(None, "ana", 0)),)
    _ask(room, "by one who was host then", "success", before.raw, then=then)
    _ask(room, "by one who was host before", "not_a_host", replace(weekly, time=w.now).raw, then=then)
