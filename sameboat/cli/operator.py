"""`sameboat operator add NAME` and `sameboat operator link NAME`: who may open the operator's page."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.conf import settings
from django.db import transaction

from sameboat.lib.refusals import Refusal
from sameboat.lib.tables import bring_up_to_date
from sameboat.staff.actions import add_operator, first_link, set_passphrase
from sameboat.staff.models import Person


def arguments(parser: argparse.ArgumentParser) -> None:
    """`add` or `link`, and a name; an e-mail address will do as a name and is written to by nobody."""
    parser.add_argument("verb", choices=["add", "link"], help="add somebody, or make a new link for them")
    parser.add_argument("name", metavar="EMAIL", help="the name to sign in with, such as an e-mail address")
    parser.add_argument("--passphrase", action="store_true", help="ask for a passphrase here, make no link")


def run(options: argparse.Namespace) -> int:
    """Prints a one-time link, or asks for a passphrase. 1 where the name or the words will not do."""
    bring_up_to_date()
    try:
        with transaction.atomic():
            person = _wanted(options)
            if options.passphrase:
                set_passphrase(person, getpass.getpass("Passphrase (at least 15 characters): "))
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    if options.passphrase:
        print(f"{person.name} can sign in at {settings.ORIGIN}/operator/sign-in now.")
        return 0
    print(f"Give this link to {person.name}, and to nobody else. It works once, within three days:")
    print(first_link(person))
    return 0


def _wanted(options: argparse.Namespace) -> Person:
    if options.verb == "add":
        return add_operator(options.name)
    try:
        return Person.objects.get(name=options.name, is_active=True)
    except Person.DoesNotExist:
        raise Refusal("Nobody with this name runs things here. Type: sameboat operator add NAME") from None
