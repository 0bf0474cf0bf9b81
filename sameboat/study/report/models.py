"""What researchers add to a report themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow


@recorded("report_note")
class ReportNote(StudyRow):
    """What the researchers say to one of the 32 items of COREQ."""

    number = models.PositiveSmallIntegerField()
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["study", "number"], name="study_report_note_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 32)), name="study_report_note_one_of_32"),
        ]
