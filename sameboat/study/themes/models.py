"""Themes, the codes that make them, what does not fit, and how far the work has come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.images import recorded
from sameboat.study.team.rows import StudyRow, one_of, same_study


class ThemeStatus(models.TextChoices):
    """The choices of Theme.status."""

    CANDIDATE = "candidate", "candidate"
    REVIEWED = "reviewed", "reviewed"
    NAMED = "named", "named"


@recorded("theme")
class Theme(StudyRow):
    """A pattern across the study, with one idea at its centre."""

    name = models.CharField(max_length=300)
    status = models.CharField(max_length=9, choices=ThemeStatus.choices, default=ThemeStatus.CANDIDATE)
    central_idea = models.TextField(default="", blank=True)
    definition = models.TextField(default="", blank=True)
    colour = models.CharField(max_length=7)
    order = models.IntegerField(default=0)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [*StudyRow.Meta.constraints, one_of("theme", "status", ThemeStatus)]

    def __str__(self) -> str:
        return self.name


@recorded("theme_code")
class ThemeCode(StudyRow):
    """A code is part of a theme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="theme_codes", db_constraint=False, db_index=False)
    code = models.ForeignKey(Code, models.CASCADE, related_name="theme_codes", db_constraint=False)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["theme", "code"], name="study_theme_code_once"),
            *same_study("theme_code", "theme", "code"),
        ]


@recorded("misfit")
class Misfit(StudyRow):
    """A passage that speaks against a theme, or does not sit well in it."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="misfits", db_constraint=False, db_index=False)
    span = models.ForeignKey(Span, models.CASCADE, related_name="misfits", db_constraint=False)
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["theme", "span"], name="study_misfit_once"),
            *same_study("misfit", "theme", "span"),
        ]


@recorded("phase")
class Phase(StudyRow):
    """One of the six phases of thematic analysis, with its days."""

    number = models.PositiveSmallIntegerField()
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["study", "number"], name="study_phase_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 6)), name="study_phase_one_of_six"),
        ]


@recorded("point_note")
class PointNote(StudyRow):
    """What the researchers say to one of the fifteen points of a good thematic analysis."""

    number = models.PositiveSmallIntegerField()
    note = models.TextField(default="", blank=True)

    class Meta(StudyRow.Meta):
        constraints: ClassVar = [
            *StudyRow.Meta.constraints,
            models.UniqueConstraint(fields=["study", "number"], name="study_point_note_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 15)), name="study_point_one_of_fifteen"),
        ]
