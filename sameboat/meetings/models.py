"""Rows about when groups meet: plans as hosts signed them (SPEC 17). Moments are seconds since 1970 UTC."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.accounts.models import HASH, ID, Account, exactly
from sameboat.accounts.scope import OfAccount, OfCircle
from sameboat.circles.models import Circle, Membership
from sameboat.protocol.verify import PLAN_MOST

TITLE_MOST = 40


class Meeting(models.Model):
    """A meeting or series as its newest plan says. `remind_at`: the next moment at which a reminder falls due."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    meeting = models.BinaryField(max_length=ID)
    version = models.PositiveBigIntegerField()
    author = models.BinaryField(max_length=ID)
    plan = models.BinaryField(max_length=PLAN_MOST)
    signature = models.BinaryField(max_length=64)
    remind_at = models.BigIntegerField(null=True, default=None, db_index=True)
    forget_at = models.BigIntegerField(null=True, default=None, db_index=True)

    objects = OfCircle["Meeting"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "meeting"], name="meeting_once"),
            exactly("meeting", ID, "meeting_id_size"),
        ]


class Reminder(models.Model):
    """When one member wants to be told of their group's meetings. No row: not at all."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    day_before = models.BooleanField()
    two_hours_before = models.BooleanField()

    objects = OfAccount["Reminder"]()


class Calendar(models.Model):
    """Somebody's calendar address. Only a hash of its secret is here; `title` is the words they chose for it."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.BinaryField(max_length=HASH, unique=True)
    title = models.CharField(max_length=TITLE_MOST)

    objects = OfAccount["Calendar"]()

    class Meta:
        constraints: ClassVar = [exactly("secret_hash", HASH, "calendar_secret_size")]
