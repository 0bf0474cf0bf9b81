"""Plans made of real bytes, for the tests of this module."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.meetings import Plan, read_plan
from sameboat.protocol.seal import make_parting, sign_plan
from tests.fixtures.asking import Answer, now
from tests.fixtures.groups import Group

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"


def weekly(group: Group, **changes: Any) -> Plan:
    """A group's Tuesdays in London, far enough ahead for any test's clock."""
    plan = Plan(
        un_b64u(group.path.rpartition("/")[2]), os.urandom(16), 1, 1, "2036-01-01T19:00", "2036-01-01T20:30",
        "Europe/London", TUESDAYS, [], False, now(),
    )  # fmt: skip
    return replace(plan, **changes)


def put(group: Group, plan: Plan, by: str = "Ana", signer: str | None = None) -> Answer:
    """Somebody brings a plan that they, or another, signed."""
    keys = group.keys[signer or by]
    return group.ask(by, "POST", "/meetings", {"plan": b64u(plan.raw), "sig": b64u(sign_plan(keys, plan))})


def told(group: Group, name: str) -> list[dict[str, Any]]:
    """What somebody is told of the group's meetings."""
    answer = group.ask(name, "GET", "/meetings")
    assert answer.status == 200, answer
    return list(answer.told["meetings"])


def changed(plan: Plan, **changes: Any) -> Plan:
    """The next version of a plan."""
    return replace(plan, version=plan.version + 1, time=now(), **changes)


def read(row: dict[str, Any]) -> Plan:
    """The plan that a member was told."""
    return read_plan(un_b64u(row["plan"]))


def close(group: Group, name: str) -> None:
    """Somebody wants their account deleted."""
    person = group.people[name]
    raw, signature = make_parting(group.keys[name], group.state, now() + 7 * 86_400)
    partings = [{"circle": group.id, "bytes": b64u(raw), "sig": b64u(signature)}]
    assert person.ask("POST", "/account/close", person.closing(partings)).status == 200
