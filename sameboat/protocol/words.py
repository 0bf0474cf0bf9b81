"""Room words: seven calm words that are the same for all who see the same members. SPEC.md section 8."""

from sameboat.protocol.primitives import h
from sameboat.protocol.state import State

COUNT, BITS = 7, 10


def word_numbers(circle: bytes, event: bytes) -> list[int]:
    """Seven numbers below 1,024 of a circle and the newest event that changed members or keys."""
    bits = int.from_bytes(h("room-words", circle, event)[:9], "big") >> 2
    return [(bits >> BITS * (COUNT - 1 - place)) & (2**BITS - 1) for place in range(COUNT)]


def room_words(state: State) -> list[int]:
    """The numbers of this circle's words now; the list of words belongs to whoever shows them."""
    return word_numbers(state.circle, state.ids[state.changes[-1]])
