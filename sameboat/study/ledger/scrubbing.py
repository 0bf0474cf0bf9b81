"""Takes words out of the ledger: what was done, by whom and when stays, and says no longer what it said.

The one place that changes entries after they were written, besides undo's own mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any

from sameboat.study.ledger.acts import LONGEST_LABEL
from sameboat.study.ledger.images import Change, Image, from_text, kinds, to_text
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study

Cleaner = Callable[[Any], Any]


def scrub(study: Study, gone: set[str], clean: Cleaner, names: Collection[str] = ()) -> int:
    """Entries lose the images of rows whose ids are `gone` (see `followers`); how many entries were changed.

    What is left is passed through `clean`, which takes any JSON value. A label that holds one of `names` goes too.
    """
    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) or r"(?!)")
    scrubbed = 0
    for entry in Entry.objects.filter(study=study).iterator(chunk_size=200):
        changes = from_text(entry.changes)
        touched = any(change.id in gone for change in changes)
        kept = [_without(change, gone, clean) for change in changes]
        hidden = touched or named.search(entry.label)
        label = "" if hidden else clean(entry.label)
        if kept != changes or label != entry.label:
            scrubbed += 1
            Entry.objects.filter(pk=entry.pk).update(
                changes=to_text(kept), label=label, scrubbed=True, undoable=entry.undoable and not touched
            )
    return scrubbed


def followers(study: Study, gone: set[str], column: str | None = None) -> set[str]:
    """The same ids, with those of every row that ever named one of them, such as a code taken off again long ago.

    Only in this column, where one is given.
    """
    every = set(gone)
    for text in Entry.objects.filter(study=study).order_by("id").values_list("changes", flat=True).iterator(500):
        for one in json.loads(text):
            images = [image for image in (one["before"], one["after"]) if image]
            if one["id"] not in every and any(value in every for image in images for value in _plain(image, column)):
                every.add(one["id"])
    return every


def _plain(image: Image, column: str | None) -> list[str]:
    values = image.values() if column is None else [image.get(column)]
    return [value for value in values if isinstance(value, str)]


def hide_labels(study: Study, labels: Collection[str], rows: set[str]) -> None:
    """Acts on these rows no longer say one of these labels."""
    for entry in Entry.objects.filter(study=study, label__in=labels).iterator(chunk_size=200):
        if any(change.id in rows for change in from_text(entry.changes)):
            Entry.objects.filter(pk=entry.pk).update(label="", scrubbed=True)


def _without(change: Change, gone: set[str], clean: Cleaner) -> Change:
    if change.id in gone:
        return Change(change.kind, change.id, None, None)
    return Change(change.kind, change.id, _cleaned(change.before, clean), _cleaned(change.after, clean))


def _cleaned(image: Image | None, clean: Cleaner) -> Image | None:
    return None if image is None else {name: clean(value) for name, value in image.items()}


def rename_in(study: Study, row_id: str, clean: Cleaner) -> None:
    """Passes what entries say of one row, and their labels, through `clean`."""
    touching = Entry.objects.filter(study=study, changes__contains=f'"id":"{row_id}"')
    for entry in touching.iterator(chunk_size=200):
        changes = [
            Change(one.kind, one.id, _cleaned(one.before, clean), _cleaned(one.after, clean))
            if one.id == row_id
            else one
            for one in from_text(entry.changes)
        ]
        Entry.objects.filter(pk=entry.pk).update(changes=to_text(changes), label=clean(entry.label), scrubbed=True)


def clean_words(study: Study, clean: Cleaner) -> int:
    """Passes every word that entries keep, and their labels, through `clean`; how many entries were changed.

    What is no word stays as it is: ids, dates, and what is one of a few choices.
    """
    changed = 0
    for entry in Entry.objects.filter(study=study).iterator(chunk_size=200):
        changes = [
            Change(one.kind, one.id, worded(one.kind, one.before, clean), worded(one.kind, one.after, clean))
            for one in from_text(entry.changes)
        ]
        text, label = to_text(changes), clean(entry.label)
        if (text, label) != (entry.changes, entry.label):
            changed += 1
            Entry.objects.filter(pk=entry.pk).update(changes=text, label=label[:LONGEST_LABEL], scrubbed=True)
    return changed


def worded(kind: str, image: Image | None, clean: Cleaner) -> Image | None:
    """An image whose words have passed through `clean`; ids, dates and choices are as they were."""
    if image is None:
        return None
    words = kinds.by_name[kind].words if kind in kinds.by_name else frozenset(image)
    return {name: clean(value) if name in words else value for name, value in image.items()}


def close_the_past(study: Study, row_id: str) -> None:
    """What was done so far to passages of this text can be neither undone nor done again: they stand elsewhere now."""
    known = followers(study, {row_id})
    touching = Entry.objects.filter(study=study, kinds__contains=" span ").only("id", "changes")
    for entry in touching.iterator(chunk_size=200):
        if any(one["model"] == "span" and one["id"] in known for one in json.loads(entry.changes)):
            Entry.objects.filter(pk=entry.pk).update(undoable=False)
            Entry.objects.filter(pk=entry.pk, undoes__isnull=False).update(undone=True)
