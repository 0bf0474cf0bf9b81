"""Researchers, their studies, who takes part as what, and invitations to take part."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from sameboat.study.team.rows import one_of


class Researchers(BaseUserManager["Researcher"]):
    """Creates researchers; Django's own sign-in machinery asks for a manager with this shape."""

    def add(self, name: str, email: str | None = None, password: str | None = None) -> Researcher:
        """A new researcher; without a password nobody can sign in as them. Raises IntegrityError if taken."""
        researcher = self.model(name=name, email=self.normalize_email(email) if email else None)
        researcher.set_password(password)
        researcher.save(force_insert=True)
        return researcher


class Researcher(AbstractBaseUser):
    """Whoever works on studies here. On a laptop nobody signs in and there is no e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True, null=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # The one who sits at this machine when nobody signs in.
    is_local = models.BooleanField(default=False)
    last_login = None

    objects: ClassVar[Researchers] = Researchers()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_local"], condition=models.Q(is_local=True), name="study_researcher_one_local"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Study(models.Model):
    """One study. `properties` holds what a report asks about it, by the researchers' own headings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    question = models.TextField(default="", blank=True)
    properties = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a membership allows; each role may do what those below it may."""

    LEAD = "lead", "lead"
    CODER = "coder", "coder"
    READER = "reader", "reader"


class Membership(models.Model):
    """A researcher takes part in a study. Who is blind sees no coding but their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    study = models.ForeignKey(Study, models.CASCADE, related_name="memberships", db_index=False)
    researcher = models.ForeignKey(Researcher, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role.choices)
    blind = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "researcher"], name="study_membership_once"),
            one_of("membership", "role", Role),
        ]


class Invitation(models.Model):
    """A link for one person, made by a lead: into a study, or to choose a new passphrase."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    study = models.ForeignKey(Study, models.CASCADE, null=True, related_name="invitations")
    researcher = models.ForeignKey(Researcher, models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(Researcher, models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.CODER)
    blind = models.BooleanField(default=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [one_of("invitation", "role", Role)]
