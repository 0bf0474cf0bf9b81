"""Images of rows: what a row's columns were, as JSON, exactly enough to put the same bytes back.

A model opts in with `@recorded("span")`; the short name stands in the ledger in place of the model's. Columns named
in `without` are left out of the images of added and removed rows (a whole transcript would be kept twice): such a
row's removal cannot be undone. A change of such a column is remembered all the same.
"""

from __future__ import annotations

import base64
import datetime
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db import models

from sameboat.study.team.models import Membership, Study

Row = TypeVar("Row", bound=models.Model)
Image = dict[str, Any]


class Change(NamedTuple):
    """One row in one entry. Added: no `before`. Removed: no `after`. Changed: both, only the columns that differ.

    Both absent: a withdrawal took the words out.
    """

    kind: str
    id: str
    before: Image | None
    after: Image | None

    def backwards(self) -> Change:
        return Change(self.kind, self.id, self.after, self.before)


def _as_is(value: Any) -> Any:
    return value


def _writer(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else write(value)


def _bytes(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


CODECS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    (models.UUIDField, _writer(str), _writer(uuid.UUID)),
    (models.DateTimeField, _writer(datetime.datetime.isoformat), _writer(datetime.datetime.fromisoformat)),
    (models.DateField, _writer(datetime.date.isoformat), _writer(datetime.date.fromisoformat)),
    (models.BinaryField, _writer(_bytes), _writer(base64.b64decode)),
)


_WORDS = (models.CharField, models.TextField, models.JSONField)


class Kind:
    """A model that the ledger remembers: its short name, and how each column is written and read."""

    def __init__(self, name: str, model: type[models.Model], without: Iterable[str]) -> None:
        self.name = name
        self.model = model
        self.without = frozenset(without)
        self.write: dict[str, Callable[[Any], Any]] = {}
        self.read: dict[str, Callable[[Any], Any]] = {}
        self.fields: dict[str, str] = {}
        for field in model._meta.concrete_fields:
            deepest: Any = field
            while deepest.remote_field is not None:
                deepest = deepest.target_field
            _, write, read = next((one for one in CODECS if isinstance(deepest, one[0])), (None, _as_is, _as_is))
            self.write[field.attname] = write
            self.read[field.attname] = read
            self.fields[field.name] = self.fields[field.attname] = field.attname
        # Columns in which somebody may have written a name.
        self.words = frozenset(
            one.attname for one in model._meta.concrete_fields if isinstance(one, _WORDS) and not one.choices
        )

    @property
    def whole(self) -> bool:
        """Whether an image holds every column."""
        return not self.without

    def image(self, row: models.Model) -> Image:
        """The row's columns, without those that are left out."""
        return {name: write(getattr(row, name)) for name, write in self.write.items() if name not in self.without}

    def part(self, row: models.Model, names: Iterable[str]) -> Image:
        """Some of the row's columns."""
        return {name: self.write[name](getattr(row, name)) for name in names}

    def values(self, image: Image) -> dict[str, Any]:
        """An image's columns as Python values."""
        return {name: self.read[name](value) for name, value in image.items()}

    def key(self, text: str) -> Any:
        """A primary key as it is in the database."""
        return self.read[self.model._meta.pk.attname](text) if self.model._meta.pk else text


@dataclass
class Kinds:
    """All kinds, by short name and by model."""

    by_name: dict[str, Kind]
    by_model: dict[type[models.Model], Kind]

    def of(self, row: models.Model) -> Kind:
        return self.by_model[type(row)]

    def references(self, model: type[models.Model]) -> list[tuple[Kind, str]]:
        """Which columns of which kinds name rows of a model."""
        return [
            (kind, field.name)
            for kind in self.by_name.values()
            for field in kind.model._meta.concrete_fields
            if field.related_model is model
        ]

    def naming(self, row: models.Model) -> Iterator[models.Model]:
        """All rows that name this one."""
        for kind, field in self.references(type(row)):
            yield from kind.model._base_manager.filter(**{field: row})


kinds = Kinds({}, {})


def recorded(name: str, *, without: Iterable[str] = ()) -> Callable[[type[Row]], type[Row]]:
    """Makes a model one that acts can add, change and remove. `name` is its short name in the ledger."""

    def register(model: type[Row]) -> type[Row]:
        kind = Kind(name, model, without)
        kinds.by_name[name] = kinds.by_model[model] = kind
        return model

    return register


def to_text(changes: list[Change]) -> str:
    """Changes as the JSON that an entry holds."""
    rows = [{"model": one.kind, "id": one.id, "before": one.before, "after": one.after} for one in changes]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> list[Change]:
    """The changes of an entry."""
    return [Change(one["model"], one["id"], one["before"], one["after"]) for one in json.loads(text)]


recorded("study")(Study)
recorded("membership")(Membership)
