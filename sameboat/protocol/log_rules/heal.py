"""`heal`: of two branches this one goes on, by the word of two who belonged before they parted. SPEC.md section 4."""

from sameboat.protocol.encoding import Many, Maybe, Shape
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.primitives import h
from sameboat.protocol.state import GROUP, TALK, Event, State

SHAPE: Shape = ["b32", "u", Many("b16"), Maybe(SECOND)]


def _check_out(state: State, event: Event, out: list[bytes], second: bytes | None) -> None:
    require(out == sorted(set(out)), "not_canonical")
    require(all(member in state.members for member in out), "not_a_member")
    require(event.author not in out and second not in out, "not_distinct")


def _was_here(state: State, member: bytes, fork: int) -> bool:
    """Whether somebody belonged before the branches parted."""
    found = state.members.get(member)
    if found is None:
        raise Failure("not_a_member")
    return state.index[found.admitted] < fork


def apply(state: State, event: Event) -> None:
    """The other branch is abandoned; who was removed or left there is out here as well."""
    abandoned, fork, out, second = event.body
    require(0 < fork <= event.seq and abandoned not in state.index, "bad_fork")
    _check_out(state, event, out, second[0] if second else None)
    require(_was_here(state, event.author, fork), "second_too_new")
    require(second is not None or state.kind != GROUP, "second_required")
    require(not out or state.kind != TALK, "not_canonical")
    if second is not None:
        parts = [state.circle, abandoned, fork, h("heal-out", out), event.author]
        check_second(state, event, second, "second/heal", parts, since=len(state.ids) - 1)
        require(_was_here(state, second[0], fork), "second_too_new")
    for member in out:
        state.drop(member, event)
