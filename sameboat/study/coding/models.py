"""Codes, the spans of text they are put on, and memos.

A span is a half-open interval of Unicode code points. That it ends inside its document is held by the action that
makes it, because texts of locked documents do not change; everything else is held by the database.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.ledger.images import recorded
from sameboat.study.team.models import Researcher
from sameboat.study.team.rows import StudyRow, one_of, same_study
from sameboat.study.transcripts.models import Document


class CodeKind(models.TextChoices):
    """The choices of Code.kind."""

    CODE = "code", "code"
    CATEGORY = "category", "category"


@recorded("code")
class Code(StudyRow):
    """A code of the codebook, or a category that only holds others. `pattern` is the colour's second sign."""

    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", db_constraint=False)
    name = models.CharField(max_length=300)
    definition = models.TextField(default="", blank=True)
    include = models.TextField(default="", blank=True)
    exclude = models.TextField(default="", blank=True)
    example = models.TextField(default="", blank=True)
    colour = models.CharField(max_length=7)
    pattern = models.CharField(max_length=12, default="solid")
    position = models.IntegerField(default=0)
    kind = models.CharField(max_length=8, choices=CodeKind.choices, default=CodeKind.CODE)
    properties = models.JSONField(default=dict)
    created_by = models.ForeignKey(Researcher, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            one_of("code", "kind", CodeKind),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="study_code_not_its_own_parent"),
            *same_study("code", "parent"),
        ]

    def __str__(self) -> str:
        return self.name


@recorded("span")
class Span(StudyRow):
    """One person put one code on one passage."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="spans", db_constraint=False, db_index=False)
    code = models.ForeignKey(Code, models.CASCADE, related_name="spans", db_constraint=False, db_index=False)
    start = models.IntegerField()
    end = models.IntegerField()
    author = models.ForeignKey(Researcher, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__gt=models.F("start")), name="study_span_not_empty"
            ),
            *same_study("span", "document", "code"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["document", "start"], name="study_span_in_document"),
            models.Index(fields=["code", "document", "start"], name="study_span_of_code"),
        ]


class MemoAbout(models.TextChoices):
    """The choices of Memo.about."""

    STUDY = "study", "the study"
    DOCUMENT = "document", "a text"
    CODE = "code", "a code"
    SPAN = "span", "a passage"
    THEME = "theme", "a theme"
    PARTICIPANT = "participant", "a participant"
    GROUP = "group", "a group"


@recorded("memo")
class Memo(StudyRow):
    """A note on the study or on one of its things; `about_id` is that thing's id."""

    about_kind = models.CharField(max_length=11, choices=MemoAbout.choices)
    about_id = models.UUIDField()
    title = models.CharField(max_length=300, default="", blank=True)
    text = models.TextField(default="", blank=True)
    author = models.ForeignKey(Researcher, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, one_of("memo", "about_kind", MemoAbout)]
        indexes: ClassVar = [models.Index(fields=["study", "about_kind", "about_id"], name="study_memo_about")]

    def __str__(self) -> str:
        return self.title or self.text[:60]
