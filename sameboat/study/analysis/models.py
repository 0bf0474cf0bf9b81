"""What is kept of looking across the study: queries by name, and summaries in the cells of a framework."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow, same_study
from sameboat.study.themes.models import Theme


@recorded("saved_query")
class SavedQuery(StudyRow):
    """A search with a name."""

    name = models.CharField(max_length=200)
    text = models.TextField()


@recorded("framework_cell")
class FrameworkCell(StudyRow):
    """What one participant says to one theme, in the researchers' words."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="cells", db_constraint=False, db_index=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="cells", db_constraint=False)
    summary = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["theme", "participant"], name="study_framework_cell_once"),
            *same_study("framework_cell", "theme", "participant"),
        ]
