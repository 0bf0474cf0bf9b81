"""One row for each thing that somebody did in a study. Rows are added and never changed, with two exceptions:
undo sets `undone`, and a withdrawal takes the words out (`scrubbed`)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.study.team.models import Researcher, Study


class Entry(models.Model):
    """`changes` is JSON text: a list of {model, id, before, after}; see `images.py`. `kinds` names the models
    touched, each between spaces, so that they can be looked for."""

    id = models.BigAutoField(primary_key=True)
    study = models.ForeignKey(Study, models.CASCADE, related_name="entries", db_index=False)
    researcher = models.ForeignKey(Researcher, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    label = models.CharField(max_length=300, default="", blank=True)
    kinds = models.CharField(max_length=300, default="", blank=True)
    changes = models.TextField(default="[]")
    undoes = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", db_index=False)
    undoable = models.BooleanField(default=True)
    undone = models.BooleanField(default=False)
    scrubbed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["study", "id"], name="study_entry_in_order"),
            models.Index(fields=["study", "researcher", "id"], name="study_entry_by_person"),
            # What undo and redo look for among many thousands.
            models.Index(
                fields=["study", "researcher", "id"],
                name="study_entry_to_undo",
                condition=models.Q(undoes=None, undone=False, undoable=True),
            ),
            models.Index(
                fields=["study", "researcher", "id"],
                name="study_entry_to_redo",
                condition=models.Q(undoes__isnull=False, undone=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.label}"
