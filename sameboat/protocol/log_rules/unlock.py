"""`unlock`: which wraps of the account key are good, in the own circle only."""

from sameboat.protocol.encoding import Shape
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.state import Event, State

SHAPE: Shape = ["u", "u", "b16", "b32", "b32"]
ADD, REMOVE = 1, 2


def apply(state: State, event: Event) -> None:
    """An unlocker is added or taken away; the last two stay, unless one takes another's place."""
    action, kind, unlocker, wrap, verifier = event.body
    require(action in (ADD, REMOVE) and 1 <= kind <= 3, "not_canonical")
    if action == ADD:
        require(unlocker not in state.used_unlockers, "id_taken")
        state.used_unlockers.add(unlocker)
        state.unlockers[unlocker] = [kind, wrap, verifier]
        state.unlocker_added = (event.seq, unlocker)
        return
    known = state.unlockers.get(unlocker)
    if known is None:
        raise Failure("unknown_unlocker")
    require(len(state.unlockers) > 2 or _has_successor(state, event), "last_two")
    require(known == [kind, wrap, verifier], "not_canonical")
    del state.unlockers[unlocker]


def _has_successor(state: State, event: Event) -> bool:
    """Whether the event before put another of the same kind in its place: none is there less than before."""
    _, kind, gone, *_ = event.body
    seq, added = state.unlocker_added
    return seq == event.seq - 1 and added != gone and state.unlockers[added][0] == kind
