"""Rows about being told: what somebody wants, where they are reached, and what is still on its way.

Times are seconds since 1970 UTC; hours of the day are minutes after midnight in the person's own zone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.accounts.models import HASH, ID, Account, exactly
from sameboat.accounts.scope import OfAccount
from sameboat.circles.models import Circle, Knock

POINT = 65
SECRET = 16


class Wish(models.Model):
    """How one person wants to be told. Nobody has one before they have asked to be told.

    `due_at`: something waits and they are to be told then; null: nothing does. `told_at`: when they were last told
    and have not been here since. `looks_at`: at which minute of the day they asked to be told to look in, whatever was
    told before; `look_at`: the next such moment. Both null: they did not.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    talks = models.BooleanField(default=True)
    group = models.BooleanField(default=True)
    meetings = models.BooleanField(default=True)
    rings = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, default="Europe/London")
    quiet_from = models.PositiveSmallIntegerField(null=True, default=None)
    quiet_to = models.PositiveSmallIntegerField(null=True, default=None)
    break_until = models.BigIntegerField(null=True, default=None)
    due_at = models.BigIntegerField(null=True, default=None)
    told_at = models.BigIntegerField(null=True, default=None)
    looks_at = models.PositiveSmallIntegerField(null=True, default=None)
    look_at = models.BigIntegerField(null=True, default=None, db_index=True)

    objects = OfAccount["Wish"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__lt=1440, quiet_to__lt=1440),
                name="wish_quiet_in_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="wish_due")]


class Device(models.Model):
    """A browser that can be told: the address its push service gave it, and the keys it opens with (RFC 8291)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1_024)
    endpoint_hash = models.BinaryField(max_length=HASH, unique=True)
    key = models.BinaryField(max_length=POINT)
    secret = models.BinaryField(max_length=SECRET)

    objects = OfAccount["Device"]()

    class Meta:
        constraints: ClassVar = [
            exactly("key", POINT, "device_key_size"),
            exactly("secret", SECRET, "device_secret_size"),
        ]


class Mailbox(models.Model):
    """An e-mail address that somebody gave. Nothing but one question goes there before they have said yes."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    address = models.CharField(max_length=254)
    asked_at = models.BigIntegerField()
    token = models.BinaryField(max_length=ID, null=True, default=None, unique=True)
    refused = models.BooleanField(default=False)

    objects = OfAccount["Mailbox"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["asked_at"], name="mailbox_asked")]


class Asked(models.Model):
    """That a question was asked of an address, which only this site's own secret can find again; kept for a week."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    address_hash = models.BinaryField(max_length=HASH, db_index=True)
    asked_at = models.BigIntegerField(db_index=True)

    objects = OfAccount["Asked"]()

    class Meta:
        constraints: ClassVar = [exactly("address_hash", HASH, "asked_address_hash_size")]


class Heard(models.Model):
    """How far telling has looked in a circle."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, primary_key=True, related_name="+")
    position = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager[Heard]] = models.Manager()


class Doorbell(models.Model):
    """That hosts were told of somebody at the door, or all members were."""

    knock = models.OneToOneField(Knock, on_delete=models.CASCADE, primary_key=True, related_name="+")
    all_told = models.BooleanField()

    objects: ClassVar[models.Manager[Doorbell]] = models.Manager()


class Errand(models.Model):
    """One thing to be sent to one device or one mailbox; gone once it was handed over. Never two of a kind at once."""

    class Kind(models.TextChoices):
        WAITING = "waiting", "waiting"
        MEETING = "meeting", "meeting"
        ASK = "ask", "ask"
        TRY = "try", "try"
        RING = "ring", "ring"
        LOOK = "look", "look"

    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True, related_name="+")
    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    mark = models.BinaryField(max_length=ID)
    due_at = models.BigIntegerField(db_index=True)
    until = models.BigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[Errand]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["device", "kind"], name="errand_device_once"),
            models.UniqueConstraint(fields=["mailbox", "kind"], name="errand_mailbox_once"),
            models.CheckConstraint(
                condition=models.Q(device__isnull=True, mailbox__isnull=False)
                | models.Q(device__isnull=False, mailbox__isnull=True),
                name="errand_one_way",
            ),
        ]
