"""`create`: the first event of a circle."""

from sameboat.protocol.encoding import Maybe, Shape
from sameboat.protocol.failures import require
from sameboat.protocol.log_rules.policy import POLICY, WORDS, check_policy
from sameboat.protocol.state import DAY, GROUP, OWN, Event, Member, State

SHAPE: Shape = ["b32", "u", "b16", "b32", "b32", "b32?", Maybe(WORDS), Maybe(POLICY)]
TERM = 90 * DAY


def apply(state: State, event: Event) -> None:
    """The creator becomes the first member and, in a group, its host."""
    _, kind, member, sign_pk, box_pk, name, words, policy = event.body
    require(kind in (OWN, GROUP), "unknown_type")
    require(event.author == member, "wrong_author")
    given = [part is not None for part in (name, words, policy)]
    require(not any(given) if kind == OWN else all(given), "not_canonical")
    if kind == GROUP:
        require(words[2] is None, "not_canonical")
        check_policy(policy, {member})
        state.words, state.policy, state.window = words, policy, policy[0]
    require(sign_pk != box_pk, "key_reused")
    state.circle, state.kind, state.created_at = event.id, kind, event.time
    state.used_members.add(member)
    state.used_keys.update((sign_pk, box_pk))
    term = event.time + TERM if kind == GROUP else 0
    state.members[member] = Member(member, sign_pk, box_pk, name, event.id, event.time, term)
