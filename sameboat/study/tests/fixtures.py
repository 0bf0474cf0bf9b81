"""Fixtures of every test of the study, wherever it stands.

The people: Rosa leads the study. Tariq codes with her; Noor codes and is blind to the others' coding; Wim only reads.
Yara is a researcher with no part in this study. On a laptop there is one person, who does not sign in.
"""

from __future__ import annotations

# isort: off
import sameboat.study.tests.ready  # noqa: F401
# isort: on

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from sameboat.study.readers.tests.real import pytest_collection_modifyitems, pytest_terminal_summary
from sameboat.study.team.actions import add_member, person_here, start_study
from sameboat.study.team.models import Researcher, Role, Study
from sameboat.study.tests.served import laptop_study, serve_study
from sameboat.study.transcripts import key_box
from sameboat.web.assets import gather

__all__ = ["laptop_study", "pytest_collection_modifyitems", "pytest_terminal_summary", "serve_study"]
NOW = datetime.datetime(2026, 3, 2, 10, 0, tzinfo=datetime.UTC)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("sameboat.study.tests.tables")


@pytest.fixture(scope="session", autouse=True)
def assets() -> None:
    """Pages name their assets by hash, so these are gathered first, as the study does when it starts."""
    gather()
    # As in a running study, the middleware is put together once, and not anew with all assets for each browser.
    once = ClientHandler()
    once.load_middleware()
    ClientHandler._middleware_chain = staticmethod(once._middleware_chain)


@pytest.fixture(scope="session", autouse=True)
def quick_locks() -> Iterator[None]:
    """The list of names is locked as always and costs nothing: a study that runs pays for it in full."""
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr(key_box, "MEMORY_KIB", 8)
        cheap.setattr(key_box, "PASSES", 1)
        yield


@dataclass
class People:
    """The researchers of the tests, and a client for each of them."""

    rosa: Researcher
    tariq: Researcher
    noor: Researcher
    wim: Researcher
    yara: Researcher

    def client(self, name: str) -> Client:
        """A browser in which this person has come in, sending our own Origin."""
        client = new_client()
        client.force_login(getattr(self, name), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client


def new_client() -> Client:
    return Client(headers={"origin": settings.ORIGIN})


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows that all tests of a file begin with are made after this; each test rolls back its own, this all of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def researchers() -> People:
    """Everyone, with no study yet."""
    names = ("Rosa", "Tariq", "Noor", "Wim", "Yara")
    made = [Researcher.objects.add(name, f"{name.lower()}@study.example") for name in names]
    # Each has made a second step, as everyone must; how is tried in tests/study/test_sign_in.py.
    Authenticator.objects.bulk_create([Authenticator(user=one, type=Authenticator.Type.TOTP, data={}) for one in made])
    return People(*made)


@pytest.fixture
def people(db: None) -> People:
    return researchers()


@pytest.fixture
def study(people: People) -> Study:
    """A study without anything in it, led by Rosa."""
    made = start_study(people.rosa, "Two groups", question="What keeps people coming?", now=NOW)
    add_member(made, people.tariq, Role.CODER)
    add_member(made, people.noor, Role.CODER, blind=True)
    add_member(made, people.wim, Role.READER)
    return made


@pytest.fixture
def nobody() -> Client:
    """A browser in which nobody has come in."""
    return new_client()


@pytest.fixture
def signed_in(people: People) -> Callable[[str], Client]:
    """`signed_in("rosa")`: a browser in which this person has come in."""
    return people.client


@pytest.fixture
def laptop(db: None) -> Iterator[Client]:
    """A browser on a laptop, where nobody signs in; `person_here()` is the person at it."""
    with override_settings(TEAM=False):
        person_here()
        yield new_client()
