"""What studies of other programs hold and this one has no home for: kept as it was, given out again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow, same_study


@recorded("kept_part")
class KeptPart(StudyRow):
    """A picture with marks on it, a drawing, a set of texts: an element of REFI-QDA and its XML.

    `participant` is whose it is, if that is known: it goes with them when they withdraw.
    """

    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="kept_parts", db_constraint=False
    )
    element = models.CharField(max_length=40)
    name = models.CharField(max_length=300, default="", blank=True)
    xml = models.TextField()

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, *same_study("kept_part", "participant")]

    def __str__(self) -> str:
        return self.name or self.element
