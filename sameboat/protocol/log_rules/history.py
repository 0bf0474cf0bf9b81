"""`history`: keys of earlier epochs for one member, for everyone to see. SPEC.md section 4."""

from typing import Any

from sameboat.protocol.encoding import Many, Maybe, Shape
from sameboat.protocol.failures import require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.primitives import h
from sameboat.protocol.state import Event, State

SHAPE: Shape = ["b16", Many(["b32", "b32"], 512), Maybe(SECOND)]


def _seqs(state: State, epochs: list[bytes]) -> list[int]:
    """Where these epochs stand; each is one of this log's, the older before the newer, else `unknown_epoch`."""
    seqs = []
    for epoch in epochs:
        seq = state.index.get(epoch, -1)
        found = state.epoch_at(seq)
        require(found is not None and found.id == epoch, "unknown_epoch")
        seqs.append(seq)
    require(seqs == sorted(set(seqs)), "unknown_epoch")
    return seqs


def apply(state: State, event: Event) -> None:
    """A key that was missed is sealed again by anyone; one that was never theirs takes a host and a second."""
    target, rows, second = event.body
    require(len(rows) > 0, "not_canonical")
    require(target in state.members, "not_a_member")
    epochs: list[Any] = [epoch for epoch, _ in rows]
    was_theirs = all(target in state.members_at(seq) for seq in _seqs(state, epochs))
    require(second is not None or was_theirs, "second_required")
    if second is not None:
        hosts = any(state.is_host(who, event.time) for who in (event.author, second[0]))
        require(hosts, "not_a_host")
        parts = [state.circle, target, h("history", epochs)]
        check_second(state, event, second, "second/history", parts, target=target)
    for epoch, box in rows:
        state.shared[epoch] = (*state.shared.get(epoch, ()), (target, box))
