"""Private links by which a participant reads what would be quoted from them, and what they answered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow, one_of, same_study
from sameboat.study.transcripts.models import Document


@recorded("check_link")
class CheckLink(StudyRow):
    """A link for one participant. Only a hash of it is kept. `passages` are the ids of the spans it shows.

    `opened_at` is when something was first answered: who only looks leaves no trace.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="check_links", db_constraint=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    passages = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, *same_study("check_link", "participant")]


class CheckAnswered(models.TextChoices):
    """The choices of CheckAnswer.answer."""

    AGREE = "agree", "yes, that may be quoted"
    AMEND = "amend", "yes, with a change"
    WITHDRAW = "withdraw", "please take it out"


@recorded("check_answer")
class CheckAnswer(StudyRow):
    """What a participant said to words of theirs: those from `start` to `end`, whatever codes are on them by now."""

    link = models.ForeignKey(CheckLink, models.CASCADE, related_name="answers", db_constraint=False, db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="check_answers", db_constraint=False)
    start = models.IntegerField()
    end = models.IntegerField()
    answer = models.CharField(max_length=8, choices=CheckAnswered.choices)
    words = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["link", "document", "start", "end"], name="study_check_answer_once"),
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__gt=models.F("start")), name="study_check_answer_not_empty"
            ),
            one_of("check_answer", "answer", CheckAnswered),
            *same_study("check_answer", "link", "document"),
        ]

    @property
    def place(self) -> tuple[uuid.UUID, int, int]:
        """Which words it is about."""
        return self.document_id, self.start, self.end
