"""When a group meets, as a host signed it. SPEC.md section 17. What it is called is sealed elsewhere."""

from dataclasses import dataclass
from typing import Any

from sameboat.protocol.encoding import Many, decode, enc
from sameboat.protocol.failures import require
from sameboat.protocol.primitives import h, signature_holds
from sameboat.protocol.state import State

MEETING, GET_TOGETHER = 1, 2
PLAN_MOST = 8192
_SHAPE: list[Any] = [
    "u", "b32", "b16", "u", "u", "t16", "t16", "t64", "t0-200", Many(["t16", "t16?", "t16?"], 64), "bool", "u",
]  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """Times alone: local start and end in a zone, how it repeats, `[was, start, end]` for each day that is changed."""

    circle: bytes
    meeting: bytes
    version: int
    kind: int
    start: str
    end: str
    zone: str
    rule: str
    changes: list[list[Any]]
    cancelled: bool
    time: int

    @property
    def raw(self) -> bytes:
        """The bytes that are signed."""
        return enc([1, *vars(self).values()])


def plan_hash(raw: bytes) -> bytes:
    """By which a `meeting` message names a plan."""
    return h("plan", raw)


def read_plan(raw: bytes) -> Plan:
    """`not_canonical`, `unknown_version`."""
    fields = decode(raw, "any", PLAN_MOST)
    require(type(fields) is list and len(fields) > 0 and type(fields[0]) is int, "not_canonical")
    require(fields[0] == 1, "unknown_version")
    _, *rest = decode(raw, _SHAPE, PLAN_MOST)
    plan = Plan(*rest)
    named = [was for was, _, _ in plan.changes]
    whole = all((start is None) == (end is None) for _, start, end in plan.changes)
    ordered = named == sorted(set(named))
    known = plan.kind in (MEETING, GET_TOGETHER) and plan.version > 0
    require(known and whole and ordered, "not_canonical")
    return plan


def check_plan(state: State, author: bytes, raw: bytes, signature: bytes) -> Plan:
    """A plan as a host signed it, or the first failure of section 17. `state`: the log as it stood at its time."""
    plan = read_plan(raw)
    require(plan.circle == state.circle, "wrong_circle")
    require(author in state.members, "not_a_member")
    require(state.is_host(author, plan.time), "not_a_host")
    require(signature_holds(state.members[author].sign_pk, signature, "meeting", author, raw), "bad_signature")
    return plan
