"""`epoch`: a fresh key for exactly those who belong. SPEC.md section 5."""

from typing import Any

from sameboat.protocol.encoding import Many, Shape
from sameboat.protocol.failures import require
from sameboat.protocol.state import DAY, Epoch, Event, State

SHAPE: Shape = ["b32?", Many(["b16", "b32"]), "b32", "b32", Many(["b16", "b32"])]
MOST_EXTRA = 6


def _count_extra(state: State, event: Event) -> None:
    if state.needs_epoch_by is not None or state.left_since_epoch:
        return
    recent = [time for time in state.extra_epochs.get(event.author, []) if time > event.time - DAY]
    require(len(recent) < MOST_EXTRA, "too_many_epochs")
    state.extra_epochs[event.author] = [*recent, event.time]


def _names(rows: list[list[Any]]) -> list[bytes]:
    return [row[0] for row in rows]


def apply(state: State, event: Event) -> None:
    """Exactly the members receive it; exactly those who went are named."""
    previous, boxes, commitment, _, closed = event.body
    newest = state.epoch
    require(previous == (newest.id if newest else None), "wrong_epoch")
    require(_names(boxes) == sorted(state.members), "wrong_recipients")
    require(commitment not in state.commitments, "key_reused")
    require(_names(closed) == sorted(state.gone_since_epoch), "wrong_closed")
    _count_extra(state, event)
    state.commitments.add(commitment)
    state.closed_lists.update(dict(closed))
    state.gone_since_epoch = []
    state.left_since_epoch = False
    state.epochs.append(Epoch(event.id, event.seq, event.author, state.head, commitment))
