"""An older backup may hold who withdrew after it was made: put back, they are taken out again, as they were before."""

from __future__ import annotations

import datetime
import uuid

from sameboat.study.fieldwork.models import Interview, Participant, Withdrawal, WithdrewBefore
from sameboat.study.team.access import Seat
from sameboat.study.withdrawal.actions import Wish, withdraw


def gone_here() -> set[uuid.UUID]:
    """Ids of every participant and interview that was withdrawn, in any study of this database, also a deleted one."""
    people = Participant.objects.exclude(withdrawn_at=None).values_list("id", flat=True)
    noted = Withdrawal.objects.exclude(gone=None).values_list("gone", flat=True)
    before = WithdrewBefore.objects.values_list("id", flat=True)
    return {*people, *before, *(one for one in noted if one is not None)}


def take_out_again(seat: Seat, gone: set[uuid.UUID], *, now: datetime.datetime) -> list[str]:
    """Withdraws these participants and interviews from a study that was put back; the codes of who it was."""
    codes = []
    for person in Participant.objects.filter(study=seat.study, id__in=gone, withdrawn_at=None).order_by("code"):
        withdraw(seat, Wish(person.id), now=now)
        codes.append(person.code)
    held = Interview.objects.filter(study=seat.study, id__in=gone).select_related("participant")
    for interview in held.order_by("participant__code", "id"):
        withdraw(seat, Wish(interview.participant_id, interview.id), now=now)
        codes.append(interview.participant.code)
    return codes
