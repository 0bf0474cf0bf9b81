"""Positions as another program counted them, turned into code points of the text that is kept.

Programs count code points, UTF-16 units or bytes; a line end of CR LF as one or as two; a byte order mark as a
character or as nothing. Which of them a file means is found by looking whether its passages say what they should.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from sameboat.study.text.plain import storable
from sameboat.study.text.positions import Width, utf8_width, utf16_width

MARK = "\ufeff"
_PIECE = re.compile("\r\n|[\\s\\S]")
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*$")


def code_points(_: str) -> int:
    """Every character is one."""
    return 1


UNITS: dict[str, Width] = {"characters": code_points, "UTF-16 units": utf16_width, "bytes": utf8_width}


class Passage(NamedTuple):
    """Where a passage stands by the other count, and what it says by the other program, if that is known."""

    start: int
    end: int
    says: str = ""


class Counting(NamedTuple):
    """One way to count: units of a character, line ends (as written, one, two), and the mark at the start."""

    unit: str
    line_ends: str = "as written"
    mark: bool = False

    def in_words(self) -> str:
        """How it counts, as part of a sentence."""
        ends = {"one": ", each line end as one", "two": ", each line end as two"}.get(self.line_ends, "")
        return f"in {self.unit}{ends}{', with the byte order mark' if self.mark else ''}"


class Place(NamedTuple):
    """A span of the kept text. `cut` says that the other program's passage went on past the end."""

    start: int
    end: int
    cut: bool = False


class Settled(NamedTuple):
    """The text that is kept, with where things stand in it (None: nowhere), and how the file counted if unusually."""

    text: str
    places: list[Place | None]
    points: list[int]
    counted: str | None


_LIKELY = ("characters", "UTF-16 units")


def settle(
    raw: str,
    passages: Sequence[Passage],
    units: Sequence[str] = _LIKELY,
    points: Sequence[int] = (),
    kept: tuple[str, Sequence[int]] | None = None,
) -> Settled:
    """Finds the way of counting under which most passages say what they should; the likelier, where several do.

    `raw` is the text as it stood in the file, with its mark and its line ends. `units` are names of UNITS, the likelier
    first. `points` are single places to turn as well. `kept` is the text to keep, with where each of its characters
    began in `raw`, where that is not simply `raw` made storable.
    """
    text, offsets = kept or _kept(raw)
    tried: list[tuple[tuple[int, int], Counting, list[int], list[Place | None]]] = []
    for counting in _countings(raw, units):
        starts = _starts(raw, offsets, counting)
        places = [_place(starts, passage) for passage in passages]
        tried.append(((_right(text, passages, places), _clean(text, places)), counting, starts, places))
    best = max(tried, key=lambda one: one[0])
    if best[0][0] == 0 and best[0][1] <= tried[0][0][1] + len(passages) * 0.2:
        best = tried[0]
    turned = [max(0, min(bisect_right(best[2], point) - 1, len(text))) for point in points]
    return Settled(text, best[3], turned, None if best is tried[0] else best[1].in_words())


def _kept(raw: str) -> tuple[str, Sequence[int]]:
    """The text that is kept, and where in `raw` each of its characters began, with the end."""
    text = storable(raw)
    if text == raw:
        return text, range(len(raw) + 1)
    offsets: list[int] = []
    for piece in _PIECE.finditer(raw):
        kept = piece[0] if piece[0] == MARK and piece.start() else storable(piece[0])
        offsets.extend([piece.start()] * len(kept))
    return text, [*offsets, len(raw)]


def _countings(raw: str, units: Sequence[str]) -> list[Counting]:
    """The ways that differ for this text, the likelier first."""
    wide = any(character > "\x7f" for character in raw)
    breaks = "\n" in raw or "\r" in raw
    return [
        Counting(unit, line_ends, mark)
        for mark in ((False, True) if raw.startswith(MARK) else (False,))
        for unit in (units if wide else units[:1])
        for line_ends in (("as written", "one", "two") if breaks else ("as written",))
    ]


def _starts(raw: str, offsets: Sequence[int], counting: Counting) -> list[int]:
    """Where each kept character stands by this count, with the end."""
    width = UNITS[counting.unit]
    widths = list(map(width, raw))
    if raw.startswith(MARK) and not counting.mark:
        widths[0] = 0
    if counting.line_ends != "as written":
        for found in re.finditer("\r\n|\r|\n", raw):
            one = 1 if counting.line_ends == "one" else 2
            widths[found.start()], widths[found.end() - 1] = 0, 0
            widths[found.start()] = one
    sums = list(accumulate(widths, initial=0))
    return [sums[at] for at in offsets]


def _place(starts: list[int], passage: Passage) -> Place | None:
    if not 0 <= passage.start < passage.end or passage.start >= starts[-1]:
        return None
    start = bisect_right(starts, passage.start) - 1
    end = min(bisect_left(starts, passage.end), len(starts) - 1)
    return Place(start, end, passage.end > starts[-1]) if start < end else None


def _right(text: str, passages: Sequence[Passage], places: Sequence[Place | None]) -> int:
    """How many passages say what they should."""
    return sum(
        bool(place) and bool(passage.says) and says_so(text[place.start : place.end], passage.says)
        for passage, place in zip(passages, places, strict=True)
        if place is not None
    )


def says_so(passage: str, clue: str) -> bool:
    """Whether a passage is what another program says of it, which may be cut short and has other white space."""
    here, said = " ".join(passage.split()), " ".join(_CUT.sub("", clue).split())
    return bool(said) and (here == said or (len(said) < len(here) and here.startswith(said) and _is_cut(clue, said)))


def _is_cut(clue: str, said: str) -> bool:
    return bool(_CUT.search(clue)) or len(said) >= 20


def _clean(text: str, places: Sequence[Place | None]) -> int:
    """How many passages neither begin with white space nor cut a word in two."""
    return sum(
        place is not None
        and not text[place.start].isspace()
        and _is_edge(text, place.start)
        and _is_edge(text, place.end)
        for place in places
    )


def _is_edge(text: str, at: int) -> bool:
    return not (0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum())
