"""The only way to obtain a document, code, span or memo: through a seat in its study. Out of reach looks absent."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet

from sameboat.lib.refusals import NotHere, NotYours
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Role
from sameboat.study.transcripts.models import Document

Row = TypeVar("Row", bound=Model)


def documents(seat: Seat) -> QuerySet[Document]:
    """The study's documents that are not in the bin, without their text."""
    return Document.objects.filter(study=seat.study, trashed_at=None).defer("text")


def document(seat: Seat, document_id: uuid.UUID) -> Document:
    """One document, without its text until that is asked for. Raises NotHere."""
    return _found(documents(seat).filter(id=document_id))


def codes(seat: Seat) -> QuerySet[Code]:
    """The study's codes that are not in the bin, in no order."""
    return Code.objects.filter(study=seat.study, trashed_at=None)


def codebook(seat: Seat) -> QuerySet[Code]:
    """The same codes as they stand in the codebook."""
    return codes(seat).order_by("position", "name", "id")


def code(seat: Seat, code_id: uuid.UUID) -> Code:
    """One code. Raises NotHere."""
    return _found(codes(seat).filter(id=code_id))


def spans(seat: Seat) -> QuerySet[Span]:
    """The spans this seat may see: those of codes and documents that are not in the bin; of the blind, their own."""
    found = Span.objects.filter(study=seat.study, code__trashed_at=None, document__trashed_at=None)
    return found.filter(author=seat.researcher) if seat.blind else found


def span(seat: Seat, span_id: uuid.UUID) -> Span:
    """One span that this seat may see. Raises NotHere."""
    return _found(spans(seat).filter(id=span_id))


def own_span(seat: Seat, span_id: uuid.UUID) -> Span:
    """One span that this seat may change: a coder's own, for a lead any. Raises NotHere, NotYours."""
    found = _found(spans(seat).filter(id=span_id).select_related("code"))
    if found.author_id != seat.researcher.id and not seat.may(Role.LEAD):
        raise NotYours
    return found


def memos(seat: Seat) -> QuerySet[Memo]:
    """The memos this seat may see and that are not in the bin."""
    found = Memo.objects.filter(study=seat.study, trashed_at=None).select_related("author")
    return found.filter(author=seat.researcher) if seat.blind else found


def memo(seat: Seat, memo_id: uuid.UUID) -> Memo:
    """One memo. Raises NotHere."""
    return _found(memos(seat).filter(id=memo_id))


def _found(rows: QuerySet[Row]) -> Row:
    try:
        return rows.get()
    except ObjectDoesNotExist:
        raise NotHere from None


def below(every: Iterable[Code], code_id: uuid.UUID) -> set[uuid.UUID]:
    """The ids of all codes that stand below a code, itself left out."""
    children: dict[uuid.UUID | None, list[uuid.UUID]] = {}
    for one in every:
        children.setdefault(one.parent_id, []).append(one.id)
    found: set[uuid.UUID] = set()
    waiting = [code_id]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
