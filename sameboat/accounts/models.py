"""Rows about a person's account. Ids, hashes and sealed bundles are raw bytes; times are seconds since 1970 UTC.

There is no name, no address and no trace of when somebody was last here beyond the life of a session.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from sameboat.accounts.scope import OfAccount

ID = 16
HASH = 32


def exactly(field: str, size: int, name: str) -> models.CheckConstraint:
    """A constraint that a column of bytes has this length."""
    return models.CheckConstraint(condition=Exact(Length(field), size), name=name)


class Home(models.Model):
    """The constant text of this instance (SPEC 3, `home`): one row, made once, part of every salt."""

    text = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[Home]] = models.Manager()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="home_only_one")]


class Account(models.Model):
    """Somebody who can sign in. `own_key` is the public signing key of their own circle (SPEC 12)."""

    id = models.BinaryField(primary_key=True, max_length=ID)
    made_on = models.DateField()
    can_start = models.BooleanField(default=False)
    own_circle = models.BinaryField(max_length=HASH, unique=True)
    own_key = models.BinaryField(max_length=HASH)
    consent_version = models.CharField(max_length=16)
    consent_on = models.DateField()
    closing_at = models.BigIntegerField(null=True, default=None)

    objects: ClassVar[models.Manager[Account]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            exactly("id", ID, "account_id_size"),
            exactly("own_circle", HASH, "account_own_circle_size"),
            exactly("own_key", HASH, "account_own_key_size"),
        ]

    def is_over(self, now: int) -> bool:
        """Whether its seven days have run out: from that second on it is as if it had never been."""
        return self.closing_at is not None and self.closing_at <= now


class Unlocker(models.Model):
    """A way in: what finds it, what proves it, and the account key wrapped under it (SPEC 3)."""

    class Kind(models.IntegerChoices):
        PASSPHRASE = 1
        RECOVERY_CODE = 2
        PASSKEY = 3

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    unlocker = models.BinaryField(max_length=ID)
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    lookup = models.BinaryField(max_length=ID, unique=True)
    verifier = models.BinaryField(max_length=HASH)
    wrap = models.BinaryField(max_length=256)

    objects = OfAccount["Unlocker"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "unlocker"], name="unlocker_once"),
            models.CheckConstraint(condition=models.Q(kind__in=[1, 2, 3]), name="unlocker_kind_known"),
            exactly("unlocker", ID, "unlocker_id_size"),
            exactly("lookup", ID, "unlocker_lookup_size"),
            exactly("verifier", HASH, "unlocker_verifier_size"),
        ]


class Passkey(models.Model):
    """A passkey that only signs in: it proves who somebody is and opens nothing (SPEC 3). Its name is not here."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    passkey = models.BinaryField(max_length=HASH, unique=True)
    key = models.BinaryField(max_length=1024)
    name = models.BinaryField(max_length=576)

    objects = OfAccount["Passkey"]()

    class Meta:
        constraints: ClassVar = [exactly("passkey", HASH, "passkey_id_size")]


class Session(models.Model):
    """A browser that is signed in. The cookie itself is not here, only its hash; nor is any address."""

    class Device(models.TextChoices):
        MINE = "mine", "mine"
        SHARED = "shared", "shared"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=HASH, unique=True)
    shown_id = models.BinaryField(max_length=ID, unique=True)
    device = models.CharField(max_length=6, choices=Device.choices)
    started_at = models.BigIntegerField()
    expires_at = models.BigIntegerField(db_index=True)

    objects = OfAccount["Session"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(device__in=["mine", "shared"]), name="session_device_known"),
            exactly("token_hash", HASH, "session_token_size"),
            exactly("shown_id", ID, "session_id_size"),
        ]


class UsedNonce(models.Model):
    """A nonce of a sign-in with the key of one's own device, kept until its time has run out (SPEC 12)."""

    nonce = models.BinaryField(max_length=ID, unique=True)
    expires_at = models.BigIntegerField(db_index=True)

    objects: ClassVar[models.Manager[UsedNonce]] = models.Manager()


class Record(models.Model):
    """A replaceable sealed bundle with a version that only grows (SPEC 3)."""

    class Slot(models.TextChoices):
        ACCOUNT = "account", "account"
        PINS = "pins", "pins"
        MINE = "mine", "mine"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    slot = models.CharField(max_length=8, choices=Slot.choices)
    version = models.BigIntegerField()
    sealed = models.BinaryField(max_length=524_288)

    objects = OfAccount["Record"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "slot"], name="record_slot_once"),
            models.CheckConstraint(condition=models.Q(slot__in=["account", "pins", "mine"]), name="record_slot_known"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="record_version_positive"),
        ]


class StartCode(models.Model):
    """The operator's permission to start a group, as a hash; the code itself was shown once."""

    code_hash = models.BinaryField(max_length=HASH, unique=True)
    uses_left = models.PositiveSmallIntegerField(default=1)
    expires_at = models.BigIntegerField()

    objects: ClassVar[models.Manager[StartCode]] = models.Manager()
