"""Replayed logs, kept in memory for circles that are in use. The database is the truth; this only saves time."""

from __future__ import annotations

import threading
from collections import OrderedDict

from sameboat.circles.models import Circle, LogEvent
from sameboat.protocol import verify

KEPT = 512


class LogBroken(Exception):
    """The stored log does not lead to the head its circle names. Nothing is judged by such a log."""


class States:
    """The newest known state of each circle, at most `KEPT` of them. Safe to use from several threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._states: OrderedDict[bytes, verify.State] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def of(self, circle: Circle) -> verify.State:
        """The state at this row's head. Nobody changes it: `append` gives a new one."""
        key = bytes(circle.pk)
        with self._lock:
            known = self._states.get(key)
        if known is not None and known.head == bytes(circle.head):
            return known
        state = self._caught_up(circle, known) or self._caught_up(circle, None)
        if state is None:
            raise LogBroken
        self.keep(state)
        return state

    def keep(self, state: verify.State) -> None:
        """Remembers a state that has just become true, unless a newer one is known already."""
        with self._lock:
            known = self._states.get(state.circle)
            if known is not None and len(known.ids) > len(state.ids) and known.ids[len(state.ids) - 1] == state.head:
                return
            self._states[state.circle] = state
            self._states.move_to_end(state.circle)
            while len(self._states) > self._most:
                self._states.popitem(last=False)

    def forget(self, circle: bytes) -> None:
        """Lets go of a circle that is deleted."""
        with self._lock:
            self._states.pop(circle, None)

    def _caught_up(self, circle: Circle, known: verify.State | None) -> verify.State | None:
        # A known state that the log does not continue (a restored copy) is given up by the head not matching.
        since = len(known.ids) if known else 0
        rows = LogEvent.objects.everywhere("replayed for the server itself").filter(circle=circle, seq__gte=since)
        # Not what was added since this row was read: its head would not be found.
        rows = rows.filter(seq__lte=circle.head_seq).order_by("seq")
        wires = [bytes(wire) for wire in rows.values_list("wire", flat=True)]
        try:
            state, _ = verify.append(known or verify.State(), wires, trusted=True)
        except verify.Failure:
            if known is None:
                raise
            return None
        return state if state.ids and state.head == bytes(circle.head) else None


states = States()


def state_at(circle: Circle, time: int) -> verify.State:
    """The log as it stood at a time, in seconds since 1970: for what was signed then and is brought now."""
    rows = LogEvent.objects.everywhere("replayed for the server itself").filter(circle=circle).order_by("seq")
    wires = [bytes(wire) for wire in rows.values_list("wire", flat=True)]
    then = [wire for wire in wires if verify.read_event(wire).time <= time]
    state, _ = verify.append(verify.State(), then, trusted=True)
    return state
