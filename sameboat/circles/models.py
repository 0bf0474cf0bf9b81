"""Rows about a circle: its log, its sealed messages, and which account is which member.

Contents are sealed or public bytes of the protocol; ids and hashes are raw bytes; times are seconds since
1970 UTC. Rows are keyed by (circle, seq) and (circle, position), so that circles can live apart. Nothing is
kept about the connection a message came over.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sameboat.accounts.models import HASH, ID, Account, exactly
from sameboat.accounts.scope import OfAccount, OfCircle


class Circle(models.Model):
    """One circle and its counters. `head` is the id of the newest event; each counter only grows.

    `restored_position` is how far `position` was when a copy of the database was put back.
    """

    id = models.BinaryField(primary_key=True, max_length=HASH)
    kind = models.PositiveSmallIntegerField()
    head = models.BinaryField(max_length=HASH)
    head_seq = models.PositiveIntegerField()
    position = models.PositiveBigIntegerField(default=0)
    gone = models.PositiveBigIntegerField(default=0)
    stirred = models.PositiveBigIntegerField(default=0)
    restored_position = models.PositiveBigIntegerField(null=True, default=None)

    objects: ClassVar[models.Manager[Circle]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=[0, 1, 2]), name="circle_kind_known"),
            exactly("id", HASH, "circle_id_size"),
            exactly("head", HASH, "circle_head_size"),
        ]


class LogEvent(models.Model):
    """One event of a log, whole, as it was signed (SPEC 4). Never changed."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    event = models.BinaryField(max_length=HASH)
    wire = models.BinaryField(max_length=65_536)

    objects = OfCircle["LogEvent"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "seq"], name="event_seq_once"),
            models.UniqueConstraint(fields=["circle", "event"], name="event_id_once"),
        ]


class Attachment(models.Model):
    """Bytes an event names by hash: a box, card, list or preview. `member` is empty where it is for all."""

    class Kind(models.TextChoices):
        BOX = "box", "box"
        CARD = "card", "card"
        LIST = "list", "list"
        PREVIEW = "preview", "preview"
        INVITE_CARD = "invite-card", "invite-card"
        HISTORY_BOX = "history-box", "history-box"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    member = models.BinaryField(max_length=ID, default=b"")
    hash = models.BinaryField(max_length=HASH)
    body = models.BinaryField(max_length=524_288)

    objects = OfCircle["Attachment"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "seq", "kind", "member", "hash"], name="attachment_once"),
        ]


class Envelope(models.Model):
    """A sealed message. Once taken back or faded, only its place and its hash remain."""

    class Gone(models.TextChoices):
        TAKEN = "taken", "taken"
        FADED = "faded", "faded"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveBigIntegerField()
    message = models.BinaryField(max_length=ID)
    hash = models.BinaryField(max_length=HASH)
    author = models.BinaryField(max_length=ID)
    epoch_seq = models.PositiveIntegerField()
    at = models.BigIntegerField()
    keep = models.BooleanField()
    wire = models.BinaryField(max_length=17_408, null=True)
    gone = models.CharField(max_length=5, choices=Gone.choices, default="", blank=True)
    gone_order = models.PositiveBigIntegerField(null=True, default=None)

    objects = OfCircle["Envelope"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "position"], name="envelope_position_once"),
            models.UniqueConstraint(fields=["circle", "message"], name="envelope_message_once"),
            models.UniqueConstraint(fields=["circle", "hash"], name="envelope_hash_once"),
            models.CheckConstraint(
                condition=models.Q(gone="", wire__isnull=False)
                | models.Q(gone__in=["taken", "faded"], wire__isnull=True),
                name="envelope_gone_is_empty",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["circle", "gone_order"], name="envelope_gone_order"),
            models.Index(fields=["circle", "at"], name="envelope_fades", condition=models.Q(gone="", keep=False)),
        ]


