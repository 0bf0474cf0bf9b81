"""What was taken away and can come back, however long ago that was: the ledger has kept its rows as they were."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.db import IntegrityError, models, transaction

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.images import Change, Kind, from_text, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Researcher, Study

# Verbs that take something away, and what that is: a kind of row.
TAKING = {
    "remove theme": "theme",
    "remove group": "group",
    "remove participant": "participant",
    "remove guide version": "guide_version",
    "remove interview": "interview",
    "remove candidate": "candidate",
    "remove criterion": "criterion",
    "forget search": "saved_query",
}
# No two of these share a name, which the database does not know.
_OWN_NAME = {"theme"}


class NameInUse(Refusal):
    status = 409
    code = "name_in_use"
    sentence = "Something else bears this name, letter or code now. Give that another one first."


class StillGone(Refusal):
    status = 409
    code = "still_gone"
    sentence = "What this belongs to is gone. Take that out of the bin first."


class Gone(NamedTuple):
    """A row that was taken away; `changes` are those of the act that did it."""

    kind: str
    id: uuid.UUID
    name: str
    when: datetime.datetime
    changes: list[Change]


def taken_away(study: Study) -> Iterator[Gone]:
    """What is gone now, the newest first. What a withdrawal took the words out of is gone for good."""
    seen: set[str] = set()
    for entry in Entry.objects.filter(study=study, verb__in=TAKING).order_by("-id"):
        kind, changes = kinds.by_name[TAKING[entry.verb]], from_text(entry.changes)
        for one in changes:
            if one.kind == kind.name and one.after is None and one.id not in seen:
                seen.add(one.id)
                if one.before is not None and not _is_there(kind, one.id):
                    yield Gone(kind.name, uuid.UUID(one.id), entry.label, entry.at, changes)


def _is_there(kind: Kind, key: str) -> bool:
    return kind.model._base_manager.filter(pk=kind.key(key)).exists()


def put_back(study: Study, researcher: Researcher, kind: str, row_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """The row as it was, with what went along with it, as far as all that names is still there; `missed` counts what
    is not.

    Raises NotHere, NameInUse, StillGone.
    """
    found = next((one for one in taken_away(study) if (one.kind, one.id) == (kind, row_id)), None)
    if found is None:
        raise NotHere
    with act(study, researcher, "put back", label=found.name, now=now) as doing:
        for change in reversed(found.changes):
            if change.before is not None and change.after is None:
                _put_back(doing, change, needed=change.id == str(row_id))
    return doing


def _put_back(doing: Act, change: Change, *, needed: bool) -> None:
    kind = kinds.by_name[change.kind]
    row = kind.model(**kind.values(change.before or {}))
    there = _is_there(kind, change.id)
    if not kind.whole or there or not _all_named_is_there(row):
        if needed:
            raise StillGone
        doing.missed += not there
        return
    if kind.name in _OWN_NAME and _has_namesake(kind, row):
        raise NameInUse
    try:
        with transaction.atomic():
            doing.add(row)
    except IntegrityError:
        if needed:
            raise NameInUse from None
        doing.missed += 1


def _has_namesake(kind: Kind, row: models.Model) -> bool:
    study, name = getattr(row, "study_id", None), getattr(row, "name", "")
    return kind.model._base_manager.filter(study=study, name__iexact=name).exists()


def _all_named_is_there(row: models.Model) -> bool:
    named = [(one.related_model, getattr(row, one.attname)) for one in row._meta.concrete_fields if one.related_model]
    return all(
        key is None or (isinstance(model, type) and model._base_manager.filter(pk=key).exists()) for model, key in named
    )
