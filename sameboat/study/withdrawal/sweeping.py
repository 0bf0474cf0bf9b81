"""After a withdrawal: nothing of it is left in the pages of the database, its index of words, or files beside it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable

from django.db import connection

from sameboat.study.coding.coverage import word_starts
from sameboat.study.transcripts import arrivals, recordings
from sameboat.study.transcripts.models import Recording
from sameboat.study.work.going import forget

# Where their words stood.
_TABLES = (
    "study_transcripts_document", "study_transcripts_turn", "study_coding_span", "study_coding_memo",
    "study_coding_code", "study_ledger_entry", "study_fieldwork_participant", "study_fieldwork_interview",
    "study_analysis_frameworkcell", "study_exchange_keptpart", "study_themes_theme", "study_turn_search",
)  # fmt: skip


def sweep(study_id: uuid.UUID, sounds: Iterable[Recording]) -> None:
    """Stops what is made of the old words, deletes files beside the database, writes it anew without what went."""
    forget(study_id)
    for one in sounds:
        recordings.place(one).unlink(missing_ok=True)
    shutil.rmtree(arrivals.folder() / study_id.hex, ignore_errors=True)
    word_starts.cache_clear()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The index keeps words of what was deleted until it is put together anew.
            cursor.execute("INSERT INTO study_turn_search (study_turn_search) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in _TABLES:
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