class Membership(models.Model):
    """Which account is which member. Deleted when the person leaves or is removed.

    Messages up to `admitted_position` were there before them; they are not given these, sealed though they are.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    member = models.BinaryField(max_length=ID)
    admitted_seq = models.PositiveIntegerField()
    admitted_position = models.PositiveBigIntegerField(default=0, db_default=0)

    objects = OfAccount["Membership"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "circle"], name="membership_account_once"),
            models.UniqueConstraint(fields=["circle", "member"], name="membership_member_once"),
            exactly("member", ID, "membership_member_size"),
        ]


class Invitation(models.Model):
    """An open, used or void invitation, found by what its link derives (SPEC 7)."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        USED = "used", "used"
        VOID = "void", "void"

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    lookup = models.BinaryField(max_length=ID, unique=True)
    event = models.BinaryField(max_length=HASH)
    seq = models.PositiveIntegerField()
    link_key = models.BinaryField(max_length=HASH)
    any_member = models.BooleanField()
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)
    expires_at = models.BigIntegerField()

    objects = OfCircle["Invitation"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "event"], name="invitation_event_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "used", "void"]), name="invitation_state_known"
            ),
        ]


class Knock(models.Model):
    """Somebody at the door: their sealed request, until it is answered. One at a time for each invitation."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        ADMITTED = "admitted", "admitted"
        DECLINED = "declined", "declined"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    member = models.BinaryField(max_length=ID)
    sealed = models.BinaryField(max_length=4_096)
    since = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)

    objects = OfAccount["Knock"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "invitation"], name="knock_account_once"),
            models.UniqueConstraint(
                fields=["invitation"], condition=models.Q(state="waiting"), name="knock_one_waiting"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "admitted", "declined"]), name="knock_state_known"
            ),
        ]


class Aside(models.Model):
    """A sealed note from one member to one other (SPEC 9), for at most fourteen days."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    shown_id = models.BinaryField(max_length=ID, unique=True)
    sender = models.BinaryField(max_length=ID)
    recipient = models.BinaryField(max_length=ID)
    sealed = models.BinaryField(max_length=65_536)
    at = models.BigIntegerField(db_index=True)

    objects = OfCircle["Aside"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["circle", "recipient"], name="aside_recipient")]


class Parting(models.Model):
    """A signed farewell of somebody whose account is closing, for the next member to bring (SPEC 4, `leave`).

    `account` is empty once the account is deleted; only then are members given it.
    """

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    member = models.BinaryField(max_length=ID)
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.BinaryField(max_length=256)
    signature = models.BinaryField(max_length=64)

    objects = OfCircle["Parting"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "member"], name="parting_once"),
        ]


class Restored(models.Model):
    """A copy of the database was put back at `at`, made at `to`. Until `until` only repairs are taken (SPEC 11)."""

    at = models.BigIntegerField(unique=True)
    to = models.BigIntegerField()
    until = models.BigIntegerField()

    objects: ClassVar[models.Manager[Restored]] = models.Manager()


class Wanted(models.Model):
    """Bytes that an event of a mended log names and that nobody has brought yet."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Attachment.Kind.choices)
    member = models.BinaryField(max_length=ID, default=b"")
    hash = models.BinaryField(max_length=HASH)

    objects = OfCircle["Wanted"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "seq", "kind", "member", "hash"], name="wanted_once"),
        ]


class Talk(models.Model):
    """A circle of two members of one group (SPEC 16): which group, and who, by their ids there, the lower first.

    `shared` is no foreign key: a talk outlives the group. `over`: nothing more is taken in.
    """

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="talk")
    shared = models.BinaryField(max_length=HASH, db_index=True)
    low = models.BinaryField(max_length=ID)
    high = models.BinaryField(max_length=ID)
    over = models.BooleanField(default=False)

    objects = OfCircle["Talk"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shared", "low", "high"], condition=models.Q(over=False), name="talk_one_goes_on"
            ),
        ]


class Closed(models.Model):
    """One member of a group wants no talk from one other, until they open one themselves."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="+")
    by = models.BinaryField(max_length=ID)
    to = models.BinaryField(max_length=ID)

    objects = OfCircle["Closed"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "by", "to"], name="closed_once"),
        ]
