"""Tables follow the migrations, and only where one was not applied yet is anything done for it."""

import pytest
from django.db import connection

from sameboat.lib import tables


def row_of_sessions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'sessions'")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_a_version_brings_is_made_in_a_database_from_before_it():
    """As a copy from before sessions were kept here would be."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_session")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    tables.bring_up_to_date()
    assert "django_session" in connection.introspection.table_names()
    assert row_of_sessions() == 1


@pytest.mark.django_db
def test_where_all_is_applied_no_migration_is_even_loaded(monkeypatch):
    monkeypatch.setattr(tables, "call_command", lambda *_, **__: pytest.fail("loaded"))
    tables.bring_up_to_date()
