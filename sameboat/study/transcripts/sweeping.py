"""Nothing of words that were taken out stays in the pages of the database or in its index of words."""

from __future__ import annotations

from django.db import connection

# Where words stood that may go.
_TABLES = (
    "study_transcripts_document", "study_transcripts_turn", "study_coding_span", "study_coding_memo",
    "study_coding_code", "study_ledger_entry", "study_fieldwork_participant", "study_fieldwork_interview",
    "study_analysis_frameworkcell", "study_exchange_keptpart", "study_themes_theme", "study_turn_search",
    "study_team_study", "study_checking_checkanswer",
)  # fmt: skip


def write_anew() -> None:
    """Writes the database anew without what went. Not within a transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The index keeps words of what was deleted until it is put together anew.
            cursor.execute("INSERT INTO study_turn_search (study_turn_search) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in _TABLES:
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
