"""How much of what participants said bears a code, in words; and the next passage that bears none.

Where words begin is worked out once for each text and kept in memory: a text of that hash never changes.
"""

from __future__ import annotations

import functools
import uuid
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sameboat.study.coding import access
from sameboat.study.team.access import Seat
from sameboat.study.text.spans import merged, without
from sameboat.study.text.words import bounds
from sameboat.study.transcripts.models import Document, Turn, TurnRole

Interval = tuple[int, int]


class Coverage(NamedTuple):
    """Words that participants said in a document, and how many of them bear a code."""

    words: int
    coded: int

    @property
    def share(self) -> float:
        return self.coded / self.words if self.words else 0.0


def coverage(seat: Seat) -> dict[uuid.UUID, Coverage]:
    """The coverage of every document this seat may see."""
    bearing: dict[uuid.UUID, list[Interval]] = defaultdict(list)
    for document, start, end in access.spans(seat).values_list("document_id", "start", "end"):
        bearing[document].append((start, end))
    found = {}
    for document, sha256 in access.documents(seat).values_list("id", "sha256"):
        starts = word_starts(document, sha256)
        found[document] = Coverage(len(starts), _begin_in(starts, bearing.get(document, ())))
    return found


@functools.lru_cache(maxsize=1000)
def word_starts(document_id: uuid.UUID, sha256: str) -> array[int]:
    """Where the participants' words begin. `sha256` is the text's, so that a mended text is counted anew."""
    text = Document.objects.values_list("text", flat=True).get(id=document_id)
    said = said_by_participants(document_id)
    return array("I", (start + first for start, end in said for first, _ in bounds(text[start:end])))


def said_by_participants(document_id: uuid.UUID) -> list[Interval]:
    """Where participants speak; the whole text where nobody is marked as asking or taking part."""
    turns = list(Turn.objects.filter(document=document_id).order_by("index").values_list("start", "end", "role"))
    if not turns:
        length = Document.objects.values_list("length", flat=True).get(id=document_id)
        return [(0, length)]
    return [(start, end) for start, end, role in turns if role == TurnRole.PARTICIPANT]


def _begin_in(starts: array[int], intervals: Iterable[Interval]) -> int:
    return sum(bisect_left(starts, end) - bisect_left(starts, start) for start, end in merged(intervals))


class Passage(NamedTuple):
    document: uuid.UUID
    start: int
    end: int


def next_uncoded(seat: Seat, document_id: uuid.UUID | None, after: int) -> Passage | None:
    """The next passage by a participant with a word that bears no code, from `after` on, then in later documents.

    Documents come in the order of the list; after the last comes the first again.
    """
    every = list(access.documents(seat).order_by("title", "id").values_list("id", flat=True))
    at = every.index(document_id) if document_id in every else 0
    for turn, one in enumerate([*every[at:], *every[: at + 1]]):
        found = _uncoded_in(seat, one, after if turn == 0 else 0)
        if found is not None:
            return found
    return None


def _uncoded_in(seat: Seat, document_id: uuid.UUID, after: int) -> Passage | None:
    bearing = access.spans(seat).filter(document=document_id).values_list("start", "end")
    return next((one for one, _ in _gaps(document_id, bearing, after)), None)


def uncoded(seat: Seat, documents: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[Passage, str]]]:
    """Every passage of these texts that bears no code, with its words; only what participants said."""
    bearing: dict[uuid.UUID, list[Interval]] = defaultdict(list)
    for document, start, end in access.spans(seat).values_list("document_id", "start", "end"):
        bearing[document].append((start, end))
    return {document: list(_gaps(document, bearing[document])) for document in documents}


def _gaps(document_id: uuid.UUID, bearing: Iterable[Interval], after: int = 0) -> Iterator[tuple[Passage, str]]:
    """Each begins at a word and ends where something is said; a lone comma between two passages is none."""
    said = [(max(start, after), end) for start, end in said_by_participants(document_id) if end > after]
    left = without(said, bearing) if said else []
    if not left:
        return
    sha256, text = Document.objects.values_list("sha256", "text").get(id=document_id)
    starts = word_starts(document_id, sha256)
    for start, end in left:
        first = bisect_left(starts, start)
        if first < len(starts) and starts[first] < end:
            words = text[starts[first] : end].rstrip()
            yield Passage(document_id, starts[first], starts[first] + len(words)), words
