"""Looks for names that were taken out in everything that somebody wrote since, and in the names of files.

Every table of the study that the ledger knows is looked through, so that a new kind of note is not forgotten, and the
audit trail with what it keeps of the past.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import models

from sameboat.study.ledger.images import Kind, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.words import KINDS, column_words, verb_words
from sameboat.study.team.models import Study
from sameboat.study.transcripts.anonymising import Replacement, come_back
from sameboat.study.transcripts.models import Document, Turn


class Found(NamedTuple):
    """A name, and where it stands: what kind of thing, which one, and what of it."""

    name: str
    kind: str
    which: str
    column: str


def names_in(study: Study, wanted: Sequence[Replacement]) -> list[Found]:
    """Where each name stands; texts in which names are still to be taken out are left aside."""
    return [*_in_rows(study, wanted), *_in_speakers(study, wanted), *_in_the_past(study, wanted)]


def _in_rows(study: Study, wanted: Sequence[Replacement]) -> Iterator[Found]:
    for kind in kinds.by_name.values():
        columns = [one for one in kind.model._meta.concrete_fields if one.attname in kind.words]
        called = str(KINDS.get(kind.name, column_words(kind.name)))
        for row in _rows(kind, study) if columns else ():
            for column in columns:
                for name in come_back(_text(getattr(row, column.attname)), wanted):
                    yield Found(name, called, _which(row), column_words(column.name))


def _which(row: models.Model) -> str:
    """What a row is called, where it is called anything."""
    return str(row) if type(row).__str__ is not models.Model.__str__ else ""


def _rows(kind: Kind, study: Study) -> Iterator[models.Model]:
    if kind.model is Study:
        return iter([study])
    rows = kind.model._base_manager.filter(study=study)
    if kind.model is Document:
        rows = rows.exclude(stage="raw")
    return rows.iterator(chunk_size=50)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _in_speakers(study: Study, wanted: Sequence[Replacement]) -> Iterator[Found]:
    turns = Turn.objects.filter(study=study).exclude(document__stage="raw")
    for title, speaker in turns.order_by("document__title").values_list("document__title", "speaker").distinct():
        for name in come_back(speaker, wanted):
            yield Found(name, str(KINDS["document"]), title, "speaker")


def _in_the_past(study: Study, wanted: Sequence[Replacement]) -> Iterator[Found]:
    for entry in Entry.objects.filter(study=study).order_by("-id").iterator(chunk_size=200):
        for name in come_back(f"{entry.label}\n{entry.changes}", wanted):
            yield Found(name, "the audit trail", f"{entry.at:%Y-%m-%d}", verb_words(entry.verb))
