"""What the coding screen reads: the study at a glance, a text with its turns and spans, codes, memos, the bin."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models import Count
from django.urls import reverse
from ninja import Router

from sameboat.lib.refusals import NotHere
from sameboat.study.coding import access
from sameboat.study.coding.actions import memos as memo_verbs
from sameboat.study.coding.bin import in_the_bin
from sameboat.study.coding.coverage import coverage, next_uncoded
from sameboat.study.coding.telling import COLUMNS, code_json
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.history import as_of as rows_as_of
from sameboat.study.ledger.history import newest
from sameboat.study.team.access import Seat, coders
from sameboat.study.team.policy import StudyRequest, readers_only
from sameboat.study.transcripts.models import Document, Recording, Turn
from sameboat.web.answers import NotUnderstood

router = Router()


@router.get("studies/{uuid:sid}/overview")
@readers_only
def overview(request: StudyRequest, sid: uuid.UUID) -> dict[str, Any]:
    seat = request.seat
    me = {"id": seat.researcher.id, "name": seat.researcher.name, "role": seat.role, "blind": seat.blind}
    groups = Group.objects.filter(study=seat.study).order_by("letter")
    return {
        "study": {"id": seat.study.id, "name": seat.study.name},
        "me": me,
        "coders": [{"id": one.id, "name": one.name} for one in _shown_coders(seat)],
        "groups": [{"id": one.id, "letter": one.letter, "name": str(one)} for one in groups],
        "participants": [
            {"id": one.id, "code": one.code, "group": one.group_id, "withdrawn": one.withdrawn_at is not None}
            for one in Participant.objects.filter(study=seat.study).order_by("code")
        ],
        "documents": _document_lines(seat),
    }


def _shown_coders(seat: Seat) -> list[Any]:
    return [seat.researcher] if seat.blind else list(coders(seat.study))


def _document_lines(seat: Seat) -> list[dict[str, Any]]:
    covered = coverage(seat)
    return [
        {
            "id": one.id,
            "title": one.title,
            "participant": one.participant_id,
            "group": one.group_id,
            "words": one.words,
            "length": one.length,
            "coded": round(covered[one.id].share, 4),
            "participant_words": covered[one.id].words,
            "coded_words": covered[one.id].coded,
            "stage": one.stage,
            "locked": one.locked_at is not None,
        }
        for one in access.documents(seat).order_by("title", "id")
    ]


@router.get("studies/{uuid:sid}/documents/{uuid:document_id}")
@readers_only
def document(request: StudyRequest, sid: uuid.UUID, document_id: uuid.UUID) -> dict[str, Any]:
    found = access.document(request.seat, document_id)
    turns = Turn.objects.filter(document=found).order_by("index")
    columns = ("start", "end", "speaker", "role", "seconds")
    return {
        "id": found.id,
        "title": found.title,
        "text": found.text,
        "length": found.length,
        "version": found.version,
        "turns": [(start, end, who or None, role, at) for start, end, who, role, at in turns.values_list(*columns)],
        "recording": _recording(found),
    }


def _recording(document: Document) -> dict[str, str] | None:
    found = Recording.objects.filter(document=document).first()
    if found is None:
        return None
    address = reverse("study-recording", kwargs={"sid": document.study_id, "recording_id": found.id})
    return {"url": address, "media_type": found.media_type}


@router.get("studies/{uuid:sid}/documents/{uuid:document_id}/spans")
@readers_only
def document_spans(request: StudyRequest, sid: uuid.UUID, document_id: uuid.UUID) -> dict[str, Any]:
    seat = request.seat
    # The entry first: what comes between is told twice rather than never.
    entry = newest(seat.study)
    found = access.spans(seat).filter(document=access.document(seat, document_id))
    rows = found.order_by("start", "end", "id").values_list(*COLUMNS)
    return {"spans": [(*row[:5], int(row[5].timestamp())) for row in rows.iterator(chunk_size=5000)], "entry": entry}


@router.get("studies/{uuid:sid}/codes")
@readers_only
def codes(request: StudyRequest, sid: uuid.UUID, as_of: str | None = None) -> dict[str, Any]:
    seat = request.seat
    entry = newest(seat.study)
    if as_of is not None:
        return {"codes": _codes_as_of(seat, _moment(as_of)), "entry": entry}
    counts = dict(access.spans(seat).values_list("code").annotate(Count("id")).order_by())
    return {"codes": [code_json(one, counts.get(one.id, 0)) for one in access.codebook(seat)], "entry": entry}


def _moment(text: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise NotUnderstood from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _codes_as_of(seat: Seat, moment: datetime.datetime) -> list[dict[str, Any]]:
    told = ("name", "definition", "include", "exclude", "example", "colour", "pattern", "kind", "position")
    images = [one for one in rows_as_of(seat.study, "code", moment).values() if one["trashed_at"] is None]
    images.sort(key=lambda one: (one["position"], one["name"], one["id"]))
    return [
        {"id": one["id"], "parent": one["parent_id"], "count": 0, **{name: one[name] for name in told}}
        for one in images
    ]


@router.get("studies/{uuid:sid}/codes/{uuid:code_id}/spans")
@readers_only
def code_spans(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID) -> dict[str, Any]:
    """Every passage of a code with its words."""
    seat = request.seat
    code = access.code(seat, code_id)
    found = access.spans(seat).filter(code=code).order_by("document__title", "start", "id")
    rows = list(found.values_list("id", "document_id", "document__title", "start", "end", "author_id"))
    texts = dict(Document.objects.filter(id__in={row[1] for row in rows}).values_list("id", "text"))
    names = ("id", "document", "title", "start", "end", "author_id")
    return {"spans": [{**dict(zip(names, row, strict=True)), "text": texts[row[1]][row[3] : row[4]]} for row in rows]}


@router.get("studies/{uuid:sid}/memos")
@readers_only
def memos(request: StudyRequest, sid: uuid.UUID, about: str) -> dict[str, Any]:
    kind, _, about_id = about.partition(":")
    try:
        found = access.memos(request.seat).filter(about_kind=kind, about_id=uuid.UUID(about_id))
        found = found.order_by("created_at", "id")
    except ValueError:
        raise NotHere from None
    return {"memos": [memo_verbs.as_json(one) for one in found]}


@router.get("studies/{uuid:sid}/bin")
@readers_only
def bin(request: StudyRequest, sid: uuid.UUID) -> dict[str, Any]:
    lines = in_the_bin(request.seat)
    return {
        "bin": [{"kind": one.kind, "word": one.word, "id": one.id, "name": one.name, "when": one.when} for one in lines]
    }


@router.get("studies/{uuid:sid}/uncoded")
@readers_only
def uncoded(request: StudyRequest, sid: uuid.UUID, document: uuid.UUID | None = None, after: int = 0) -> dict[str, Any]:
    found = next_uncoded(request.seat, document, max(0, after))
    return found._asdict() if found else {"none": True}
