"""Adding a person who runs things, their first link, their passphrase, and signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from sameboat.lib.limits import Limit
from sameboat.lib.refusals import Refusal
from sameboat.staff.access import first_links
from sameboat.staff.models import Person

per_address = Limit("staff sign-in, address", burst=20, every=10)
per_person = Limit("staff sign-in, address and name", burst=5, every=20)


class NameTaken(Refusal):
    """Somebody with this name is here already."""

    status = 409
    code = "name_taken"
    sentence = "Somebody with this name runs things here already."


class PassphraseTooWeak(Refusal):
    """Shorter than 15 characters, or one of the best known."""

    code = "passphrase_too_weak"
    sentence = "Please take at least 15 characters. Four or five words in a row are good."


class NotKnown(Refusal):
    """Wrong name, wrong passphrase or an account put away: never said which."""

    status = 403
    code = "not_known"
    sentence = "That name and passphrase do not belong together."


def add_operator(name: str) -> Person:
    """A new operator who cannot sign in until a passphrase is set. Raises NameTaken."""
    person = Person(name=name, role=Person.Role.OPERATOR)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as taken:
        raise NameTaken from taken
    return person


def first_link(person: Person) -> str:
    """An address that lets its holder choose a passphrase, once, within three days."""
    return f"{settings.ORIGIN}/operator/first/{person.pk}/{first_links.make_token(person)}"


def set_passphrase(person: Person, passphrase: str) -> None:
    """Stores an Argon2 hash of it. Raises PassphraseTooWeak."""
    try:
        password_validation.validate_password(passphrase, person)
    except ValidationError as weak:
        raise PassphraseTooWeak from weak
    person.set_password(passphrase)
    person.save(update_fields=["password"])


def sign_in(request: HttpRequest, name: str, passphrase: str, *, now: float) -> None:
    """Opens a session on this device. Raises SlowDown, NotKnown; nobody is ever locked out."""
    address = request.META.get("REMOTE_ADDR", "")
    per_address.spend(address, now=now)
    per_person.spend(f"{address} {name}", now=now)
    person = authenticate(request, name=name, password=passphrase)
    if person is None:
        raise NotKnown
    per_person.forget(f"{address} {name}")
    login(request, person)
