"""Stores the turns of a text together with what search finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from sameboat.study.transcripts.models import Document, Turn

BATCH = 500


def add_turns(document: Document, turns: Sequence[Turn]) -> None:
    """New turns of one text, whose words are at hand. On SQLite they are indexed here, all at once; PostgreSQL's
    trigger is quick enough."""
    if connection.vendor != "sqlite":
        Turn.objects.bulk_create(turns, batch_size=BATCH)
        return
    columns = ("study_id", "document_id", "index", "start", "end", "speaker", "role", "seconds")
    # The two ids are the same in every row; the rest is stored as it is.
    ids = [_stored("study_id", document.study_id), _stored("document_id", document.pk)]
    rows = [(*ids, *(getattr(turn, name) for name in columns[2:])) for turn in turns]
    names, signs = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    table = Turn._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO study_turn_search_pause VALUES (1)")
        # Names of our own columns only.
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({signs})', rows)  # noqa: S608
        made = Turn.objects.filter(document=document).order_by("index").values_list("id", "start", "end")
        said = [(id, document.text[start:end]) for id, start, end in made]
        cursor.executemany("INSERT INTO study_turn_search (rowid, words) VALUES (%s, %s)", said)
        cursor.execute("DELETE FROM study_turn_search_pause")


def _stored(column: str, value: Any) -> Any:
    field: Any = next(one for one in Turn._meta.concrete_fields if one.attname == column)
    return field.get_db_prep_save(value, connection)
