"""`name`, `rekey` and `role`: what changes about one member."""

from dataclasses import replace

from sameboat.protocol.encoding import Maybe, Shape
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.state import DAY, Event, State

NAME: Shape = ["b32"]
REKEY: Shape = ["b32", "b32", "b64"]
ROLE: Shape = ["b16", "u", Maybe(SECOND)]
LONGEST_TERM = 90 * DAY


def apply_name(state: State, event: Event) -> None:
    """A member takes another name."""
    state.members[event.author] = replace(state.members[event.author], name=event.body[0])


def apply_rekey(state: State, event: Event) -> None:
    """A member's new keys, signed by old and new."""
    sign_pk, box_pk, new_sig = event.body
    require(not state.used_keys & {sign_pk, box_pk} and sign_pk != box_pk, "key_reused")
    parts = [state.circle, event.prev, event.author, sign_pk, box_pk]
    require(event.signed(sign_pk, new_sig, "rekey", *parts), "bad_new_signature")
    state.used_keys.update((sign_pk, box_pk))
    state.members[event.author] = replace(state.members[event.author], sign_pk=sign_pk, box_pk=box_pk)


def apply_role(state: State, event: Event) -> None:
    """The host's task is given, taken up or laid down."""
    target, until, second = event.body
    found = state.members.get(target)
    if found is None:
        raise Failure("not_a_member")
    require(until == 0 or event.time < until <= event.time + LONGEST_TERM, "bad_term")
    alone = target == event.author and (until == 0 or not state.has_host(event.time))
    host = state.is_host(event.author, event.time)
    require(host or second is not None or alone, "not_authorised")
    if second is not None:
        parts = [state.circle, target, until]
        check_second(state, event, second, "second/role", parts, since=state.role_seqs.get(target))
    state.role_seqs[target] = event.seq
    state.members[target] = replace(found, host_until=until)
