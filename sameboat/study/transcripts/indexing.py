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
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO study_turn_search_pause VALUES (1)")
        made = Turn.objects.bulk_create(turns, batch_size=BATCH)
        rows = [(turn.pk, document.text[turn.start : turn.end]) for turn in made]
        cursor.executemany("INSERT INTO study_turn_search (rowid, words) VALUES (%s, %s)", rows)
        cursor.execute("DELETE FROM study_turn_search_pause")
