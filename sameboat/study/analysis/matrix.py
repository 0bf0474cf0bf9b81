"""Tables of what was said: codes or themes against participants, groups, or what is known of them.

In passages, words or shares of words.

A passage counts once, however many people put the code on it. Words are those that participants said.
"""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple

from sameboat.study.analysis.attributes import IS, columns_by
from sameboat.study.coding import access
from sameboat.study.coding.coverage import word_starts
from sameboat.study.coding.places import Places, places
from sameboat.study.team.access import Seat
from sameboat.study.text.spans import merged
from sameboat.study.themes import access as theme_access
from sameboat.study.transcripts.models import Turn

Passages = dict[uuid.UUID, set[tuple[int, int]]]


class Line(NamedTuple):
    """A row or a column: its id and its name."""

    id: uuid.UUID
    name: str


class Cell(NamedTuple):
    """How many passages, how many words in them, and what share of all words of the column that is."""

    passages: int
    words: int
    share: float


@dataclass(frozen=True)
class Matrix:
    """`cells` by row and column; where there is none, nothing was said."""

    rows: list[Line]
    columns: list[Line]
    cells: dict[tuple[uuid.UUID, uuid.UUID], Cell]


def matrix(seat: Seat, rows: str, by: str, coder: uuid.UUID | None = None) -> Matrix:
    """`rows`: "codes" or "themes"; `by`: "participants", "groups" or "is:" and a heading; of one coder, if given."""
    whose = places(seat)
    columns, texts = _columns(whose, by)
    # What is kept for later comes first: among what goes again it would hold its memory.
    starts = {document: word_starts(document, whose.texts[document].sha256) for document in texts}
    on_code = passages(seat, whose, coder)
    codes = [one for one in access.codebook(seat) if one.kind == "code"]
    if rows == "themes":
        made_of = theme_access.codes_of_themes(seat)
        lines = [Line(one.id, one.name) for one in theme_access.themes(seat)]
        found = {line.id: together(on_code, made_of[line.id]) for line in lines}
    else:
        lines = [Line(one.id, one.name) for one in codes]
        found = {line.id: on_code.get(line.id, {}) for line in lines}
    return Matrix(lines, columns, _cells(starts, found, texts))


def passages(seat: Seat, whose: Places, coder: uuid.UUID | None = None) -> dict[uuid.UUID, Passages]:
    """For each code and text, where the code is."""
    spans = access.spans(seat)
    spans = spans.filter(author=coder) if coder else spans
    found: dict[uuid.UUID, Passages] = defaultdict(lambda: defaultdict(set))
    for code, document, start, end in spans.values_list("code_id", "document_id", "start", "end").iterator():
        if document in whose.texts:
            found[code][document].add((start, end))
    return found


def together(on_code: Mapping[uuid.UUID, Passages], codes: Iterable[uuid.UUID]) -> Passages:
    """The passages of several codes, each once."""
    found: Passages = defaultdict(set)
    for code in codes:
        for document, places_of in on_code.get(code, {}).items():
            found[document] |= places_of
    return found


def _columns(whose: Places, by: str) -> tuple[list[Line], dict[uuid.UUID, uuid.UUID]]:
    """The columns, and which of them each text belongs to."""
    if by.startswith(IS):
        values, texts = columns_by(whose, by.removeprefix(IS))
        columns = [Line(*one) for one in values.items()]
    elif by == "groups":
        columns = [Line(one.id, str(one)) for one in whose.groups.values()]
        texts = {place.id: place.group for place in whose.texts.values() if place.group}
    else:
        columns = [Line(one.id, one.code) for one in whose.participants.values() if whose.of_participant[one.id]]
        texts = {place.id: place.participant for place in whose.texts.values() if place.participant}
    return columns, texts


def _cells(
    starts: Mapping[uuid.UUID, Sequence[int]], found: Mapping[uuid.UUID, Passages], texts: Mapping[uuid.UUID, uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], Cell]:
    whole: dict[uuid.UUID, int] = defaultdict(int)
    for document, whom in texts.items():
        whole[whom] += len(starts[document])
    counted: dict[tuple[uuid.UUID, uuid.UUID], list[int]] = defaultdict(lambda: [0, 0])
    for row, passages_of in found.items():
        for document, places_of in passages_of.items():
            if (column := texts.get(document)) is not None:
                at = starts[document]
                cell = counted[row, column]
                cell[0] += len(places_of)
                cell[1] += sum(bisect_left(at, end) - bisect_left(at, start) for start, end in merged(places_of))
    return {
        key: Cell(number, words, words / whole[key[1]] if whole[key[1]] else 0.0)
        for key, (number, words) in counted.items()
    }  # fmt: skip


def meetings(on_code: Mapping[uuid.UUID, Passages]) -> dict[tuple[uuid.UUID, uuid.UUID], int]:
    """In how many turns of talk two codes stand together. Both ways round; a text without turns is one turn."""
    by_text: dict[uuid.UUID, list[tuple[int, int, uuid.UUID]]] = defaultdict(list)
    for code, of in on_code.items():
        for document, places_of in of.items():
            by_text[document] += [(start, end, code) for start, end in places_of]
    begins: dict[uuid.UUID, list[int]] = defaultdict(list)
    turns = Turn.objects.filter(document__in=list(by_text)).order_by("document", "index")
    for document, start in turns.values_list("document_id", "start"):
        begins[document].append(start)
    found: dict[tuple[uuid.UUID, uuid.UUID], int] = defaultdict(int)
    for document, spans in by_text.items():
        for codes in _by_turn(spans, begins[document] or [0]).values():
            for pair in permutations(codes, 2):
                found[pair] += 1
    return found


def _by_turn(spans: Iterable[tuple[int, int, uuid.UUID]], begins: list[int]) -> dict[int, set[uuid.UUID]]:
    found: dict[int, set[uuid.UUID]] = defaultdict(set)
    for start, end, code in spans:
        for turn in range(bisect_right(begins, start), bisect_left(begins, end) + 1):
            found[turn].add(code)
    return found
