"""Entries as people read them: for each row that was touched, which columns said what before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from sameboat.study.ledger.images import Change, from_text, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.words import column_words, verb_words

# What says nothing to a person.
HIDDEN = {"id", "study_id", "created_at", "created_by_id", "author_id", "changed_at", "sha256"}
LONGEST = 400


class Said(NamedTuple):
    """One column: what it said before and after; None where there was no row."""

    column: str
    before: str | None
    after: str | None


class Touched(NamedTuple):
    """One row that was added, removed or changed."""

    kind: str
    id: str
    name: str
    columns: list[Said]


class Shown(NamedTuple):
    """One entry with what it touched."""

    entry: Entry
    verb: str
    touched: list[Touched]
    more: int


def shown(entries: Iterable[Entry], *, most: int = 20) -> list[Shown]:
    """Entries with up to `most` rows each, ids of other rows as their names."""
    parsed = [(entry, from_text(entry.changes)) for entry in entries]
    names = _names([change for _, changes in parsed for change in changes[:most]])
    return [
        Shown(
            entry, verb_words(entry.verb), [_touched(one, names) for one in changes[:most]], max(0, len(changes) - most)
        )
        for entry, changes in parsed
    ]


def _touched(change: Change, names: dict[str, str]) -> Touched:
    before, after = change.before, change.after
    columns = [name for name in {**(before or {}), **(after or {})} if name not in HIDDEN]
    said = [Said(column_words(name), _text(before, name, names), _text(after, name, names)) for name in columns]
    return Touched(change.kind, change.id, names.get(change.id, ""), [one for one in said if one.before or one.after])


def _text(image: dict[str, Any] | None, name: str, names: dict[str, str]) -> str | None:
    if image is None or name not in image or image[name] is None:
        return None
    value = image[name]
    text = names.get(value, value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


def _names(changes: Iterable[Change]) -> dict[str, str]:
    """Names of all rows that the changes touch or name, as far as they are still there."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        wanted[change.kind].add(change.id)
        model = kinds.by_name[change.kind].model
        for field in model._meta.concrete_fields:
            other = kinds.by_model.get(field.related_model) if field.related_model else None
            for image in (change.before, change.after):
                if other is not None and image and image.get(field.attname):
                    wanted[other.name].add(image[field.attname])
    found: dict[str, str] = {}
    for name, ids in wanted.items():
        kind = kinds.by_name[name]
        if kind.model.__str__ is not object.__str__:
            rows = kind.model._base_manager.filter(pk__in=[kind.key(one) for one in ids]).defer(*kind.without)
            found |= {str(row.pk): str(row) for row in rows}
    return found
