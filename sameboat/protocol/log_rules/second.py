"""A second member's signature under someone else's act: SPEC.md section 4, *Second*."""

from typing import Any

from sameboat.protocol.failures import Failure, require
from sameboat.protocol.state import DAY, Event, State

LONGEST = 14 * DAY
SECOND: list[Any] = ["b16", "b32", "u", "b64"]


def check_second(
    state: State,
    event: Event,
    second: list[Any],
    domain: str,
    parts: list[Any],
    *,
    target: bytes | None = None,
    since: int | None = None,
    settled: bool = False,
) -> None:
    """Refuse a second who may not be one or did not sign exactly this.

    `target`: a third person the second may not be. `since`: seq of an event the second must have seen.
    `settled`: the second must have been here for 14 days, or the circle be younger than that.
    """
    who, head, expiry, signature = second
    require(who not in (event.author, target), "not_distinct")
    member = state.members.get(who)
    if member is None:
        raise Failure("not_a_member")
    require(head in state.index, "unknown_head")
    require(event.time <= expiry, "second_expired")
    require(expiry <= event.time + LONGEST, "bad_expiry")
    if settled:
        young = state.created_at + LONGEST > event.time
        require(young or member.admitted_at + LONGEST <= event.time, "second_too_new")
    require(since is None or state.index[head] >= since, "stale_second")
    require(event.signed(member.sign_pk, signature, domain, *parts, head, expiry), "bad_second")
