"""Looking for words in everything that was said, through the database's own index of words."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from sameboat.study.analysis.attributes import texts_with
from sameboat.study.analysis.query import About, Either, Every, Near, Not, Query, Words, wanted_words
from sameboat.study.coding import access
from sameboat.study.team.access import Seat
from sameboat.study.text.spans import Snippet, snippet
from sameboat.study.transcripts.models import Document, Turn

_WORD = re.compile(r"\w+")
_FROM = "FROM study_turn_search AS found JOIN study_transcripts_turn AS turn ON turn.id = found.rowid"


@dataclass(frozen=True)
class Hit:
    """One turn that answers, with the first of the words that were looked for. Positions are code points."""

    document: uuid.UUID
    title: str
    turn: int
    speaker: str
    start: int
    end: int
    snippet: Snippet


def find(seat: Seat, query: Query) -> list[int]:
    """The turns that answer, in the order of their documents' titles and of the talk."""
    turns = Turn.objects.filter(study=seat.study, document__trashed_at=None)
    answering = _answering(seat, query, turns)
    ordered = turns.order_by("document__title", "document_id", "index").values_list("id", flat=True)
    return [turn for turn in ordered if turn in answering]


def hits(seat: Seat, query: Query, *, first: int = 0, most: int = 100) -> tuple[list[Hit], int]:
    """One page of what answers, and how many turns answer in all."""
    found = find(seat, query)
    return list(_shown(found[first : first + most], wanted_words(query))), len(found)


def _shown(turn_ids: list[int], words: list[Words]) -> Iterator[Hit]:
    rows = {turn.id: turn for turn in Turn.objects.filter(id__in=turn_ids)}
    documents = Document.objects.in_bulk({turn.document_id for turn in rows.values()})
    for turn_id in turn_ids:
        turn = rows[turn_id]
        document = documents[turn.document_id]
        start, end = place_of(document.text[turn.start : turn.end], words)
        span = (turn.start + start, turn.start + end)
        yield Hit(document.id, document.title, turn.index, turn.speaker, *span, snippet(document.text, span))


def folded(word: str) -> str:
    """Without case and without marks, as the index of words has it."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def place_of(text: str, words: list[Words]) -> tuple[int, int]:
    """Where the first of these words stands in a turn; its first word where none of them does."""
    said = [(folded(match[0]), match.span()) for match in _WORD.finditer(text)]
    for at in range(len(said)):
        for one in words:
            length = len(one.words)
            if length <= len(said) - at and _same(one, [word for word, _ in said[at : at + length]]):
                return said[at][1][0], said[at + length - 1][1][1]
    return said[0][1] if said else (0, 0)


def _same(wanted: Words, said: list[str]) -> bool:
    *before, last = map(folded, wanted.words)
    return said[:-1] == before and (said[-1].startswith(last) if wanted.beginning else said[-1] == last)


def _answering(seat: Seat, query: Query, turns: QuerySet[Turn]) -> set[int]:
    match query:
        case Words() | Near():
            return _by_index(seat, query)
        case About(field, value):
            return _about(seat, field, value, turns)
        case Every(parts):
            return set.intersection(*(_answering(seat, part, turns) for part in parts))
        case Either(parts):
            return set.union(*(_answering(seat, part, turns) for part in parts))
        case Not(part):
            return set(turns.values_list("id", flat=True)) - _answering(seat, part, turns)


_NAMED = {
    "speaker": "speaker__iexact",
    "group": "document__group__letter__iexact",
    "participant": "document__participant__code__iexact",
    "document": "document__title__icontains",
}


def _about(seat: Seat, field: str, value: str, turns: QuerySet[Turn]) -> set[int]:
    if field in _NAMED:
        return set(turns.filter(**{_NAMED[field]: value}).values_list("id", flat=True))
    if field == "attribute":
        return set(turns.filter(document__in=texts_with(seat, value)).values_list("id", flat=True))
    coded: set[int] = set()
    book = list(access.codes(seat))
    named = {one.id for one in book if one.name.casefold() == value.casefold()}
    below = {code for one in named for code in access.below(book, one)}
    spans = access.spans(seat).filter(code__in=named | below).values_list("document_id", "start", "end")
    for document, start, end in spans:
        touched = turns.filter(document=document, start__lt=end, end__gt=start)
        coded.update(touched.values_list("id", flat=True))
    return coded


def _by_index(seat: Seat, query: Words | Near) -> set[int]:
    if connection.vendor == "sqlite":
        said, asked = _fts5(query), "study_turn_search MATCH %s"
    else:
        said, asked = _tsquery(query), "found.words @@ to_tsquery('simple', %s)"
    statement = f"SELECT turn.id {_FROM} WHERE {asked} AND turn.study_id = %s"
    study = Turn._meta.get_field("study").get_db_prep_value(seat.study.id, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [said, study])
        return {row[0] for row in cursor.fetchall()}


def _fts5(query: Words | Near) -> str:
    """The words in the language of SQLite's index; everything in quotation marks, so that nothing in them commands."""
    if isinstance(query, Near):
        return f"NEAR({' '.join(map(_fts5, query.parts))}, {query.most})"
    return f'"{" ".join(query.words)}"' + ("*" if query.beginning else "")


def _tsquery(query: Words | Near) -> str:
    """The same in PostgreSQL's language, which knows exact distances only."""
    if isinstance(query, Near):
        first, *others = query.parts
        return " & ".join(f"({_within(first, other, query.most)})" for other in others)
    words = [f"'{word}'" for word in query.words]
    return "(" + " <-> ".join([*words[:-1], words[-1] + (":*" if query.beginning else "")]) + ")"


def _within(one: Words, other: Words, most: int) -> str:
    both = [(_tsquery(one), _tsquery(other)), (_tsquery(other), _tsquery(one))]
    return " | ".join(f"{left} <{apart}> {right}" for left, right in both for apart in range(1, most + 2))
