from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ACKNOWLEDGED_WITHIN = timedelta(days=30)
KEPT_AFTER_CLOSING = timedelta(days=90)


class Kind(models.TextChoices):
    CONCERN = "concern", _("A concern")
    DATA = "data", _("A data protection complaint")


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> "ConcernQuerySet":
        """Not closed; the ones nobody has read come first, then the longest waiting."""
        return self.filter(closed_at__isnull=True).order_by(models.F("read_at").asc(nulls_first=True), "received_at")

    def forgotten_by(self, now: datetime) -> "ConcernQuerySet":
        return self.filter(closed_at__lt=now - KEPT_AFTER_CLOSING)


class Concern(models.Model):
    """What somebody told the people who run the site, and how far they have come with it.

    Its state is its newest stamp: received, read, answered, closed.
    """

    words_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CONCERN)
    said = models.TextField(max_length=8000)
    guessing_could_hurt = models.BooleanField(default=False)
    answer = models.TextField(max_length=8000, blank=True)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (Q(read_at__isnull=False) & ~Q(answer="")),
                name="concern_read_before_answered",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(read_at__isnull=False),
                name="concern_read_before_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def state(self) -> str:
        """One of received, read, answered, closed."""
        if self.closed_at:
            return "closed"
        if self.answered_at:
            return "answered"
        return "read" if self.read_at else "received"

    @property
    def acknowledge_by(self) -> datetime | None:
        """When a data protection complaint must have been acknowledged, while it has not been; else None."""
        if self.kind != Kind.DATA or self.read_at:
            return None
        return self.received_at + ACKNOWLEDGED_WITHIN
