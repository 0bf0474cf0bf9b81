"""A talk between two members of a group, held against that group's log: SPEC.md section 16. Pure, like the log."""

from collections.abc import Sequence

from sameboat.protocol.failures import Failure, require
from sameboat.protocol.state import GROUP, TALK, State

GOES_ON, SOMEONE_LEFT, NEW_KEYS = 0, 1, 2


def check_talk(shared: State, talk: State) -> None:
    """Both are who the group's own log says, with exactly those keys.

    Raises `wrong_kind`, `wrong_circle`, `unknown_head`, `not_a_member`, `key_swapped`.
    """
    require(talk.kind == TALK and shared.kind == GROUP, "wrong_kind")
    circle, head, *_ = talk.pair
    require(circle == shared.circle, "wrong_circle")
    seq = shared.index.get(head)
    if seq is None:
        raise Failure("unknown_head")
    there = shared.members_at(seq)
    require(all(member in there for member in talk.members), "not_a_member")
    keys = [(one.sign_pk, one.box_pk) == (there[id_].sign_pk, there[id_].box_pk) for id_, one in talk.members.items()]
    require(all(keys), "key_swapped")


def standing(shared: State, talk: State) -> int:
    """Whether the talk goes on: both still belong, with the keys it began with."""
    for id_, one in talk.members.items():
        now = shared.members.get(id_)
        if now is None:
            return SOMEONE_LEFT
        if (now.sign_pk, now.box_pk) != (one.sign_pk, one.box_pk):
            return NEW_KEYS
    return GOES_ON


def goes_on(shared: State, talks: Sequence[State]) -> State | None:
    """Of several talks of the same two, the one to go on in: of those that go on, the lowest id."""
    living = []
    for talk in talks:
        try:
            check_talk(shared, talk)
        except Failure:
            continue
        if standing(shared, talk) == GOES_ON:
            living.append(talk)
    return min(living, key=lambda talk: talk.circle, default=None)
