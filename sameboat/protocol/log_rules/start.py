"""`create`: the first event of a circle."""

from typing import Any

from sameboat.protocol.encoding import Either, Maybe, Shape
from sameboat.protocol.failures import require
from sameboat.protocol.log_rules.policy import POLICY, WINDOWS, WORDS, check_policy
from sameboat.protocol.state import DAY, GROUP, OWN, TALK, Event, Member, State

ALONE: list[Any] = ["b32", "u", "b16", "b32", "b32", "b32?", Maybe(WORDS), Maybe(POLICY)]
PAIR: Shape = ["b32", "b32", "b16", "b32", "b32", "u", "b32?"]
SHAPE: Shape = Either(ALONE, [*ALONE, PAIR])
TERM = 90 * DAY


def pair_of(event: Event) -> list[Any] | None:
    """What a talk's `create` says of the other member and the circle both are in; None in other circles."""
    return event.body[8] if len(event.body) > len(ALONE) else None


def _check_form(event: Event) -> None:
    _, kind, member, _, _, name, words, policy, *_ = event.body
    require(kind in (OWN, TALK, GROUP), "unknown_type")
    require(event.author == member, "wrong_author")
    given = [part is not None for part in (name, words, policy)]
    require(all(given) if kind == GROUP else not any(given), "not_canonical")
    require((pair_of(event) is not None) == (kind == TALK), "not_canonical")


def apply(state: State, event: Event) -> None:
    """The creator becomes the first member and, in a group, its host; in a talk the other is one from the start."""
    _check_form(event)
    _, kind, member, sign_pk, box_pk, name, words, policy, *_ = event.body
    if kind == GROUP:
        require(words[2] is None, "not_canonical")
        check_policy(policy, {member})
        state.words, state.policy, state.window = words, policy, policy[0]
    pair = pair_of(event)
    if pair is not None:
        require(pair[2] != member, "not_distinct")
        require(pair[5] in WINDOWS, "bad_policy")
    keys = {sign_pk, box_pk, *(pair[3:5] if pair else [])}
    require(len(keys) == (4 if pair else 2), "key_reused")
    state.circle, state.kind, state.created_at = event.id, kind, event.time
    state.used_keys |= keys
    term = event.time + TERM if kind == GROUP else 0
    _join(state, Member(member, sign_pk, box_pk, name, event.id, event.time, term))
    if pair is not None:
        state.pair, state.window = pair, pair[5]
        _join(state, Member(pair[2], pair[3], pair[4], None, event.id, event.time))


def _join(state: State, member: Member) -> None:
    state.used_members.add(member.id)
    state.members[member.id] = member
