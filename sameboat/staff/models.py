"""A person who runs things. Members are `accounts.Account` and never appear here."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager["Person"]):
    """Creates people; Django's own sign-in machinery asks for a manager with this shape."""

    def add(self, name: str, password: str, role: str) -> Person:
        """A new person with a hashed password. Raises IntegrityError when the name is taken."""
        person = self.model(name=name, role=role)
        person.set_password(password)
        person.save(force_insert=True)
        return person


class Person(AbstractBaseUser):
    """Name, password and one role. No birth date, no address, and no record of the last sign-in."""

    class Role(models.TextChoices):
        OPERATOR = "operator", "operator"
        KEEPER = "keeper", "keeper"
        SUPPORTER = "supporter", "supporter"

    name = models.CharField(max_length=80, unique=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    last_login = None

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=["operator", "keeper", "supporter"]), name="person_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
