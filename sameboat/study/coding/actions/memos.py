"""Memos: write one, change it without writing over somebody else, put it into the bin and take it out."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from typing import Any

from sameboat.lib.refusals import NotHere
from sameboat.study.coding import access
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.refusals import MemoChanged
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.images import kinds
from sameboat.study.team.access import Seat

SAFE_INTEGER = 2**48


def version(memo: Memo) -> int:
    """A number for exactly this title and text, never 0. Undo brings the old number back with the old words."""
    words = hashlib.sha256(f"{memo.title}\0{memo.text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(words[:6], "big") % SAFE_INTEGER or 1


def as_json(memo: Memo) -> dict[str, Any]:
    """A memo as the coding screen knows it."""
    return {
        "id": memo.id,
        "about_kind": memo.about_kind,
        "about_id": memo.about_id,
        "title": memo.title,
        "text": memo.text,
        "author": memo.author_id,
        "author_name": memo.author.name,
        "created": int(memo.created_at.timestamp()),
        "changed": int(memo.changed_at.timestamp()),
        "version": version(memo),
    }


def add_memo(
    seat: Seat,
    about_kind: str,
    about_id: uuid.UUID,
    title: str,
    text: str,
    *,
    now: datetime.datetime,
    id: uuid.UUID | None = None,
) -> tuple[Memo, Act]:
    """A new memo. The same `id` again is the same memo. Raises NotHere where there is no such thing."""
    with act(seat.study, seat.researcher, "add memo", label=title, now=now) as doing:
        _must_be_there(seat, about_kind, about_id)
        known = Memo.objects.filter(study=seat.study, id=id).first() if id else None
        made = known or Memo(
            id=id or uuid.uuid4(), study=seat.study, about_kind=about_kind, about_id=about_id, title=title, text=text,
            author=seat.researcher, created_at=now, changed_at=now,
        )  # fmt: skip
        if known is None:
            doing.add(made)
    return made, doing


def edit_memo(
    seat: Seat, memo_id: uuid.UUID, based_on: int, *, now: datetime.datetime, **words: str
) -> tuple[Memo, Act]:
    """Changes title or text, from the version that was read. Raises NotHere, MemoChanged."""
    with act(seat.study, seat.researcher, "edit memo", now=now) as doing:
        memo = access.memo(seat, memo_id)
        doing.label = memo.title
        if all(getattr(memo, name) == value for name, value in words.items()):
            return memo, doing
        if version(memo) != based_on:
            raise MemoChanged(as_json(memo))
        doing.change(memo, **words, changed_at=now)
    return memo, doing


def bin_memo(seat: Seat, memo_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """A memo goes into the bin. Raises NotHere."""
    with act(seat.study, seat.researcher, "bin memo", now=now) as doing:
        memo = access.memo(seat, memo_id)
        doing.label = memo.title
        doing.change(memo, trashed_at=now)
    return doing


def restore_memo(seat: Seat, memo_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """Takes a memo out of the bin. Raises NotHere."""
    with act(seat.study, seat.researcher, "restore memo", now=now) as doing:
        memo = Memo.objects.filter(study=seat.study, id=memo_id, trashed_at__isnull=False).first()
        if memo is None:
            raise NotHere
        doing.label = memo.title
        doing.change(memo, trashed_at=None)
    return doing


def _must_be_there(seat: Seat, about_kind: str, about_id: uuid.UUID) -> None:
    if about_kind == MemoAbout.STUDY:
        found = about_id == seat.study.id
    elif about_kind == MemoAbout.SPAN:
        found = access.spans(seat).filter(id=about_id).exists()
    else:
        found = kinds.by_name[about_kind].model._base_manager.filter(study=seat.study, id=about_id).exists()
    if not found:
        raise NotHere
