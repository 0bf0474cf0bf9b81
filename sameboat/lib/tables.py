"""Tables as this version wants them: made and altered by migrations, which most starts need not even load."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from sameboat.lib.loading import letting_go


def bring_up_to_date() -> bool:
    """Applies what was not applied yet; whether there was any. Else the command would make every model for nothing."""
    wanting = bool(_written() - set(MigrationRecorder(connection).applied_migrations()))
    if wanting:
        with letting_go():
            call_command("migrate", interactive=False, verbosity=0)
    return wanting


def _written() -> set[tuple[str, str]]:
    """Every migration there is a file of, as the database names it."""
    files = [(app.label, file) for app in apps.get_app_configs() for file in Path(app.path, "migrations").glob("*.py")]
    return {(label, file.stem) for label, file in files if not file.name.startswith(("_", "~"))}
