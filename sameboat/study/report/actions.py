"""Verbs on what researchers add to a report."""

from __future__ import annotations

import datetime

from sameboat.lib.refusals import NotHere
from sameboat.study.ledger.acts import act
from sameboat.study.report.models import ReportNote
from sameboat.study.team.access import Seat

LONGEST = 20_000


def note_item(seat: Seat, number: int, note: str, *, now: datetime.datetime) -> None:
    """What the researchers say to one of the 32 items. Raises NotHere."""
    if not 1 <= number <= 32:
        raise NotHere
    note = note.strip()[:LONGEST]
    with act(seat.study, seat.researcher, "note item", label=str(number), now=now) as doing:
        row = ReportNote.objects.filter(study=seat.study, number=number).first()
        if row:
            doing.change(row, note=note)
        elif note:
            doing.add(ReportNote(study=seat.study, number=number, note=note))
