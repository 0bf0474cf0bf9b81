"""Documents as plain text, who speaks where in them, and recordings beside them.

Positions are Unicode code points in `Document.text`, half-open. The text of a locked document never changes.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.fieldwork.models import Group, Interview, Participant
from sameboat.study.ledger.images import recorded
from sameboat.study.team.models import Study
from sameboat.study.team.rows import InStudy, StudyRow, one_of, same_study


class DocumentKind(models.TextChoices):
    """The choices of Document.kind."""

    TRANSCRIPT = "transcript", "transcript"
    NOTES = "notes", "field notes"
    OTHER = "other", "other text"


class Stage(models.TextChoices):
    """The choices of Document.stage."""

    RAW = "raw", "as it came"
    ANONYMISED = "anonymised", "names taken out"


@recorded("document", without=("text",))
class Document(StudyRow):
    """One text of the study. `length` counts code points, `words` all words, `sha256` is of its UTF-8 bytes."""

    interview = models.ForeignKey(Interview, models.CASCADE, null=True, related_name="documents", db_constraint=False)
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="documents", db_constraint=False
    )
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="documents", db_constraint=False)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=DocumentKind.choices, default=DocumentKind.TRANSCRIPT)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    source_name = models.CharField(max_length=300, default="", blank=True)
    source_format = models.CharField(max_length=20, default="", blank=True)
    encoding = models.CharField(max_length=40, default="", blank=True)
    imported_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.RAW)
    locked_at = models.DateTimeField(null=True)
    trashed_at = models.DateTimeField(null=True)
    properties = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            one_of("document", "kind", DocumentKind),
            one_of("document", "stage", Stage),
            *same_study("document", "interview", "participant", "group"),
        ]

    def __str__(self) -> str:
        return self.title


class TurnRole(models.TextChoices):
    """The choices of Turn.role."""

    INTERVIEWER = "interviewer", "asks"
    PARTICIPANT = "participant", "takes part"
    OTHER = "other", "somebody else"


class Turn(InStudy):
    """One turn of talk: who says the text from `start` to `end`; `seconds` into the recording where known."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="turns", db_constraint=False, db_index=False)
    index = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=100, default="", blank=True)
    role = models.CharField(max_length=11, choices=TurnRole.choices, default=TurnRole.PARTICIPANT)
    seconds = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "index"], name="study_turn_index_once"),
            models.CheckConstraint(condition=models.Q(start__lte=models.F("end")), name="study_turn_not_backwards"),
            one_of("turn", "role", TurnRole),
            *same_study("turn", "document"),
        ]


@recorded("recording")
class Recording(StudyRow):
    """A sound file kept beside a document; `path` is below the data folder."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="recordings", db_constraint=False)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, *same_study("recording", "document")]


class ReplacementKey(models.Model):
    """Which name became which: sealed under a passphrase that is kept nowhere."""

    study = models.OneToOneField(Study, models.CASCADE, primary_key=True, related_name="replacement_key")
    sealed = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    updated_at = models.DateTimeField()
