"""What every row of a study has: an id, its study, and foreign keys that cannot lead into another study."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models


class SameStudy(models.BaseConstraint):
    """The row that `field` names belongs to the same study: a foreign key over (study, field), in the database.

    Checked at once, not at the end of the transaction, so that an action can say what stood in its way.
    The field itself has `db_constraint=False`; this is its constraint.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """The constraint as part of CREATE TABLE."""
        quote = schema_editor.connection.ops.quote_name
        field = model._meta.get_field(self.field)
        other: Any = field.related_model
        table = model._meta.db_table if isinstance(other, str) else other._meta.db_table
        ours = f"({quote('study_id')}, {quote(field.column)})"
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY {ours} "
            f"REFERENCES {quote(table)} ({quote('study_id')}, {quote('id')})"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.connection.ops.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.connection.ops.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, SameStudy)
        return same and (self.name, self.field) == (other.name, other.field)  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((self.name, self.field))


def same_study(model: str, *fields: str) -> list[models.BaseConstraint]:
    """One SameStudy for each foreign key of the model that names a row of a study."""
    return [SameStudy(field=field, name=f"study_{model}_{field}_same_study") for field in fields]


def one_of(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database refuses a value that is not among the choices."""
    known = models.Q(**{f"{field}__in": list(choices.values)})
    return models.CheckConstraint(condition=known, name=f"study_{model}_{field}_known")


class InStudy(models.Model):
    """A row that belongs to one study and goes with it."""

    study = models.ForeignKey("study_team.Study", models.CASCADE, db_index=False)

    class Meta:
        abstract = True


class StudyRow(InStudy):
    """A row of a study that others may name: its id is made by whoever makes the row, and undo keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["study", "id"], name="%(app_label)s_%(class)s_by_study"),
        ]
