"""The bin: what was put away or taken away, and can come back.

Codes, memos and documents lie where they were, with a date on them. Of themes, groups, participants, interviews,
questions, searches and what belongs to recruiting, the ledger has kept the rows.
"""

from __future__ import annotations

import datetime
import uuid
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from sameboat.lib.refusals import NotHere
from sameboat.study.coding.actions.memos import restore_memo
from sameboat.study.coding.actions.merging import restore_code
from sameboat.study.coding.models import Code, Memo
from sameboat.study.ledger.acts import Act, act
from sameboat.study.ledger.taken_away import TAKING, put_back, taken_away
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document

WORDS = {
    "document": _("text"),
    "guide_version": _("version of the questions"),
    "candidate": _("group to ask"),
    "saved_query": _("search kept by name"),
}


class Line(NamedTuple):
    """One thing in the bin; `kind` is code, memo or document, or one that the ledger has kept."""

    kind: str
    id: uuid.UUID
    name: str
    when: datetime.datetime

    @property
    def word(self) -> str:
        """What it is, as people say it."""
        return str(WORDS.get(self.kind, self.kind))


def in_the_bin(seat: Seat) -> list[Line]:
    """What lies in the bin, the newest first. Of codes that went together only the topmost is named."""
    found: list[Line] = []
    codes = {one.id: one for one in Code.objects.filter(study=seat.study, trashed_at__isnull=False)}
    for code in codes.values():
        above = codes.get(code.parent_id) if code.parent_id else None
        if code.trashed_at and (above is None or above.trashed_at != code.trashed_at):
            found.append(Line("code", code.id, code.name, code.trashed_at))
    for document in Document.objects.filter(study=seat.study, trashed_at__isnull=False).defer("text"):
        if document.trashed_at:
            found.append(Line("document", document.id, document.title, document.trashed_at))
    memos = Memo.objects.filter(study=seat.study, trashed_at__isnull=False)
    for memo in memos.filter(author=seat.researcher) if seat.blind else memos:
        if memo.trashed_at:
            found.append(Line("memo", memo.id, str(memo), memo.trashed_at))
    found += [Line(one.kind, one.id, one.name, one.when) for one in taken_away(seat.study)]
    return sorted(found, key=lambda line: line.when, reverse=True)


def restore(seat: Seat, kind: str, row_id: uuid.UUID, *, now: datetime.datetime) -> Act:
    """Takes something out of the bin. Raises NotHere, NameInUse, StillGone."""
    if kind == "code":
        return restore_code(seat, row_id, now=now)
    if kind == "memo":
        return restore_memo(seat, row_id, now=now)
    if kind in TAKING.values():
        return put_back(seat.study, seat.researcher, kind, row_id, now=now)
    if kind != "document":
        raise NotHere
    with act(seat.study, seat.researcher, "restore document", now=now) as doing:
        document = Document.objects.filter(study=seat.study, id=row_id, trashed_at__isnull=False).defer("text").first()
        if document is None:
            raise NotHere
        doing.label = document.title
        doing.change(document, trashed_at=None)
    return doing
