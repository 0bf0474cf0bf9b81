"""Who runs this site, and how one of them is found."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from sameboat.staff.models import Person

# A link stops working once a passphrase is set with it, since the hash is part of what it signs.
first_links = PasswordResetTokenGenerator()


def another_operator_than(person: Person) -> bool:
    """Whether somebody else could confirm what this person proposed."""
    operators = Person.objects.filter(role=Person.Role.OPERATOR, is_active=True)
    return operators.exclude(pk=person.pk).exists()


def person_by_link(number: int, token: str) -> Person | None:
    """Whom a one-time link was made for, if it still holds; else None, whatever the reason."""
    person = Person.objects.filter(pk=number, is_active=True).first()
    return person if person is not None and first_links.check_token(person, token) else None
