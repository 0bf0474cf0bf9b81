"""Merge a code into another, split one in two, put one into the bin and take it out again."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Model, UniqueConstraint

from sameboat.lib.refusals import NotHere
from sameboat.study.coding import access
from sameboat.study.coding.actions.codes import make
from sameboat.study.coding.models import Code, CodeKind, Memo, MemoAbout, Span
from sameboat.study.coding.refusals import IntoItself, NotACode
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.images import kinds
from sameboat.study.team.access import Seat


def merge_codes(seat: Seat, code_id: uuid.UUID, into_id: uuid.UUID, *, now: datetime.datetime) -> tuple[Code, Act]:
    """Everything that was coded with one code is coded with the other, and the first is gone.

    What stood below it, its memos and its place in themes go with it. Raises NotHere, IntoItself, NotACode.
    """
    with act(seat.study, seat.researcher, "merge codes", now=now) as doing:
        code, into = access.code(seat, code_id), access.code(seat, into_id)
        doing.label = f"{code.name} → {into.name}"
        if code.id == into.id or into.id in access.below(access.codes(seat), code.id):
            raise IntoItself
        if into.kind == CodeKind.CATEGORY and Span.objects.filter(code=code).exists():
            raise NotACode
        _move_spans(doing, code, into)
        _repoint(doing, code, into)
        about = Memo.objects.filter(study=seat.study, about_kind=MemoAbout.CODE, about_id=code.id)
        doing.change_all(about, about_id=into.id)
        doing.take_away(code)
    return into, doing


def split_code(
    seat: Seat, code_id: uuid.UUID, span_ids: Collection[uuid.UUID], name: str, *, now: datetime.datetime, **look: Any
) -> tuple[Code, Act]:
    """Some passages of a code become passages of a new one beside it. Raises NotHere, NameTaken, NameMissing."""
    with act(seat.study, seat.researcher, "split code", now=now) as doing:
        code = access.code(seat, code_id)
        doing.label = f"{code.name} → {name}"
        spans = list(access.spans(seat).filter(code=code, id__in=span_ids))
        if len(spans) != len(set(span_ids)):
            raise NotHere
        made = make(doing, seat, name, now=now, parent=code.parent_id, **look)
        doing.change_all(spans, code_id=made.pk)
    return made, doing


def bin_code(seat: Seat, code_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """A code goes into the bin with all that stands below it; their passages are kept, and not shown."""
    with act(seat.study, seat.researcher, "bin code", now=now) as doing:
        code = access.code(seat, code_id)
        doing.label = code.name
        every = list(access.codes(seat))
        gone = access.below(every, code.id) | {code.id}
        doing.change_all([one for one in every if one.id in gone], trashed_at=now)
    return doing


def restore_code(seat: Seat, code_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """Takes a code out of the bin, with what went into it in the same go. Raises NotHere."""
    with act(seat.study, seat.researcher, "restore code", now=now) as doing:
        binned = list(Code.objects.filter(study=seat.study, trashed_at__isnull=False))
        code = next((one for one in binned if one.id == code_id), None)
        if code is None:
            raise NotHere
        doing.label = code.name
        together = [one for one in binned if one.trashed_at == code.trashed_at]
        back = access.below(together, code.id) | {code.id}
        if code.parent_id in {one.id for one in binned} - back:
            doing.change(code, parent_id=None)
        doing.change_all([one for one in together if one.id in back], trashed_at=None)
    return doing


def _move_spans(doing: Act, code: Code, into: Code) -> None:
    """Passages that bear both codes, by the same person, keep one."""
    place = ("document_id", "author_id", "start", "end")
    there = set(Span.objects.filter(code=into).values_list(*place))
    moving: list[Span] = []
    for span in Span.objects.filter(code=code).order_by("created_at", "id"):
        key = tuple(getattr(span, name) for name in place)
        if key in there:
            doing.take_away(span)
        else:
            moving.append(span)
    doing.change_all(moving, code_id=into.pk)


def _repoint(doing: Act, code: Code, into: Code) -> None:
    """Whatever else names the code names the other one from now on, unless it does so already."""
    for kind, field in kinds.references(Code):
        if kind.model is Span:
            continue
        for row in kind.model._base_manager.filter(**{field: code}):
            if _says_the_same(row, field, into):
                doing.take_away(row)
            else:
                doing.change(row, **{f"{field}_id": into.pk})


def _says_the_same(row: Model, field: str, into: Code) -> bool:
    for rule in row._meta.constraints:
        if isinstance(rule, UniqueConstraint) and field in rule.fields:
            same = {name: getattr(row, name) for name in rule.fields} | {field: into}
            return type(row)._base_manager.filter(**same).exists()
    return False
