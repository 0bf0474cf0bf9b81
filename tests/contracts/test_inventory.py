"""The data inventory lists every stored column, and nothing that is not stored."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from tools.machine import ROOT

READERS = {"public", "server can read", "sealed"}


def rows() -> list[list[str]]:
    page = (ROOT / "docs/data-inventory.md").read_text()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if "|" in line]
    return [row for row in cells if re.match(r"\w+\.\w+\.\w+$", row[0])]


def stored() -> set[str]:
    models = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    return {f"{model._meta.label}.{field.column}" for model in models for field in model._meta.local_concrete_fields}


def test_every_column_is_listed_p43():
    missing = sorted(stored() - {row[0] for row in rows()})
    assert not missing, "add to docs/data-inventory.md:\n" + "\n".join(missing)


def test_every_listed_column_exists_once():
    listed = [row[0] for row in rows()]
    assert not sorted(set(listed) - stored())
    assert len(listed) == len(set(listed))


def test_every_row_says_who_can_read_it_and_when_it_is_deleted():
    for name, *rest in rows():
        assert len(rest) == 3, name
        what, reader, until = rest
        assert what and until, name
        assert reader in READERS, f"{name}: {reader}"


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
