"""What the ledger can say about the past: rows as they were at a moment, entries as people read them."""

from __future__ import annotations

import datetime

from sameboat.study.ledger.images import Image, from_text, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study


def as_of(study: Study, kind_name: str, moment: datetime.datetime) -> dict[str, Image]:
    """Images of all rows of a kind as they were at the moment, by id: today's, with later entries turned back."""
    kind = kinds.by_name[kind_name]
    rows = kind.model._base_manager.filter(study=study)
    images = {str(row.pk): kind.image(row) for row in rows}
    later = Entry.objects.filter(study=study, at__gt=moment, kinds__contains=f" {kind_name} ")
    for entry in later.order_by("-id").iterator(chunk_size=200):
        for change in reversed(from_text(entry.changes)):
            if change.kind != kind_name:
                continue
            if change.before is None:
                images.pop(change.id, None)
            else:
                images[change.id] = {**images.get(change.id, {}), **change.before}
    return images


def newest(study: Study) -> int:
    """The id of the study's newest entry; 0 for none."""
    return Entry.objects.filter(study=study).order_by("-id").values_list("id", flat=True).first() or 0
