"""The study's data inventory lists every stored column, and no column has a name for what must never be asked."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from tools.machine import ROOT

READERS = {"researchers", "hash", "sealed"}
NEVER = {
    "diagnosis", "method", "injury", "wound", "severity", "risk", "relapse", "recovered", "streak", "score", "ranking",
    "reputation", "attendance", "mood", "milestone", "patient", "moderator", "real_name", "last_login", "days_since",
    "address", "phone", "birth", "gender_of",
}  # fmt: skip


def rows() -> list[list[str]]:
    page = (ROOT / "docs/study-inventory.md").read_text()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if "|" in line]
    return [row for row in cells if re.match(r"\w+\.\w+\.\w+$", row[0])]


def stored() -> set[str]:
    models = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    return {f"{model._meta.label}.{field.column}" for model in models for field in model._meta.local_concrete_fields}


def test_every_column_is_listed():
    missing = sorted(stored() - {row[0] for row in rows()})
    assert not missing, "add to docs/study-inventory.md:\n" + "\n".join(missing)


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


def test_no_column_has_such_a_name():
    for model in apps.get_models():
        if model.__module__.startswith("sameboat."):
            for name in [model.__name__, *(field.name for field in model._meta.get_fields())]:
                assert not set(re.split(r"[_ ]", name.lower())) & NEVER, f"{model.__name__}.{name}"


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
