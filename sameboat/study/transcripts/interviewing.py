"""Verbs on interviews: who was listened to, when, where, with which questions, and which texts came of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.actions import remove as remove_row
from sameboat.study.fieldwork.models import Interview, Participant
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document


def add_interview(seat: Seat, participant: Participant, *, now: datetime.datetime, **values: Any) -> Interview:
    """Somebody was listened to. Raises NotHere, HasWithdrawn."""
    taking_part(seat, participant.id)
    made = Interview(study=seat.study, participant=participant, **values)
    with act(seat.study, seat.researcher, "add interview", label=participant.code, now=now) as doing:
        doing.add(made)
    return made


def edit_interview(
    seat: Seat, interview_id: uuid.UUID, texts: Iterable[uuid.UUID], *, now: datetime.datetime, **values: Any
) -> Interview:
    """Changes what is known of an interview, and which of its participant's texts are of it. Raises NotHere."""
    found = one(seat, Interview, interview_id)
    participant = taking_part(seat, found.participant_id)
    wanted = set(texts)
    with act(seat.study, seat.researcher, "edit interview", label=participant.code, now=now) as doing:
        doing.change(found, **values)
        for text in could_be_of(seat, found):
            if (text.id in wanted) != (text.interview_id == found.id):
                doing.change(text, interview_id=found.id if text.id in wanted else None)
    return found


def could_be_of(seat: Seat, interview: Interview) -> list[Document]:
    """The participant's texts that are of this interview or of none yet."""
    texts = Document.objects.filter(study=seat.study, trashed_at=None, participant=interview.participant_id)
    every = texts.defer("text").order_by("title", "id")
    return [text for text in every if text.interview_id in (None, interview.id)]


def remove_interview(seat: Seat, interview_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """Takes away what was noted by mistake. Raises NotHere, StillHasParticipants where a text is of it."""
    found = one(seat, Interview, interview_id)
    remove_row(seat, "remove interview", found.participant.code, found, now=now)
