"""The JSON API of the coding screen, what changes things; what it reads is in `reading_api.py`.

One router holds both: an address answers all its verbs in one place.
"""

from __future__ import annotations

import uuid
from typing import Any

from sameboat.lib import clock
from sameboat.study.coding.actions import codes, memos, merging, spans
from sameboat.study.coding.bin import restore
from sameboat.study.coding.reading_api import router
from sameboat.study.coding.shapes import (
    EditedCode,
    EditedMemo,
    Into,
    InVivo,
    NewCode,
    NewMemo,
    NewSpan,
    Place,
    Split,
    Stretch,
    TurnBack,
    given,
)  # fmt: skip
from sameboat.study.coding.telling import changes_json, code_json, span_json
from sameboat.study.ledger import undo as ledger
from sameboat.study.ledger.acts import Act
from sameboat.study.ledger.history import newest
from sameboat.study.ledger.images import from_text
from sameboat.study.ledger.words import act_words
from sameboat.study.team.policy import StudyRequest, coders_only

__all__ = ["router"]


def _entry(request: StudyRequest, doing: Act) -> int:
    return doing.entry.pk if doing.entry else newest(request.seat.study)


@router.post("studies/{uuid:sid}/spans")
@coders_only
def add_span(request: StudyRequest, sid: uuid.UUID, sent: NewSpan) -> dict[str, Any]:
    span, doing = spans.add_span(
        request.seat, sent.document, sent.code, sent.start, sent.end, id=sent.id, version=sent.version, now=clock.now()
    )
    return {"span": span_json(span), "entry": _entry(request, doing)}


@router.patch("studies/{uuid:sid}/spans/{uuid:span_id}")
@coders_only
def resize_span(request: StudyRequest, sid: uuid.UUID, span_id: uuid.UUID, sent: Stretch) -> dict[str, Any]:
    span, doing = spans.resize_span(request.seat, span_id, sent.start, sent.end, version=sent.version, now=clock.now())
    return {"span": span_json(span), "entry": _entry(request, doing)}


@router.delete("studies/{uuid:sid}/spans/{uuid:span_id}")
@coders_only
def remove_span(request: StudyRequest, sid: uuid.UUID, span_id: uuid.UUID) -> dict[str, Any]:
    return {"entry": _entry(request, spans.remove_span(request.seat, span_id, now=clock.now()))}


@router.post("studies/{uuid:sid}/codes")
@coders_only
def add_code(request: StudyRequest, sid: uuid.UUID, sent: NewCode) -> dict[str, Any]:
    fields: dict[str, Any] = given(sent, "name")
    code, doing = codes.add_code(request.seat, sent.name, now=clock.now(), **fields)
    return {"code": code_json(code, 0), "entry": _entry(request, doing)}


@router.post("studies/{uuid:sid}/codes/in-vivo")
@coders_only
def add_in_vivo(request: StudyRequest, sid: uuid.UUID, sent: InVivo) -> dict[str, Any]:
    fields: dict[str, Any] = given(sent, "document", "start", "end")
    code, span, doing = codes.add_in_vivo(request.seat, sent.document, sent.start, sent.end, now=clock.now(), **fields)
    return {"code": code_json(code, 1), "span": span_json(span), "entry": _entry(request, doing)}


@router.patch("studies/{uuid:sid}/codes/{uuid:code_id}")
@coders_only
def edit_code(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID, sent: EditedCode) -> dict[str, Any]:
    fields: dict[str, Any] = given(sent)
    code, doing = codes.edit_code(request.seat, code_id, now=clock.now(), **fields)
    return {"code": code_json(code, code.spans.count()), "entry": _entry(request, doing)}


@router.post("studies/{uuid:sid}/codes/{uuid:code_id}/move")
@coders_only
def move_code(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID, sent: Place) -> dict[str, Any]:
    _, doing = codes.move_code(request.seat, code_id, sent.parent, sent.position, now=clock.now())
    return {"entry": _entry(request, doing)}


@router.post("studies/{uuid:sid}/codes/{uuid:code_id}/merge")
@coders_only
def merge_codes(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID, sent: Into) -> dict[str, Any]:
    into, doing = merging.merge_codes(request.seat, code_id, sent.into, now=clock.now())
    return {"code": code_json(into, into.spans.count()), "entry": _entry(request, doing)}


@router.post("studies/{uuid:sid}/codes/{uuid:code_id}/split")
@coders_only
def split_code(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID, sent: Split) -> dict[str, Any]:
    look: dict[str, Any] = given(sent, "spans", "name")
    made, doing = merging.split_code(request.seat, code_id, sent.spans, sent.name, now=clock.now(), **look)
    return {"code": code_json(made, len(set(sent.spans))), "entry": _entry(request, doing)}


@router.delete("studies/{uuid:sid}/codes/{uuid:code_id}")
@coders_only
def bin_code(request: StudyRequest, sid: uuid.UUID, code_id: uuid.UUID) -> dict[str, Any]:
    return {"entry": _entry(request, merging.bin_code(request.seat, code_id, now=clock.now()))}


@router.post("studies/{uuid:sid}/bin/{kind}/{uuid:row_id}/restore")
@coders_only
def restore_from_bin(request: StudyRequest, sid: uuid.UUID, kind: str, row_id: uuid.UUID) -> dict[str, Any]:
    return {"entry": _entry(request, restore(request.seat, kind, row_id, now=clock.now()))}


@router.post("studies/{uuid:sid}/memos")
@coders_only
def add_memo(request: StudyRequest, sid: uuid.UUID, sent: NewMemo) -> dict[str, Any]:
    memo, doing = memos.add_memo(
        request.seat, sent.about_kind, sent.about_id, sent.title, sent.text, id=sent.id, now=clock.now()
    )
    return {"memo": memos.as_json(memo), "entry": _entry(request, doing)}


@router.patch("studies/{uuid:sid}/memos/{uuid:memo_id}")
@coders_only
def edit_memo(request: StudyRequest, sid: uuid.UUID, memo_id: uuid.UUID, sent: EditedMemo) -> dict[str, Any]:
    words: dict[str, Any] = given(sent, "version")
    memo, doing = memos.edit_memo(request.seat, memo_id, sent.version, now=clock.now(), **words)
    return {"memo": memos.as_json(memo), "entry": _entry(request, doing)}


@router.delete("studies/{uuid:sid}/memos/{uuid:memo_id}")
@coders_only
def bin_memo(request: StudyRequest, sid: uuid.UUID, memo_id: uuid.UUID) -> dict[str, Any]:
    return {"entry": _entry(request, memos.bin_memo(request.seat, memo_id, now=clock.now()))}


@router.post("studies/{uuid:sid}/undo")
@coders_only
def undo(request: StudyRequest, sid: uuid.UUID, sent: TurnBack) -> dict[str, Any]:
    seat = request.seat
    return _turned(request, ledger.undo(seat.study, seat.researcher, now=clock.now(), before=sent.before))


@router.post("studies/{uuid:sid}/redo")
@coders_only
def redo(request: StudyRequest, sid: uuid.UUID) -> dict[str, Any]:
    return _turned(request, ledger.redo(request.seat.study, request.seat.researcher, now=clock.now()))


def _turned(request: StudyRequest, turned: ledger.Redone) -> dict[str, Any]:
    entry, original = turned
    said = act_words(original.verb, original.label)
    told = {"id": entry.pk, "original": original.pk, "verb": original.verb, "label": original.label, "said": said}
    return {"entry": told, "changes": changes_json(request.seat, from_text(entry.changes))}
