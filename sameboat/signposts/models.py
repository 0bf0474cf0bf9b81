import re
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CHECK_HOLDS = timedelta(days=365)


class Section(models.TextChoices):
    """The first four choices on the page."""

    HURT = "hurt", _("I am hurt")
    TALK = "talk", _("I can talk")
    WRITE = "write", _("I can only write")
    RELAY = "relay", _("I use BSL or relay")


class Channel(models.TextChoices):
    RING = "ring", _("Ring")
    TEXT = "text", _("Text")
    EMAIL = "email", _("E-mail")
    PAGE = "page", _("Open")


class SignpostQuerySet(models.QuerySet["Signpost"]):
    def shown_in(self, country: str) -> "SignpostQuerySet":
        return self.filter(country=country, shown=True).order_by("position", "key")

    def due(self, today: date) -> "SignpostQuerySet":
        """Rows nobody has checked, or not within a year; those never checked first."""
        stale = Q(checked_on__isnull=True) | Q(checked_on__lt=today - CHECK_HOLDS)
        return self.filter(stale, shown=True).order_by(F("checked_on").asc(nulls_first=True), "country", "position")


class Signpost(models.Model):
    """One way to reach one place. `number`: a national string as dialled, or an e-mail or web address."""

    key = models.SlugField(max_length=60, unique=True)
    country = models.CharField(max_length=2)
    section = models.CharField(max_length=8, choices=Section.choices)
    position = models.PositiveSmallIntegerField(default=100)
    place = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    number = models.CharField(max_length=120)
    hours = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=240, blank=True)
    source = models.CharField(max_length=240)
    shown = models.BooleanField(default=True)
    young = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True)

    objects = SignpostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="signpost_names_its_source"),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="signpost_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"

    @property
    def href(self) -> str:
        """What one press opens. A web address goes by way of ours, so that no page names another origin."""
        match self.channel:
            case Channel.RING:
                return "tel:" + re.sub(r"[^0-9+]", "", self.number)
            case Channel.TEXT:
                return "sms:" + re.sub(r"[^0-9+]", "", self.number)
            case Channel.EMAIL:
                return "mailto:" + self.number
        return f"/help/go/{self.key}"

    @property
    def not_for_tonight(self) -> bool:
        """An e-mail may lie unread for days: it says so."""
        return self.channel == Channel.EMAIL

    def is_due(self, today: date) -> bool:
        return self.checked_on is None or self.checked_on < today - CHECK_HOLDS


class SignpostChange(models.Model):
    """A change one person proposed, waiting for a second; deleted once confirmed or put aside."""

    signpost = models.OneToOneField(Signpost, on_delete=models.CASCADE, related_name="change")
    number = models.CharField(max_length=120)
    hours = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=240, blank=True)
    source = models.CharField(max_length=240)
    shown = models.BooleanField(default=True)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(source=""), name="signpost_change_names_its_source")
        ]

    def __str__(self) -> str:
        return f"change to {self.signpost_id}"
