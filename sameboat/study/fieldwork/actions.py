"""Verbs on groups and participants, and how every row of field work is added, changed and taken away."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from sameboat.lib.refusals import Refusal
from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.fieldwork.refusals import (
    CodeMissing,
    CodeTaken,
    LetterMissing,
    LetterTaken,
    StillHasParticipants,
)
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.team.rows import StudyRow


def add(seat: Seat, verb: str, label: str, *rows: StudyRow, taken: Refusal, now: datetime.datetime) -> None:
    """New rows in one act. Raises `taken` where the database knows one like it already."""
    try:
        with act(seat.study, seat.researcher, verb, label=label, now=now) as doing:
            for row in rows:
                doing.add(row)
    except IntegrityError:
        raise taken from None


def change(
    seat: Seat, verb: str, label: str, row: StudyRow, *, taken: Refusal, now: datetime.datetime, **values: Any
) -> None:
    """Other values in a row. Raises `taken` where the database knows one like it already."""
    try:
        with act(seat.study, seat.researcher, verb, label=label, now=now) as doing:
            doing.change(row, **values)
    except IntegrityError:
        raise taken from None


def remove(seat: Seat, verb: str, label: str, row: StudyRow, *, now: datetime.datetime) -> None:
    """Takes a row away that nothing names. Raises StillHasParticipants."""
    try:
        with transaction.atomic(), act(seat.study, seat.researcher, verb, label=label, now=now) as doing:
            doing.remove(row)
    except IntegrityError:
        raise StillHasParticipants from None


def _letter(letter: str) -> str:
    if not letter.strip():
        raise LetterMissing
    return letter.strip()[:4]


def add_group(seat: Seat, letter: str, name: str, note: str, *, now: datetime.datetime) -> Group:
    """A group of the study. Raises LetterMissing, LetterTaken."""
    made = Group(study=seat.study, letter=_letter(letter), name=name, note=note)
    add(seat, "add group", made.letter, made, taken=LetterTaken(), now=now)
    return made


def edit_group(seat: Seat, group_id: uuid.UUID, letter: str, *, now: datetime.datetime, **values: Any) -> Group:
    """Changes what is said about a group. Raises NotHere, LetterMissing, LetterTaken."""
    group = one(seat, Group, group_id)
    change(seat, "edit group", _letter(letter), group, taken=LetterTaken(), now=now, letter=_letter(letter), **values)
    return group


def _code(code: str) -> str:
    if not code.strip():
        raise CodeMissing
    return " ".join(code.split())[:20]


def _taken(code: str) -> CodeTaken:
    return CodeTaken(f"There is a participant {code} already. Please choose another code, so that no two are mixed up.")


def add_participant(seat: Seat, code: str, group: Group | None, note: str, *, now: datetime.datetime) -> Participant:
    """Somebody takes part. Raises CodeMissing, CodeTaken."""
    made = Participant(study=seat.study, code=_code(code), group=group, note=note)
    add(seat, "add participant", made.code, made, taken=_taken(made.code), now=now)
    return made


def edit_participant(
    seat: Seat, participant_id: uuid.UUID, code: str, *, now: datetime.datetime, **values: Any
) -> Participant:
    """Changes what is known of somebody. Raises NotHere, HasWithdrawn, CodeMissing, CodeTaken."""
    found, code = taking_part(seat, participant_id), _code(code)
    change(seat, "edit participant", code, found, taken=_taken(code), now=now, code=code, **values)
    return found
