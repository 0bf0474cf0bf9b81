"""Verbs: something in the bin goes for good, or a whole study. Neither can be undone, and no word of it stays."""

from __future__ import annotations

import datetime
import shutil
import uuid
from collections import defaultdict
from functools import partial

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.coding.bin import in_the_bin
from sameboat.study.coding.models import Code, Memo
from sameboat.study.fieldwork.models import Participant, Withdrawal, WithdrewBefore
from sameboat.study.ledger.acts import act, delete
from sameboat.study.ledger.images import from_text, kinds
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.scrubbing import followers, hide_labels, scrub
from sameboat.study.ledger.taken_away import taken_away
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Membership, Researcher, Study
from sameboat.study.transcripts import recordings
from sameboat.study.transcripts.models import Document
from sameboat.study.withdrawal.gathering import Belongings, follow, in_order, naming_first, read, turns_of
from sameboat.study.withdrawal.sweeping import sweep

_MODELS: dict[str, type[models.Model]] = {"code": Code, "memo": Memo, "document": Document}


class NotItsName(Refusal):
    status = 422
    code = "not_its_name"
    sentence = "Please type the study’s name as it stands above, so that nothing is deleted by mistake."


class InUse(Refusal):
    status = 409
    code = "in_use"
    sentence = "A code below this one is in use. Move it somewhere else first."


def delete_for_good(seat: Seat, kind: str, row_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """One thing in the bin goes with all that hangs on it, and its words in the audit trail. Raises NotHere, InUse.

    With a text go its passages, notes on it and its recording; with a code those below it and its passages.
    """
    if not any((line.kind, line.id) == (kind, row_id) for line in in_the_bin(seat)):
        raise NotHere
    if kind not in _MODELS:
        _forget(seat, kind, row_id, now=now)
        return
    with act(seat.study, seat.researcher, "delete for good", now=now, label=kind, undoable=False, always=True):
        found = _hanging_on(seat.study, _MODELS[kind], row_id)
        gone = followers(seat.study, found.ids) if kind == "document" else found.ids
        memos = Memo.objects.filter(study=seat.study)
        on_it = {memo.id for memo in memos if str(memo.about_id) in gone}
        found.rows[Memo] = found.rows.get(Memo, set()) | on_it
        names = [name for name in found.names if name]
        turns_of(found).delete()
        for of_kind, keys in in_order(found):
            delete(of_kind, list(keys))
        scrub(seat.study, gone | found.ids, lambda value: value, names)
        transaction.on_commit(partial(sweep, seat.study.id, found.paths))


def _forget(seat: Seat, kind: str, row_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """What only the ledger keeps goes from it, with what went along with it, and memos on it."""
    found = next(one for one in taken_away(seat.study) if (one.kind, one.id) == (kind, row_id))
    with act(seat.study, seat.researcher, "delete for good", now=now, label=kind, undoable=False, always=True):
        memos = list(Memo.objects.filter(study=seat.study, about_id=row_id).values_list("id", flat=True))
        delete(kinds.by_model[Memo], memos)
        gone = {one.id for one in found.changes if one.after is None} | {str(row_id), *map(str, memos)}
        # Also a misfit that was forgotten before; what names other things than themes may still be there.
        gone |= followers(seat.study, {str(row_id)}, "theme_id") if kind == "theme" else set()
        scrub(seat.study, gone, lambda value: value)
        transaction.on_commit(partial(sweep, seat.study.id, []))


def _hanging_on(study: Study, model: type[models.Model], row_id: uuid.UUID) -> Belongings:
    """The row and whatever names it. Raises InUse."""
    rows: dict[type[models.Model], set[uuid.UUID]] = defaultdict(set)
    rows[model].add(row_id)
    follow(rows, model, {row_id})
    codes = Code.objects.filter(id__in=rows.get(Code, ()))
    if codes.filter(trashed_at=None).exists():
        raise InUse
    found = read(Belongings(dict(rows)))
    if codes:
        # The label of an act on a passage is its code's name, as it was then.
        ids = {str(code.id) for code in codes}
        hide_labels(study, _names_ever(study, ids), followers(study, ids, "code_id"))
    return found


def _names_ever(study: Study, codes: set[str]) -> set[str]:
    """What these codes are called and were called before."""
    known = Code.objects.filter(study=study, id__in=codes).values_list("name", flat=True)
    entries = Entry.objects.filter(study=study, kinds__contains=" code ").iterator(chunk_size=200)
    changes = (change for entry in entries for change in from_text(entry.changes) if change.id in codes)
    images = (image for change in changes for image in (change.before, change.after) if image)
    return {*known, *(image["name"] for image in images if "name" in image)}


def delete_study(seat: Seat, sure: str) -> None:
    """The whole study goes: rows, files beside the database, the audit trail. Raises NotItsName."""
    study = seat.study
    if " ".join(sure.split()).casefold() != " ".join(study.name.split()).casefold():
        raise NotItsName
    with transaction.atomic():
        here = {*Membership.objects.filter(study=study).values_list("researcher", flat=True)}
        _remember_who_withdrew(study)
        of_study = [model for model in apps.get_models() if any(one.related_model is Study for one in _columns(model))]
        for model in naming_first(of_study):
            rows = model._base_manager.filter(study=study)
            rows._raw_delete(rows.db)
        mine = Study.objects.filter(id=study.id)
        mine._raw_delete(mine.db)
        _forget_people(here)
        transaction.on_commit(partial(_sweep_all, study.id))


def _columns(model: type[models.Model]) -> list[models.Field[object, object]]:
    return list(model._meta.concrete_fields)


def _remember_who_withdrew(study: Study) -> None:
    people = Participant.objects.filter(study=study).exclude(withdrawn_at=None).values_list("id", flat=True)
    noted = Withdrawal.objects.filter(study=study).exclude(gone=None).values_list("gone", flat=True)
    rows = [WithdrewBefore(id=one) for one in {*people, *noted} if one]
    WithdrewBefore.objects.bulk_create(rows, ignore_conflicts=True)


def _forget_people(here: set[uuid.UUID]) -> None:
    """Names of people who cannot sign in and have no part in another study go with it."""
    alone = Researcher.objects.filter(id__in=here, email=None, is_local=False, memberships=None)
    for one in alone:
        try:
            with transaction.atomic():
                one.delete()
        except ProtectedError:
            continue


def _sweep_all(study_id: uuid.UUID) -> None:
    shutil.rmtree(recordings.folder(study_id), ignore_errors=True)
    sweep(study_id, [])
