"""Rows about sealed reports, and about what two people did without reading. Times are seconds since 1970 UTC.

Ids stand here without a foreign key: why something was ended is still known when it is gone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sameboat.accounts.models import HASH, ID, exactly

DAY = 86_400
SEALED_MOST = 65_584
ANSWER_MOST = 32_816
KEPT_AFTER_ANSWER = 90 * DAY
KEPT_AT_MOST = 365 * DAY
APPEAL_ANSWERED_WITHIN = 14 * DAY
CONFIRM_WITHIN = 14 * DAY
FILE_HELD = 7 * DAY
LOG_KEPT = 730 * DAY


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        """Not answered: appeals first, since they have a day by which, then the longest waiting."""
        return self.filter(answered_at=None).order_by("kind", "sent_at")

    def outlived(self, now: int) -> ReportQuerySet:
        """What has been kept for its time (90 days after the answer, never over a year)."""
        return self.filter(Q(answered_at__lte=now - KEPT_AFTER_ANSWER) | Q(sent_at__lte=now - KEPT_AT_MOST))


class Report(models.Model):
    """A report or an appeal, sealed to the contact's key (SPEC 15). Its state is its newest stamp.

    What comes from somebody who was a member no more is taken for an appeal. The answer is sealed as well.
    """

    class Kind(models.TextChoices):
        # In this order on the page: an appeal has to be answered in fourteen days.
        APPEAL = "appeal", _("An appeal")
        REPORT = "report", _("A report")

    report = models.BinaryField(max_length=ID, unique=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    circle = models.BinaryField(max_length=HASH)
    sender = models.BinaryField(max_length=ID)
    sealed = models.BinaryField(max_length=SEALED_MOST)
    sent_at = models.BigIntegerField()
    read_at = models.BigIntegerField(null=True, default=None)
    read_by = models.CharField(max_length=80, blank=True, default="")
    answered_at = models.BigIntegerField(null=True, default=None)
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answer = models.BinaryField(max_length=ANSWER_MOST, default=b"")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            exactly("report", ID, "report_id_size"),
            models.CheckConstraint(condition=Q(kind__in=["report", "appeal"]), name="report_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (Q(read_at__isnull=False) & ~Q(answer=b"")),
                name="report_read_before_answered",
            ),
        ]

    @property
    def state(self) -> str:
        """One of sent, read, answered."""
        if self.answered_at is not None:
            return "answered"
        return "sent" if self.read_at is None else "read"

    @property
    def answer_by(self) -> int | None:
        """By when an appeal must have been answered, while it has not been; else None."""
        if self.kind != self.Kind.APPEAL or self.answered_at is not None:
            return None
        return self.sent_at + APPEAL_ANSWERED_WITHIN


class ActQuerySet(models.QuerySet["Act"]):
    def waiting(self, now: int) -> ActQuerySet:
        """Proposed, and not yet confirmed, put aside or run out."""
        return self.filter(done_at=None, aside_at=None, proposed_at__gt=now - CONFIRM_WITHIN).order_by("proposed_at")

    def done(self) -> ActQuerySet:
        """The log: what two people did, newest first."""
        return self.exclude(done_at=None).order_by("-done_at", "-pk")


class Act(models.Model):
    """Something that takes two named people: who proposed it and why, who confirmed it, and when."""

    class Kind(models.TextChoices):
        MESSAGE = "message", _("Delete a reported message")
        ACCOUNT = "account", _("End an account")
        GROUP = "group", _("End a group")
        HAND_OVER_ACCOUNT = "file-account", _("Hand over what is stored about an account")
        HAND_OVER_GROUP = "file-group", _("Hand over what is stored about a group")
        REHEARSAL = "rehearsal", _("Rehearse with the two halves of the key")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    circle = models.BinaryField(max_length=HASH, default=b"")
    member = models.BinaryField(max_length=ID, default=b"")
    message = models.BinaryField(max_length=HASH, default=b"")
    account = models.BinaryField(max_length=ID, default=b"")
    reason = models.TextField(max_length=2000)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.BigIntegerField()
    done_by = models.CharField(max_length=80, blank=True, default="")
    done_at = models.BigIntegerField(null=True, default=None)
    aside_by = models.CharField(max_length=80, blank=True, default="")
    aside_at = models.BigIntegerField(null=True, default=None)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="act_says_why"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="")
                | (
                    Q(done_at__isnull=False, aside_at__isnull=True)
                    & ~Q(done_by="")
                    & ~Q(done_by=models.F("proposed_by"))
                ),
                name="act_takes_two",
            ),
        ]

    @property
    def has_file(self) -> bool:
        """Whether confirming it makes a file to hand over."""
        return self.kind in (self.Kind.HAND_OVER_ACCOUNT, self.Kind.HAND_OVER_GROUP)


class Away(models.Model):
    """Until when nobody can open what is sealed to the contact: one row at most."""

    until = models.DateField()
    said_by = models.CharField(max_length=80)

    objects: ClassVar[models.Manager[Away]] = models.Manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="away_only_one")]
