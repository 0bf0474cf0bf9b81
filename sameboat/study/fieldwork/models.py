"""Whom the study asked, what they agreed to, and when they were listened to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow, one_of, same_study


@recorded("group")
class Group(StudyRow):
    """A case of the study: one self-help group, known by a letter."""

    letter = models.CharField(max_length=4)
    name = models.CharField(max_length=200, default="", blank=True)
    note = models.TextField(default="", blank=True)
    properties = models.JSONField(default=dict)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint("study", Lower("letter"), name="study_group_letter_once"),
        ]

    def __str__(self) -> str:
        return self.name or f"Group {self.letter}"


@recorded("participant")
class Participant(StudyRow):
    """Somebody who was interviewed, known by a code such as A1 and by nothing else."""

    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="participants", db_constraint=False)
    code = models.CharField(max_length=20)
    note = models.TextField(default="", blank=True)
    properties = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint("study", Lower("code"), name="study_participant_code_once"),
            *same_study("participant", "group"),
        ]

    def __str__(self) -> str:
        return self.code


@recorded("criterion")
class Criterion(StudyRow):
    """One reason for which a group is asked or not."""

    text = models.TextField()
    order = models.IntegerField(default=0)


class Answered(models.TextChoices):
    """The choices of Candidate.answer."""

    NONE = "", "no answer yet"
    YES = "yes", "yes"
    NO = "no", "no"
    LATER = "later", "perhaps later"


@recorded("candidate")
class Candidate(StudyRow):
    """A group that could be asked: how far away, whether it was, and what it said."""

    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, default="", blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    miles = models.FloatField(null=True)
    source = models.CharField(max_length=200, default="", blank=True)
    criteria = models.JSONField(default=dict)
    invited_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=5, choices=Answered.choices, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    became = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+", db_constraint=False)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            one_of("candidate", "answer", Answered),
            *same_study("candidate", "became"),
        ]


@recorded("consent_form")
class ConsentForm(StudyRow):
    """One version of the sheet that participants agree to."""

    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField(default="", blank=True)
    dated = models.DateField()

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["study", "version"], name="study_consent_form_version_once"),
        ]


class ItemKind(models.TextChoices):
    """The choices of ConsentItem.kind."""

    INTERVIEW = "interview", "to be interviewed"
    QUOTATION = "quotation", "to be quoted"
    RECORDING = "recording", "to be recorded"
    ARCHIVE = "archive", "to be kept in an archive"
    CONTACT = "contact", "to be asked again"
    OTHER = "other", "something else"


@recorded("consent_item")
class ConsentItem(StudyRow):
    """One thing on the sheet that is agreed to or not."""

    form = models.ForeignKey(ConsentForm, models.CASCADE, related_name="items", db_constraint=False)
    order = models.IntegerField(default=0)
    kind = models.CharField(max_length=9, choices=ItemKind.choices)
    text = models.TextField()

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            one_of("consent_item", "kind", ItemKind),
            *same_study("consent_item", "form"),
        ]


class SignedHow(models.TextChoices):
    """The choices of Consent.how."""

    PAPER = "paper", "on paper"
    ONLINE = "online", "on a screen"
    RECORDED = "recorded", "said on the recording"
    WITNESSED = "witnessed", "said before a witness"


@recorded("consent")
class Consent(StudyRow):
    """A participant signed a version of the sheet: when, and how."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents", db_constraint=False)
    form = models.ForeignKey(ConsentForm, models.PROTECT, related_name="consents", db_constraint=False)
    signed_on = models.DateField()
    how = models.CharField(max_length=9, choices=SignedHow.choices)
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            one_of("consent", "how", SignedHow),
            *same_study("consent", "participant", "form"),
        ]


@recorded("consent_answer")
class ConsentAnswer(StudyRow):
    """What a participant said to one item, and the day from which they no longer agreed to it."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="answers", db_constraint=False)
    item = models.ForeignKey(ConsentItem, models.PROTECT, related_name="answers", db_constraint=False)
    given = models.BooleanField()
    withdrawn_on = models.DateField(null=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["consent", "item"], name="study_consent_answer_once"),
            *same_study("consent_answer", "consent", "item"),
        ]


class WithdrawnFrom(models.TextChoices):
    """The choices of Withdrawal.scope."""

    INTERVIEW = "interview", "from one interview"
    STUDY = "study", "from the whole study"


@recorded("withdrawal")
class Withdrawal(StudyRow):
    """That somebody withdrew, without a word of theirs. `removed` holds counts only.

    `gone` is the id that the participant, or the interview, had: by it a backup made before is known to hold them.
    """

    gone = models.UUIDField(null=True)
    participant_code = models.CharField(max_length=20)
    scope = models.CharField(max_length=9, choices=WithdrawnFrom.choices)
    at = models.DateTimeField()
    removed = models.JSONField(default=dict)
    cannot_recall = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, one_of("withdrawal", "scope", WithdrawnFrom)]


@recorded("guide_version")
class GuideVersion(StudyRow):
    """One version of the questions that interviews follow."""

    version = models.CharField(max_length=20)
    dated = models.DateField()
    text = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["study", "version"], name="study_guide_version_once"),
        ]


@recorded("interview")
class Interview(StudyRow):
    """A participant was listened to: on which day, with which questions, for how long."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="interviews", db_constraint=False)
    guide = models.ForeignKey(GuideVersion, models.PROTECT, null=True, related_name="interviews", db_constraint=False)
    held_on = models.DateField()
    place_kind = models.CharField(max_length=100, default="", blank=True)
    minutes = models.PositiveIntegerField(null=True)
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, *same_study("interview", "participant", "guide")]


class WithdrewBefore(models.Model):
    """Who withdrew from a study that is deleted since, or which interview: an older backup brings them back no more.

    An id alone; of the study nothing is known.
    """

    id = models.UUIDField(primary_key=True)
