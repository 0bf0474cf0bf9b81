"""What belongs to somebody who withdraws: every row that names them, or names a row that does, and notes on those."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q

from sameboat.study.analysis.models import FrameworkCell
from sameboat.study.coding.models import Memo, Span
from sameboat.study.fieldwork.models import Interview, Participant
from sameboat.study.ledger.images import Kind, kinds
from sameboat.study.team.access import Seat
from sameboat.study.text.quoted import Theirs
from sameboat.study.transcripts.models import Document, Recording, Turn, TurnRole

BATCH = 500


@dataclass
class Belongings:
    """Keys of rows by model, what they said, and where their sound lies. The participant's own row is not in it."""

    rows: dict[type[models.Model], set[uuid.UUID]]
    texts: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    paths: list[Recording] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        return {str(key) for keys in self.rows.values() for key in keys}

    def counts(self) -> dict[str, int]:
        """How many rows of each kind, without a word of them."""
        return {kinds.by_model[model].name: len(keys) for model, keys in self.rows.items() if keys}


def belongings(seat: Seat, participant: Participant, interview: Interview | None) -> Belongings:
    """All that goes: with everything of a participant, or with one interview of theirs."""
    found: dict[type[models.Model], set[uuid.UUID]] = defaultdict(set)
    if interview is None:
        follow(found, Participant, {participant.id})
        about = {participant.id}
    else:
        found[Interview].add(interview.id)
        follow(found, Interview, {interview.id})
        about = set()
        if not _texts_of(participant).exclude(id__in=found[Document]).exists():
            cells = FrameworkCell.objects.filter(participant=participant)
            found[FrameworkCell].update(cells.values_list("id", flat=True))
    about |= {key for keys in found.values() for key in keys}
    memos = Memo.objects.filter(study=seat.study, about_id__in=about) if len(about) < BATCH else _memos(seat, about)
    found[Memo].update(memo.id for memo in memos)
    return read(Belongings(dict(found)))


def _texts_of(participant: Participant) -> models.QuerySet[Document]:
    return Document.objects.filter(Q(participant=participant) | Q(interview__participant=participant))


def _memos(seat: Seat, about: set[uuid.UUID]) -> Iterator[Memo]:
    return (memo for memo in Memo.objects.filter(study=seat.study) if memo.about_id in about)


def follow(found: dict[type[models.Model], set[uuid.UUID]], model: type[models.Model], keys: set[uuid.UUID]) -> None:
    """Adds all rows that name these, and those that name them in turn."""
    for kind, name in kinds.references(model):
        fresh = {key for part in _parts(keys) for key in _naming(kind, name, part)} - found[kind.model]
        if fresh:
            found[kind.model] |= fresh
            follow(found, kind.model, fresh)


def _naming(kind: Kind, name: str, keys: list[uuid.UUID]) -> Iterable[uuid.UUID]:
    return kind.model._base_manager.filter(**{f"{name}__in": keys}).values_list("pk", flat=True)


def _parts(keys: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    every = list(keys)
    return (every[start : start + BATCH] for start in range(0, len(every), BATCH))


def read(found: Belongings) -> Belongings:
    documents = {one.id: one for one in Document.objects.filter(id__in=found.rows.get(Document, ()))}
    found.texts = [said for one in documents.values() for said in _said(one)]
    found.names = [name for one in documents.values() for name in (one.title, one.source_name) if name]
    for part in _parts(found.rows.get(Span, ())):
        spans = Span.objects.filter(id__in=part).values_list("document_id", "start", "end")
        found.passages += {documents[key].text[start:end] for key, start, end in spans if key in documents}
    found.paths = list(Recording.objects.filter(id__in=found.rows.get(Recording, ())))
    return found


def _said(document: Document) -> Iterator[str]:
    """What they said in a text: all of it but what was asked."""
    turns = Turn.objects.filter(document=document).order_by("index").values_list("start", "end", "role")
    if not turns:
        yield document.text
    for role, run in groupby(turns, key=lambda turn: turn[2]):
        places = list(run)
        if role != TurnRole.INTERVIEWER:
            yield document.text[places[0][0] : places[-1][1]]


def theirs(seat: Seat, found: Belongings, typed: Iterable[str]) -> Theirs:
    """What tells their words from everybody else's."""
    others = Document.objects.filter(study=seat.study).exclude(id__in=found.rows.get(Document, ()))
    said = others.values_list("text", flat=True).iterator(chunk_size=10)
    return Theirs(found.texts, found.passages, said, typed)


def in_order(found: Belongings) -> list[tuple[Kind, set[uuid.UUID]]]:
    """The rows by kind, so that what names others goes before them."""
    return [(kinds.by_model[model], found.rows[model]) for model in naming_first(found.rows) if found.rows[model]]


def naming_first(models_of: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Models in the order in which their rows may go: what names others before them."""
    left, ordered = list(models_of), list[type[models.Model]]()
    while left:
        named = {other for model in left for other in _names(model) if other is not model}
        ready = [model for model in left if model not in named] or left
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def _names(model: type[models.Model]) -> set[Any]:
    return {one.related_model for one in model._meta.concrete_fields if one.related_model}


def turns_of(found: Belongings) -> models.QuerySet[Turn]:
    return Turn.objects.filter(document_id__in=found.rows.get(Document, ()))
