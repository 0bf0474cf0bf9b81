"""Stores the turns of a text together with what search finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction

from sameboat.study.transcripts.models import Document, Turn

BATCH = 500
COLUMNS = ("study_id", "document_id", "index", "start", "end", "speaker", "role", "seconds")


class Said(NamedTuple):
    """A turn of a text before it is stored; `number` is its index."""

    number: int
    start: int
    end: int
    speaker: str
    role: str
    seconds: float | None


def add_turns(document: Document, turns: Sequence[Said]) -> None:
    """New turns of one text, whose words are at hand. On SQLite they are indexed here, all at once; PostgreSQL's
    trigger is quick enough."""
    if connection.vendor != "sqlite":
        made = [Turn(**dict(zip(COLUMNS, (document.study_id, document.pk, *turn), strict=True))) for turn in turns]
        Turn.objects.bulk_create(made, batch_size=BATCH)
        return
    # A row for each turn without a Turn: a long text has thousands.
    ids = [_stored("study_id", document.study_id), _stored("document_id", document.pk)]
    names, signs = ", ".join(f'"{name}"' for name in COLUMNS), ", ".join(["%s"] * len(COLUMNS))
    table = Turn._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO study_turn_search_pause VALUES (1)")
        # Names of our own columns only.
        rows = [(*ids, *turn) for turn in turns]
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({signs})', rows)  # noqa: S608
        made_of = Turn.objects.filter(document=document).order_by("index").values_list("id", "start", "end")
        said = [(id, document.text[start:end]) for id, start, end in made_of]
        cursor.executemany("INSERT INTO study_turn_search (rowid, words) VALUES (%s, %s)", said)
        cursor.execute("DELETE FROM study_turn_search_pause")


def _stored(column: str, value: Any) -> Any:
    field: Any = next(one for one in Turn._meta.concrete_fields if one.attname == column)
    return field.get_db_prep_save(value, connection)
