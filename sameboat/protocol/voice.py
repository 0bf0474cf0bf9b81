"""What somebody spoke: cut into pieces that fit into messages, and put together again whole or not at all. SPEC 19."""

from collections.abc import Iterable

from sameboat.protocol.failures import require
from sameboat.protocol.primitives import h, same

PIECE = 15_000
PARTS_MOST = 12
MS_MOST = 60_000


def whole_of(circle: bytes, author: bytes, voice: bytes, file: bytes) -> bytes:
    """The hash of a whole file, as its `voice` message names it."""
    return h("voice", circle, author, voice, file)


def cut(file: bytes) -> list[bytes]:
    """The pieces of a file of 1 to 180,000 bytes; `too_long`, or `bad_voice` where there is nothing."""
    require(len(file) <= PIECE * PARTS_MOST, "too_long")
    require(len(file) > 0, "bad_voice")
    return [file[start : start + PIECE] for start in range(0, len(file), PIECE)]


def put_together(
    circle: bytes, author: bytes, note: tuple[bytes, int, int, bytes], pieces: Iterable[tuple[int, bytes]]
) -> bytes:
    """The file of a note `(voice, parts, ms, whole)` from pieces `(at, sound)` of that author and voice.

    `bad_voice`, `part_doubled`, `part_missing`, `wrong_sound`, in this order.
    """
    voice, parts, ms, whole = note
    require(1 <= parts <= PARTS_MOST and 1 <= ms <= MS_MOST, "bad_voice")
    held: dict[int, bytes] = {}
    for at, sound in pieces:
        require(held.setdefault(at, sound) == sound, "part_doubled")
    require(all(at in held for at in range(parts)), "part_missing")
    file = b"".join(held[at] for at in sorted(held))
    require(len(held) == parts and same(whole_of(circle, author, voice, file), whole), "wrong_sound")
    return file
