"""`sameboat check`: looks whether this server is set up well; with `--deploy`, whether people may be let in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sameboat.config import env
from sameboat.oversight.access import contact_key
from sameboat.relay import passes
from sameboat.told.access import set_up_wrong

# Seen over a shoulder or in a history, the address itself must say nothing.
TELLING = ("selfharm", "self-harm", "harm", "suicide", "crisis", "cutting", "mental")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="also what must hold before people are let in")


def run(options: argparse.Namespace) -> int:
    """Prints each thing to mend with what to do; 1 where there is one."""
    problems = [*_anywhere(), *(_before_people_come() if options.deploy else ())]
    for problem in problems:
        print(f"- {problem}")
    if not problems:
        print("All is well.")
    return 1 if problems else 0


def _anywhere() -> Iterator[str]:
    yield from (f"{found.msg} {found.hint or ''}".strip() for found in run_checks())
    if not settings.SHELL_FILE.exists():
        yield "The browser part is not built. Type: make build"
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "The database is not up to date. `sameboat serve` brings it up to date at its start."
    except DatabaseError:
        yield f"The database cannot be reached. Look at {env.PREFIX}DATABASE."
    if settings.DATA.stat().st_mode & 0o077:
        yield f"Other accounts of this machine can look into the data folder. Type: chmod 700 {settings.DATA}"


def _before_people_come() -> Iterator[str]:
    named = env.PREFIX
    if settings.CLOCK_FILE:
        yield f"{named}CLOCK_FILE is for tests only: whoever writes that file moves the clock. Take it away."
    if not settings.SECURE_ORIGIN:
        yield f"{named}ORIGIN must begin with https:// so that nobody on the way can change what browsers run."
    if not settings.OPERATOR_CONTACT:
        yield f"{named}OPERATOR_CONTACT is empty: people who raise a concern must know whom they tell."
    if not settings.CONTACT_KEY:
        yield f"{named}CONTACT_KEY is empty: who is removed can ask nobody outside. Type: sameboat contact make"
    elif contact_key() is None:
        yield f"{named}CONTACT_KEY is no key. Take the line that `sameboat contact make` printed."
    yield from _telling(named)
    yield from (f"{named}{problem}" for problem in passes.set_up_wrong())
    if any(word in (settings.ORIGIN + settings.SITE_NAME).lower().replace(" ", "") for word in TELLING):
        yield f"{named}ORIGIN or {named}SITE_NAME holds the topic. Choose names that say nothing."
    if not settings.EXIT_TO.startswith("https://"):
        yield f"{named}EXIT_TO must be an ordinary https page."
    if settings.BIND not in {"127.0.0.1", "::1", "localhost"}:
        yield f"{named}BIND lets others reach this server past the web server with TLS. Use 127.0.0.1."


def _telling(named: str) -> Iterator[str]:
    yield from (f"{named}{problem}" for problem in set_up_wrong())
    seen = (settings.TOLD_WORDS + settings.APP_NAME + settings.MAIL_FROM).lower().replace(" ", "")
    if any(word in seen for word in TELLING):
        yield f"{named}TOLD_WORDS, {named}APP_NAME or {named}MAIL_FROM holds the topic. A locked screen shows them."
