"""Stores the turns of a text together with what search finds in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from sameboat.study.transcripts.models import Document, Turn

BATCH = 500


def add_turns(document: Document, turns: Sequence[Turn]) -> None:
    """New turns of one text, whose words are at hand. On SQLite they are indexed here, all at once; PostgreSQL's
    trigger is quick enough."""
    if connection.vendor != "sqlite":
        Turn.objects.bulk_create(turns, batch_size=BATCH)
        return
    fields = [field for field in Turn._meta.concrete_fields if not field.primary_key]
    rows = [[field.get_db_prep_save(getattr(turn, field.attname), connection) for field in fields] for turn in turns]
    names, signs = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    table = Turn._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO study_turn_search_pause VALUES (1)")
        # Names of our own columns only.
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({signs})', rows)  # noqa: S608
        made = Turn.objects.filter(document=document).order_by("index").values_list("id", "start", "end")
        said = [(id, document.text[start:end]) for id, start, end in made]
        cursor.executemany("INSERT INTO study_turn_search (rowid, words) VALUES (%s, %s)", said)
        cursor.execute("DELETE FROM study_turn_search_pause")
