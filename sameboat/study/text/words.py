"""Words: what stands between white space and holds a letter or a digit.

White space parts words the same way in every script that uses it; a dash on its own is no word. Marks that combine with
a letter stay with it, whatever the script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import filterfalse

_BETWEEN_SPACES = re.compile(r"\S+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def is_word(piece: str) -> bool:
    """Whether a piece without white space holds a letter or a digit."""
    return piece.isalnum() or any(map(str.isalnum, piece))


def count(text: str) -> int:
    """How many words."""
    pieces = text.split()
    # Most are letters only; of the others few hold none.
    return len(pieces) - sum(not _LETTER_OR_DIGIT.search(piece) for piece in filterfalse(str.isalnum, pieces))


def bounds(text: str) -> list[tuple[int, int]]:
    """The span of each word, in order."""
    return [found.span() for found in _BETWEEN_SPACES.finditer(text) if is_word(found[0])]


def count_within(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Words in spans that do not overlap. A word cut by an edge counts where it begins."""
    total = 0
    for start, end in spans:
        inside = count(text[start:end])
        cut = 0 < start < end and not text[start - 1].isspace() and not text[start].isspace()
        total += inside - (1 if cut and _first_piece_is_word(text[start:end]) else 0)
    return total


def _first_piece_is_word(text: str) -> bool:
    found = _BETWEEN_SPACES.match(text)
    return bool(found and is_word(found[0]))
