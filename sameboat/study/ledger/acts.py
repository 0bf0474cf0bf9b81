"""Every verb that changes a study writes through an act: the rows and one entry of the ledger, all or nothing.

with act(study, researcher, "add span", label=code.name, now=now) as doing:
    doing.add(span)
    doing.change(code, name="kettle")
doing.entry
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from sameboat.lib.refusals import Refusal
from sameboat.study import pace
from sameboat.study.ledger.bell import bell
from sameboat.study.ledger.images import Change, Kind, kinds, to_text
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Researcher, Study

BATCH = 500
LONGEST_LABEL = 300


class ChangedMeanwhile(Refusal):
    status = 409
    code = "changed_meanwhile"
    sentence = "Somebody changed this a moment ago. Please look at it again."


class Act:
    """What one person does in one go. Every method writes at once and remembers how it was before."""

    def __init__(self, study: Study, researcher: Researcher | None) -> None:
        self.study = study
        self.researcher = researcher
        self.changes: list[Change] = []
        self.entry: Entry | None = None
        self.label = ""
        # Rows that should have come along and could not, for what they belong to is gone.
        self.missed = 0

    def add(self, row: models.Model) -> None:
        """A new row."""
        row.save(force_insert=True)
        kind = kinds.of(row)
        self.changes.append(Change(kind.name, str(row.pk), None, kind.image(row)))

    def add_all(self, rows: Sequence[models.Model]) -> None:
        """Many new rows of one model; rows that others name come first."""
        if rows:
            kind = kinds.of(rows[0])
            kind.model._base_manager.bulk_create(rows, batch_size=BATCH)
            self.changes.extend(Change(kind.name, str(row.pk), None, kind.image(row)) for row in rows)

    def change(self, row: models.Model, **values: Any) -> bool:
        """Some columns of a row; False where nothing differs. Raises ChangedMeanwhile where the row is not as known."""
        kind = kinds.of(row)
        names = _differing(kind, row, values)
        if not names:
            return False
        before = kind.part(row, names)
        known = {name: getattr(row, name) for name in names if not isinstance(getattr(row, name), dict | list)}
        _put(row, values)
        after = {name: getattr(row, name) for name in names}
        if not kind.model._base_manager.filter(pk=row.pk, **known).update(**after):
            raise ChangedMeanwhile
        self.changes.append(Change(kind.name, str(row.pk), before, kind.part(row, names)))
        return True

    def change_all(self, rows: Iterable[models.Model], **values: Any) -> int:
        """The same values in many rows of one model; returns how many differed. The caller holds them locked."""
        changed: list[models.Model] = []
        for row in rows:
            kind = kinds.of(row)
            if names := _differing(kind, row, values):
                before = kind.part(row, names)
                _put(row, values)
                self.changes.append(Change(kind.name, str(row.pk), before, kind.part(row, names)))
                changed.append(row)
        for start in range(0, len(changed), BATCH):
            keys = [row.pk for row in changed[start : start + BATCH]]
            kinds.of(changed[0]).model._base_manager.filter(pk__in=keys).update(**values)
        return len(changed)

    def remove(self, row: models.Model) -> None:
        """A row goes. Rows that name it must have gone before: nothing goes unseen (IntegrityError)."""
        self.remove_all([row])

    def remove_all(self, rows: Sequence[models.Model]) -> None:
        """Many rows of one model go."""
        if rows:
            kind = kinds.of(rows[0])
            gone = [Change(kind.name, str(row.pk), kind.image(row), None) for row in rows]
            delete(kind, [row.pk for row in rows])
            self.changes.extend(gone)

    def take_away(self, row: models.Model) -> None:
        """A row goes, and before it whatever the ledger knows that names it."""
        try:
            with transaction.atomic():
                self.remove(row)
        except IntegrityError:
            for follower in kinds.naming(row):
                self.take_away(follower)
            self.remove(row)

    def kinds(self) -> str:
        """The kinds touched, as an entry holds them: ` code span `."""
        return f" {' '.join(sorted({change.kind for change in self.changes}))} "


def delete(kind: Kind, keys: Sequence[Any]) -> None:
    """Deletes rows by key and nothing that names them."""
    for start in range(0, len(keys), BATCH):
        found = kind.model._base_manager.filter(pk__in=keys[start : start + BATCH])
        found._raw_delete(found.db)


def _differing(kind: Kind, row: models.Model, values: dict[str, Any]) -> list[str]:
    return [kind.fields[name] for name, value in values.items() if getattr(row, name) != value]


def _put(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


@contextmanager
def act(
    study: Study,
    researcher: Researcher | None,
    verb: str,
    *,
    now: datetime.datetime,
    label: str = "",
    undoable: bool = True,
    always: bool = False,
) -> Iterator[Act]:
    """One entry for what is done inside; nothing stays if anything raises.

    Where nothing was changed there is no entry, unless `always` (an export is worth remembering, and changes
    nothing). What is not `undoable` is passed over by undo. Acts in one study happen one after another.
    """
    with transaction.atomic():
        hold(study)
        doing = Act(study, researcher)
        doing.label = label
        yield doing
        pace.check()
        if doing.changes or always:
            doing.entry = write(doing, verb, now=now, undoable=undoable)


def hold(study: Study) -> None:
    """Makes other acts in this study wait until this transaction ends: ids then follow the order of commits.

    SQLite has one writer at a time anyway.
    """
    if connection.features.has_select_for_update:
        Study.objects.select_for_update().filter(id=study.id).values_list("id").get()


def write(
    doing: Act, verb: str, *, now: datetime.datetime, undoable: bool = True, undoes: Entry | None = None
) -> Entry:
    """Adds the entry of an act, and rings the bell once it is committed."""
    entry = Entry(
        study=doing.study, researcher=doing.researcher, at=now, verb=verb, label=doing.label[:LONGEST_LABEL],
        kinds=doing.kinds(), changes=to_text(doing.changes), undoes=undoes, undoable=undoable,
    )  # fmt: skip
    entry.save(force_insert=True)
    transaction.on_commit(partial(bell.ring, doing.study.id))
    return entry
