"""Verbs on consent: sheets in versions, who agreed to what, and what was taken back on which day."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.actions import add, change
from sameboat.study.fieldwork.models import (
    Consent,
    ConsentAnswer,
    ConsentForm,
    ConsentItem,
    ItemKind,
    Participant,
    SignedHow,
)
from sameboat.study.fieldwork.refusals import BeforeItWasGiven, NameMissing, VersionMissing, VersionTaken, WordsMissing
from sameboat.study.team.access import Seat


@dataclass(frozen=True)
class Sheet:
    """What a version of the sheet says; `items` are (ItemKind, words)."""

    version: str
    title: str
    dated: datetime.date
    text: str
    items: Sequence[tuple[str, str]]


def add_sheet(seat: Seat, sheet: Sheet, *, now: datetime.datetime) -> ConsentForm:
    """A version of the sheet; it never changes. Raises VersionMissing, VersionTaken, NameMissing, WordsMissing."""
    if not sheet.version:
        raise VersionMissing
    if not sheet.title:
        raise NameMissing
    items = [(kind, text) for kind, text in sheet.items if text]
    if not items:
        raise WordsMissing("Please write at least one thing that people agree to or not.")
    form = ConsentForm(study=seat.study, version=sheet.version, title=sheet.title, text=sheet.text, dated=sheet.dated)
    rows = [
        ConsentItem(
            study=seat.study, form=form, order=order, text=text,
            kind=kind if kind in ItemKind.values else ItemKind.OTHER,
        )
        for order, (kind, text) in enumerate(items)
    ]  # fmt: skip
    add(seat, "add consent sheet", sheet.version, form, *rows, taken=VersionTaken(), now=now)
    return form


@dataclass(frozen=True)
class Signing:
    """When and how somebody signed, and the items they said yes to."""

    signed_on: datetime.date
    how: str
    note: str
    given: Collection[uuid.UUID]


def sign(
    seat: Seat, participant_id: uuid.UUID, form_id: uuid.UUID, signing: Signing, *, now: datetime.datetime
) -> Consent:
    """Somebody signed a version of the sheet. Raises NotHere, HasWithdrawn."""
    participant, form = taking_part(seat, participant_id), one(seat, ConsentForm, form_id)
    made = Consent(
        study=seat.study, participant=participant, form=form, signed_on=signing.signed_on, note=signing.note,
        how=signing.how if signing.how in SignedHow.values else SignedHow.PAPER,
    )  # fmt: skip
    answers = [
        ConsentAnswer(study=seat.study, consent=made, item=item, given=item.id in signing.given)
        for item in form.items.order_by("order")
    ]
    add(seat, "add consent", participant.code, made, *answers, taken=VersionTaken(), now=now)
    return made


def take_back(seat: Seat, answer_id: uuid.UUID, day: datetime.date | None, *, now: datetime.datetime) -> Participant:
    """From that day on they no longer agree to this; None: they do after all. Raises NotHere, BeforeItWasGiven."""
    answer = one(seat, ConsentAnswer, answer_id)
    consent = answer.consent
    if day is not None and day < consent.signed_on:
        raise BeforeItWasGiven
    verb = "take back consent" if day else "give consent again"
    label = f"{consent.participant.code}: {answer.item.get_kind_display()}"
    change(seat, verb, label, answer, taken=BeforeItWasGiven(), now=now, withdrawn_on=day)
    return consent.participant


@dataclass(frozen=True)
class Said:
    """One participant's newest word on one purpose."""

    answer: ConsentAnswer
    signed_on: datetime.date

    @property
    def holds(self) -> bool:
        return self.answer.given and self.answer.withdrawn_on is None


def newest(seat: Seat) -> dict[uuid.UUID, dict[str, Said]]:
    """For each participant what they said last on each kind of purpose."""
    found: dict[uuid.UUID, dict[str, Said]] = {}
    rows = ConsentAnswer.objects.filter(study=seat.study).select_related("consent", "item")
    for answer in rows.order_by("consent__signed_on", "consent__form__dated", "item__order"):
        consent = answer.consent
        found.setdefault(consent.participant_id, {})[answer.item.kind] = Said(answer, consent.signed_on)
    return found
