"""`invite` and `admit`: one link, one person. SPEC.md sections 4 and 7."""

from dataclasses import replace
from typing import Any

from sameboat.protocol.encoding import Maybe, Shape, decode
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.primitives import h
from sameboat.protocol.state import DAY, Event, Invite, Member, State

INVITE: Shape = ["b32", "b16", "u", "b32", "b32", "b32", "bool"]
ADMIT: Shape = ["b", "b64", "b64", "b32", Maybe(["b16", Maybe(SECOND)])]
REQUEST: Shape = ["b32", "b32", "b16", "b32", "b32", "b32", "b32"]
REQUEST_MOST = 1024
LONGEST_INVITE = 60 * DAY


def apply_invite(state: State, event: Event) -> None:
    """A host opens a door for one person."""
    link_pk, lookup, expires, agreement, preview, card, any_member = event.body
    require(state.is_host(event.author, event.time), "not_a_host")
    group, current, safeguarding = state.words
    require(safeguarding is not None, "no_safeguarding")
    require(event.time < expires <= event.time + LONGEST_INVITE, "bad_expiry")
    require(agreement == current, "stale_agreement")
    require(link_pk not in state.used_keys, "key_reused")
    state.used_keys.add(link_pk)
    state.invites[event.id] = Invite(
        event.id, event.author, link_pk, lookup, expires, agreement, preview, card, any_member,
        state.head, group, safeguarding,
    )  # fmt: skip


def read_request(body: list[Any]) -> list[Any]:
    """The join request that stands whole inside an `admit`."""
    request: list[Any] = decode(body[0], REQUEST, REQUEST_MOST)
    return request


def _check_door(state: State, event: Event, request: list[Any]) -> Invite:
    invite = state.invites.get(request[1])
    if invite is None:
        raise Failure("unknown_invite")
    require(not invite.used, "invite_used")
    require(not invite.void, "invite_void")
    require(event.time <= invite.expires, "invite_expired")
    require(invite.any_member or state.is_host(event.author, event.time), "not_a_host")
    require(request[0] == state.circle, "wrong_circle")
    require(request[6] == invite.agreement, "stale_agreement")
    return invite


def _check_replaced(state: State, event: Event, old: bytes, second: list[Any] | None) -> None:
    require(old != event.author, "not_distinct")
    require(old in state.members, "not_a_member")
    if second is None:
        require(len(state.members) == 2, "second_required")
        return
    parts = [state.circle, old, h("request", event.body[0]), event.author]
    check_second(state, event, second, "second/replaces", parts, target=old)


def apply_admit(state: State, event: Event) -> None:
    """Someone inside opens the door, for good, to exactly the keys that knocked."""
    request, link_sig, joiner_sig, _, replaces = event.body
    asked = event.inside or []
    _, _, member, sign_pk, box_pk, name, _ = asked
    invite = _check_door(state, event, asked)
    require(member not in state.used_members, "id_taken")
    require(sign_pk not in state.used_keys and box_pk not in state.used_keys, "key_reused")
    require(sign_pk != box_pk, "key_reused")
    require(len(state.members) - (replaces is not None) < state.policy[1], "circle_full")
    require(event.signed(invite.link_pk, link_sig, "join/link", request), "bad_link_signature")
    require(event.signed(sign_pk, joiner_sig, "join/key", request), "bad_joiner_signature")
    if replaces is not None:
        _check_replaced(state, event, *replaces)
        state.drop(replaces[0], event)
    # After `drop`: replacing the inviter voids their other open invites, and leaves this one used.
    state.invites[invite.id] = replace(invite, used=True)
    state.used_members.add(member)
    state.used_keys.update((sign_pk, box_pk))
    state.members[member] = Member(member, sign_pk, box_pk, name, event.id, event.time)
