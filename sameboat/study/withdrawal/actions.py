"""The verb: somebody withdraws from one interview or from the whole study.

What goes is deleted past the ledger, which would keep it; the ledger's older entries lose its words. It cannot be
undone. A record stays that says who (by code), when, and how many rows of each kind, without a word of theirs.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import models, transaction
from django.db.models import JSONField

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.coding.models import Memo
from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.models import Interview, Participant, Withdrawal, WithdrawnFrom
from sameboat.study.ledger.acts import act, delete
from sameboat.study.ledger.images import Kind, kinds
from sameboat.study.ledger.scrubbing import followers, scrub
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Study
from sameboat.study.text.quoted import Theirs
from sameboat.study.withdrawal.gathering import Belongings, belongings, in_order, theirs, turns_of
from sameboat.study.withdrawal.sweeping import sweep

# Texts of others stay as they are, to the letter; sheets and questions are the researchers' own words, which are
# read aloud in every interview; the rest of these holds no words.
_LEFT_ALONE = {
    "document", "span", "membership", "withdrawal", "check_link", "recording",
    "consent_form", "consent_item", "guide_version",
}  # fmt: skip
# By these a row is known, and they are nobody's words.
_KNOWN_BY = {"colour", "pattern", "letter", "code", "version", "element", "media_type"}
_WORDS = (models.CharField, models.TextField, JSONField)


class NotSure(Refusal):
    status = 422
    code = "not_sure"
    sentence = "Please type the participant’s code, so that nobody is withdrawn by mistake."


@dataclass(frozen=True)
class Wish:
    """What somebody decided: `interview` None means from the whole study; `memos` go too, besides those that quote."""

    participant: uuid.UUID
    interview: uuid.UUID | None = None
    typed: Sequence[str] = ()
    memos: Collection[uuid.UUID] = ()
    cannot_recall: str = ""


def withdraw(seat: Seat, wish: Wish, *, now: datetime.datetime) -> Withdrawal:
    """Takes out what somebody said, everywhere, for good. Raises NotHere, HasWithdrawn."""
    participant = taking_part(seat, wish.participant)
    interview = one(seat, Interview, wish.interview) if wish.interview else None
    if interview is not None and interview.participant_id != participant.id:
        raise NotHere
    with act(seat.study, seat.researcher, "withdraw", label=participant.code, now=now, undoable=False) as doing:
        found = belongings(seat, participant, interview)
        words = theirs(seat, found, wish.typed)
        gone = followers(seat.study, found.ids | ({str(participant.id)} if interview is None else set()))
        _take_memos(seat, found, words, gone | set(map(str, wish.memos)))
        record = _record(participant, interview, found, wish, now)
        _delete(found)
        if interview is None:
            Participant.objects.filter(id=participant.id).update(note="", properties={}, withdrawn_at=now)
        _clean_rows(seat.study, words)
        names = [name for name in found.names if name.casefold() != participant.code.casefold()]
        scrub(seat.study, gone | found.ids, words.cleaned, names)
        doing.add(record)
        transaction.on_commit(partial(sweep, seat.study.id, found.paths))
    return record


def _take_memos(seat: Seat, found: Belongings, words: Theirs, gone: set[str]) -> None:
    """Notes that quote them go whole, wherever they stand, in the bin too; and those on what was theirs once."""
    for memo in Memo.objects.filter(study=seat.study):
        known = str(memo.about_id) in gone or str(memo.id) in gone
        if known or words.places(memo.title) or words.places(memo.text):
            found.rows.setdefault(Memo, set()).add(memo.id)


def _record(
    participant: Participant, interview: Interview | None, found: Belongings, wish: Wish, now: datetime.datetime
) -> Withdrawal:
    counts = found.counts() | {"turn": turns_of(found).count()}
    return Withdrawal(
        study=participant.study, participant_code=participant.code, at=now, removed=counts,
        scope=WithdrawnFrom.STUDY if interview is None else WithdrawnFrom.INTERVIEW,
        cannot_recall=wish.cannot_recall, gone=interview.id if interview else participant.id,
    )  # fmt: skip


def _delete(found: Belongings) -> None:
    turns_of(found).delete()
    for kind, keys in in_order(found):
        delete(kind, list(keys))


def _clean_rows(study: Study, words: Theirs) -> None:
    """Puts a mark in place of their words in whatever else quotes them: codes, themes, cells, notes, kept parts."""
    for kind in kinds.by_name.values():
        columns = [one.attname for one in kind.model._meta.concrete_fields if _holds_words(one)]
        if kind.name in _LEFT_ALONE or not columns:
            continue
        mine = {"id": study.id} if kind.model is Study else {"study": study}
        for row in kind.model._base_manager.filter(**mine).iterator(chunk_size=200):
            _clean_row(kind, row, columns, words)


def _clean_row(kind: Kind, row: models.Model, columns: list[str], words: Theirs) -> None:
    before = {name: getattr(row, name) for name in columns}
    after = {name: words.cleaned(value) for name, value in before.items()}
    if changed := {name: value for name, value in after.items() if value != before[name]}:
        kind.model._base_manager.filter(pk=row.pk).update(**changed)


def _holds_words(column: models.Field[object, object]) -> bool:
    return isinstance(column, _WORDS) and not column.choices and column.name not in _KNOWN_BY
