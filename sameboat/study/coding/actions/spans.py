"""Put a code on a passage, change where it begins and ends, take it off again."""

from __future__ import annotations

import datetime
import uuid

from django.db.models import Q

from sameboat.study.coding import access
from sameboat.study.coding.models import Code, CodeKind, Memo, MemoAbout, Span
from sameboat.study.coding.refusals import NotACode, PastTheEnd, TextMended
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document


def must_lie_inside(document: Document, start: int, end: int) -> None:
    """Raises PastTheEnd where a passage is empty or goes past the end."""
    if not 0 <= start < end <= document.length:
        raise PastTheEnd


def must_be_of(document: Document, version: int | None) -> None:
    """Raises TextMended where positions were counted in the text as it was before."""
    if version is not None and version != document.version:
        raise TextMended


def put(
    doing: Act,
    seat: Seat,
    document: Document,
    code: Code,
    start: int,
    end: int,
    now: datetime.datetime,
    *,
    id: uuid.UUID | None = None,
) -> Span:
    """Inside an act: the code on the passage; the same by the same person twice is once.

    Raises PastTheEnd, NotACode.
    """
    must_lie_inside(document, start, end)
    if code.kind == CodeKind.CATEGORY:
        raise NotACode
    alike = Q(document=document, code=code, author=seat.researcher, start=start, end=end)
    same = next(iter(Span.objects.filter(Q(id=id) | alike if id else alike, study=seat.study)[:1]), None)
    if same is not None:
        return same
    made = Span(
        id=id or uuid.uuid4(), study=seat.study, document=document, code=code, start=start, end=end,
        author=seat.researcher, created_at=now,
    )  # fmt: skip
    doing.add(made)
    return made


def add_span(
    seat: Seat,
    document_id: uuid.UUID,
    code_id: uuid.UUID,
    start: int,
    end: int,
    *,
    now: datetime.datetime,
    id: uuid.UUID | None = None,
    version: int | None = None,
) -> tuple[Span, Act]:
    """Puts a code on a passage. The same `id` again is the same span.

    Raises NotHere, TextMended, PastTheEnd, NotACode.
    """
    with act(seat.study, seat.researcher, "add span", now=now) as doing:
        document = access.document(seat, document_id)
        must_be_of(document, version)
        code = access.code(seat, code_id)
        doing.label = f"{code.name} · {document.title}"
        made = put(doing, seat, document, code, start, end, now, id=id)
    return made, doing


def resize_span(
    seat: Seat, span_id: uuid.UUID, start: int, end: int, *, now: datetime.datetime, version: int | None = None
) -> tuple[Span, Act]:
    """Changes where a passage begins and ends. Raises NotHere, NotYours, TextMended, PastTheEnd."""
    with act(seat.study, seat.researcher, "resize span", now=now) as doing:
        span = access.own_span(seat, span_id)
        document = access.document(seat, span.document_id)
        must_be_of(document, version)
        must_lie_inside(document, start, end)
        doing.label = span.code.name
        doing.change(span, start=start, end=end)
    return span, doing


def remove_span(seat: Seat, span_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """Takes a code off a passage; undo brings it back. Raises NotHere, NotYours, StillUsed."""
    with act(seat.study, seat.researcher, "remove span", now=now) as doing:
        span = access.own_span(seat, span_id)
        doing.label = span.code.name
        notes = Memo.objects.filter(study=seat.study, about_kind=MemoAbout.SPAN, about_id=span.id, trashed_at=None)
        doing.change_all(notes, trashed_at=now)
        doing.take_away(span)
    return doing
