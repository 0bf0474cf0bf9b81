"""An index of the words of every turn, kept by the database itself whenever a turn comes, changes or goes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

SQLITE = (
    'CREATE VIRTUAL TABLE study_turn_search USING fts5(words, tokenize = "unicode61 remove_diacritics 2")',
    """CREATE TRIGGER study_turn_search_in AFTER INSERT ON study_transcripts_turn BEGIN
    INSERT INTO study_turn_search (rowid, words) SELECT new.id, substr(text, new.start + 1, new."end" - new.start)
    FROM study_transcripts_document WHERE id = new.document_id; END""",
    """CREATE TRIGGER study_turn_search_anew AFTER UPDATE ON study_transcripts_turn BEGIN
    UPDATE study_turn_search SET words = (SELECT substr(text, new.start + 1, new."end" - new.start)
    FROM study_transcripts_document WHERE id = new.document_id) WHERE rowid = new.id; END""",
    """CREATE TRIGGER study_turn_search_out AFTER DELETE ON study_transcripts_turn BEGIN
    DELETE FROM study_turn_search WHERE rowid = old.id; END""",
)
POSTGRESQL = (
    "CREATE TABLE study_turn_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX study_turn_search_words ON study_turn_search USING gin (words)",
    """CREATE FUNCTION study_turn_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN DELETE FROM study_turn_search WHERE rowid = OLD.id; END IF;
    IF TG_OP <> 'DELETE' THEN INSERT INTO study_turn_search
    SELECT NEW.id, to_tsvector('simple', substring(text from NEW.start + 1 for NEW."end" - NEW.start))
    FROM study_transcripts_document WHERE id = NEW.document_id; END IF;
    RETURN NULL; END $$""",
    """CREATE TRIGGER study_turn_search_keep AFTER INSERT OR UPDATE OR DELETE ON study_transcripts_turn
    FOR EACH ROW EXECUTE FUNCTION study_turn_search_keep()""",
)
WORDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def forwards(apps: Any, schema_editor: Any) -> None:
    for statement in WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("study_transcripts", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(forwards, migrations.RunPython.noop)]
