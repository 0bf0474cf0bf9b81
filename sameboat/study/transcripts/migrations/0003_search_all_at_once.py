"""Turns of one text may be put into the search index in one go.

The trigger reads the whole text for each turn, which a long text makes slow; it holds still while a row stands in
`study_turn_search_pause`, inside the transaction of whoever fills the index instead (`transcripts/indexing.py`).
"""

from typing import Any, ClassVar

from django.db import migrations

SQLITE = (
    "CREATE TABLE study_turn_search_pause (held integer)",
    "DROP TRIGGER study_turn_search_in",
    """CREATE TRIGGER study_turn_search_in AFTER INSERT ON study_transcripts_turn
    WHEN NOT EXISTS (SELECT 1 FROM study_turn_search_pause) BEGIN
    INSERT INTO study_turn_search (rowid, words) SELECT new.id, substr(text, new.start + 1, new."end" - new.start)
    FROM study_transcripts_document WHERE id = new.document_id; END""",
)


def forwards(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("study_transcripts", "0002_search")]
    operations: ClassVar = [migrations.RunPython(forwards, migrations.RunPython.noop)]
