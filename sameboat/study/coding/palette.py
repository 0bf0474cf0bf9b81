"""How codes look: a colour and a pattern, so that no two are told apart by colour alone.

The same list, in the same order, as `frontend/src/study/core/palette.ts`; a test holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Collection

COLOURS = ("#2a9d8f", "#9a7bbf", "#d1a03d", "#3d7fb8", "#c9788f", "#7c9a45", "#a9653b", "#6f7fa3")
PATTERNS = ("solid", "dashes", "dots", "double", "wave", "bars", "grid", "zigzag")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def look(nth: int) -> tuple[str, str]:
    """The nth colour and pattern, from 0; the first 64 are all different."""
    return COLOURS[nth % len(COLOURS)], PATTERNS[(nth + nth // len(COLOURS)) % len(PATTERNS)]


def free_look(used: Collection[tuple[str, str]]) -> tuple[str, str]:
    """The first look that is not used yet."""
    every = (look(nth) for nth in range(len(COLOURS) * len(PATTERNS)))
    return next((one for one in every if one not in used), look(len(used)))


def is_colour(text: str) -> bool:
    return _COLOUR.fullmatch(text) is not None
