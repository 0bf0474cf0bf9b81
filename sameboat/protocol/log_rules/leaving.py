"""`remove` and `leave`."""

from typing import Any

from sameboat.protocol.encoding import Maybe, Shape, decode
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.state import Event, State

REMOVE: Shape = ["b16", SECOND]
LEAVE: Shape = [Maybe(["b", "b64"])]
PARTING: Shape = ["b32", "b16", "b32", "u"]
PARTING_MOST = 256


def apply_remove(state: State, event: Event) -> None:
    """Two who are here, one of them for a while, ask a third to go."""
    target, second = event.body
    require(target != event.author, "not_distinct")
    found = state.members.get(target)
    if found is None:
        raise Failure("not_a_member")
    parts = [state.circle, target, found.admitted, event.author]
    check_second(state, event, second, "second/remove", parts, target=target, settled=True)
    state.drop(target, event)


def read_parting(body: list[Any]) -> list[Any] | None:
    """The words a member left behind, to be brought later by somebody else."""
    return decode(body[0][0], PARTING, PARTING_MOST) if body[0] else None


def apply_leave(state: State, event: Event) -> None:
    """Someone goes of their own will, now or as they once said: unless they have acted since."""
    if event.inside is None:
        state.drop(event.author, event)
        return
    raw, signature = event.body[0]
    circle, member, head, not_before = event.inside
    require(event.time >= not_before, "too_early")
    require(circle == state.circle, "wrong_circle")
    found = state.members.get(member)
    if found is None:
        raise Failure("not_a_member")
    require(state.is_last_word(found, head), "stale_parting")
    require(event.signed(found.sign_pk, signature, "parting", raw), "bad_parting")
    state.drop(member, event)
