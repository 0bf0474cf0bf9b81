"""Undo and redo, of each person's own acts, as far back as the ledger goes.

An undo puts back the rows as they were, ids and all, and is itself an entry. It is refused where somebody else
has changed the same rows since: their work is never undone by accident.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import IntegrityError, models, transaction

from sameboat.lib.refusals import Refusal
from sameboat.study.ledger.acts import Act, delete, hold, write
from sameboat.study.ledger.images import Change, Image, Kind, from_text, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Researcher, Study

UNDO, REDO = "undo", "redo"


class NothingToUndo(Refusal):
    status = 409
    code = "nothing_to_undo"
    sentence = "There is nothing of yours to undo."


class NothingToRedo(Refusal):
    status = 409
    code = "nothing_to_redo"
    sentence = "There is nothing to do again."


class ChangedSince(Refusal):
    """`entry` is what could not be undone; with `before=entry` an undo goes on to the one before it."""

    status = 409
    code = "changed_since"
    sentence = "This was changed since, so it stays as it is."

    def __init__(self, entry: Entry, who: str = "") -> None:
        super().__init__(f"{who} changed this since, so it stays as it is." if who else None)
        self.entry = entry

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "entry": self.entry.pk}


class Redone(NamedTuple):
    """What an undo or redo did: its own entry, and the entry whose work went or came back."""

    entry: Entry
    original: Entry


def undo(study: Study, researcher: Researcher, *, now: datetime.datetime, before: int | None = None) -> Redone:
    """Takes back this person's newest act, or the newest older than entry `before`.

    Raises NothingToUndo, ChangedSince.
    """
    with transaction.atomic():
        hold(study)
        mine = Entry.objects.filter(study=study, researcher=researcher, undoes=None, undone=False, undoable=True)
        original = (mine.filter(id__lt=before) if before else mine).order_by("-id").first()
        if original is None:
            raise NothingToUndo
        entry = _turn_back(original, UNDO, Act(study, researcher), original.label, now=now)
        return Redone(entry, original)


def redo(study: Study, researcher: Researcher, *, now: datetime.datetime) -> Redone:
    """Does again what this person undid last, unless they have done something else since.

    Raises NothingToRedo, ChangedSince.
    """
    with transaction.atomic():
        hold(study)
        mine = Entry.objects.filter(study=study, researcher=researcher)
        undone = (
            mine.filter(undoes__isnull=False, undone=False, verb=UNDO).select_related("undoes").order_by("-id").first()
        )
        if (
            undone is None
            or undone.undoes is None
            or mine.filter(id__gt=undone.pk, undoes=None, undoable=True).exists()
        ):
            raise NothingToRedo
        original = undone.undoes
        entry = _turn_back(undone, REDO, Act(study, researcher), original.label, now=now)
        Entry.objects.filter(pk=original.pk).update(undone=False)
        return Redone(entry, original)


def _went_on(mine: models.QuerySet[Entry], undone: Entry) -> bool:
    return mine.filter(id__gt=undone.pk, undoes=None, undoable=True).exists()


def _turn_back(entry: Entry, verb: str, doing: Act, label: str, *, now: datetime.datetime) -> Entry:
    doing.label = label
    doing.changes = [change.backwards() for change in reversed(from_text(entry.changes))]
    try:
        with transaction.atomic():
            for run in _runs(doing.changes):
                _apply(run)
    except (IntegrityError, _NotAsKnown):
        raise ChangedSince(entry, _who_changed(entry, doing.changes)) from None
    Entry.objects.filter(pk=entry.pk).update(undone=True)
    return write(doing, verb, now=now, undoes=entry)


class _NotAsKnown(Exception):
    """A row is not as the entry left it."""


def _way(change: Change) -> tuple[str, bool, bool]:
    return change.kind, change.before is None, change.after is None


def _runs(changes: list[Change]) -> Iterator[list[Change]]:
    """Neighbours of one kind that go the same way, together; a row never twice in one run."""
    run: list[Change] = []
    seen: set[str] = set()
    for change in changes:
        if run and (_way(change) != _way(run[0]) or change.id in seen):
            yield run
            run, seen = [], set()
        run.append(change)
        seen.add(change.id)
    if run:
        yield run


def _apply(run: list[Change]) -> None:
    """Brings rows from `before` to `after`. Raises _NotAsKnown where one is not as `before` says."""
    kind = kinds.by_name[run[0].kind]
    keys = [kind.key(change.id) for change in run]
    found = {str(row.pk): row for row in kind.model._base_manager.filter(pk__in=keys)}
    if any(not _as_known(kind, found.get(change.id), change.before) for change in run):
        raise _NotAsKnown
    if run[0].after is None:
        if run[0].before is None:  # scrubbed
            raise _NotAsKnown
        delete(kind, keys)
    elif run[0].before is None:
        if not kind.whole:
            raise _NotAsKnown
        rows = [kind.model(**kind.values(change.after or {})) for change in run]
        kind.model._base_manager.bulk_create(rows, batch_size=500)
    else:
        _set(kind, run)


def _as_known(kind: Kind, row: models.Model | None, image: Image | None) -> bool:
    if row is None or image is None:
        return row is None and image is None
    return kind.part(row, image) == image


def _set(kind: Kind, run: list[Change]) -> None:
    alike: dict[str, list[Change]] = {}
    for change in run:
        alike.setdefault(json.dumps(change.after, sort_keys=True), []).append(change)
    for changes in alike.values():
        keys = [kind.key(change.id) for change in changes]
        kind.model._base_manager.filter(pk__in=keys).update(**kind.values(changes[0].after or {}))


def _who_changed(entry: Entry, changes: list[Change]) -> str:
    """The name of somebody else who touched one of these rows since, or nothing."""
    wanted = {(change.kind, change.id) for change in changes}
    later = Entry.objects.filter(study=entry.study_id, id__gt=entry.pk).exclude(researcher=entry.researcher)
    for one in later.select_related("researcher").order_by("-id").iterator(chunk_size=100):
        if one.researcher and any((change.kind, change.id) in wanted for change in from_text(one.changes)):
            return one.researcher.name
    return ""
