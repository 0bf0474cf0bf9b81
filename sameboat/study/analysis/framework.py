"""The cells of the framework: what one participant says to one theme, in the researchers' words."""

from __future__ import annotations

import datetime
import uuid

from sameboat.study.analysis.models import FrameworkCell
from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.themes.models import Theme

LONGEST = 20_000


def cells_of(seat: Seat) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """What is written, by theme and participant."""
    rows = FrameworkCell.objects.filter(study=seat.study, participant__withdrawn_at=None)
    return {(theme, whose): text for theme, whose, text in rows.values_list("theme_id", "participant_id", "summary")}


def write_cell(seat: Seat, theme: Theme, participant: Participant, text: str, *, now: datetime.datetime) -> None:
    """Writes into a cell; with nothing, it is empty again."""
    text = text.strip()[:LONGEST]
    with act(seat.study, seat.researcher, "note cell", label=f"{theme.name} · {participant.code}", now=now) as doing:
        row = FrameworkCell.objects.filter(study=seat.study, theme=theme, participant=participant).first()
        if row and text:
            doing.change(row, summary=text)
        elif row:
            doing.remove(row)
        elif text:
            doing.add(FrameworkCell(study=seat.study, theme=theme, participant=participant, summary=text))
