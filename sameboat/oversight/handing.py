"""What can be handed over when the law asks: the inventory's columns of one account or one group, nothing more.

What is sealed is named with its size, never given: nobody here could open it, and size is what the server knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from sameboat.accounts.models import Account
from sameboat.circles.models import Circle
from sameboat.oversight.models import Act
from sameboat.protocol.encoding import b64u

# As the data inventory marks them; a test holds the two alike.
SEALED = frozenset(
    {
        "accounts.Passkey.name",
        "accounts.Unlocker.wrap",
        "accounts.Record.sealed",
        "circles.Attachment.body",
        "circles.Envelope.wire",
        "circles.Knock.sealed",
        "circles.Aside.sealed",
        "oversight.Report.sealed",
        "oversight.Report.answer",
    }
)


def handed_over(act: Act) -> dict[str, Any]:
    """Tables, each with its rows, of the account or group that an act names. Bytes are base64url."""
    about: type[models.Model] = Account if act.account else Circle
    key = bytes(act.account or act.circle)
    tables = {model._meta.label: [_told(row) for row in rows] for model, rows in _rows(about, key)}
    return {
        "about": about._meta.label,
        "id": b64u(key),
        "tables": {label: rows for label, rows in tables.items() if rows},
    }


def _rows(about: type[models.Model], key: bytes) -> Iterator[tuple[type[models.Model], models.QuerySet[Any]]]:
    yield about, models.QuerySet(about).filter(pk=key)
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if field.related_model is about:
                yield model, models.QuerySet(model).filter(**{field.name: key}).order_by("pk")


def _told(row: models.Model) -> dict[str, Any]:
    label = row._meta.label
    return {
        str(field.column): _value(getattr(row, field.attname), f"{label}.{field.column}" in SEALED)
        for field in row._meta.local_concrete_fields
    }


def _value(value: Any, is_sealed: bool) -> Any:
    if is_sealed:
        return None if value is None else f"sealed, {len(bytes(value))} bytes"
    if isinstance(value, bytes | memoryview):
        return b64u(bytes(value))
    return value if isinstance(value, bool | int) or value is None else str(value)
