"""The only way to obtain a row of field work: through a seat in its study. Out of reach looks absent."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db.models import Q

from sameboat.lib.refusals import NotHere
from sameboat.study.fieldwork.models import ConsentAnswer, Participant
from sameboat.study.fieldwork.refusals import HasWithdrawn
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Study
from sameboat.study.team.rows import StudyRow

Row = TypeVar("Row", bound=StudyRow)


def one(seat: Seat, model: type[Row], row_id: uuid.UUID) -> Row:
    """One row of the study. Raises NotHere."""
    found = model._default_manager.filter(study=seat.study, id=row_id).first()
    if found is None:
        raise NotHere
    return found


def chosen(seat: Seat, model: type[Row], typed: str) -> Row | None:
    """The row that was chosen in a form, None where none was. Raises NotHere."""
    if not typed:
        return None
    try:
        return one(seat, model, uuid.UUID(typed))
    except ValueError:
        raise NotHere from None


def taking_part(seat: Seat, participant_id: uuid.UUID) -> Participant:
    """Somebody who has not withdrawn. Raises NotHere, HasWithdrawn."""
    found = one(seat, Participant, participant_id)
    if found.withdrawn_at is not None:
        raise HasWithdrawn
    return found


def said_no(study: Study, kind: str) -> set[uuid.UUID]:
    """Participants whose newest word on an item of this kind (ItemKind) is no, or was taken back."""
    answers = ConsentAnswer.objects.filter(study=study, item__kind=kind)
    rows = answers.order_by("consent__signed_on", "consent__form__dated").values_list(
        "consent__participant_id", "given", "withdrawn_on"
    )
    newest = {participant: given and withdrawn_on is None for participant, given, withdrawn_on in rows}
    return {participant for participant, given in newest.items() if not given}


def still_here(prefix: str = "participant") -> Q:
    """Rows of nobody who withdrew; `prefix` is the way to the participant."""
    return ~Q(**{f"{prefix}__withdrawn_at__isnull": False})
