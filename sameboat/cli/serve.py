"""`sameboat serve`: database up to date, assets gathered, one process until it is told to stop."""

from __future__ import annotations

import argparse
import os
import socket
import sys

import uvicorn
from django.conf import settings
from django.core.management import call_command

from sameboat.cli.closed import StillOpen, held
from sameboat.cli.rounds import ROUNDS, Rounds
from sameboat.web.assets import gather

GOODBYE_SECONDS = 3


class Site(uvicorn.Server):
    """Says where it is open, once it really is."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Same Boat is open at {settings.ORIGIN}", flush=True)


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Serves until stopped. Open streams get three seconds to close. 1 where it could not open."""
    if not settings.SHELL_FILE.exists():
        print("The browser part is not built. Type: make build", file=sys.stderr)
        return 1
    # What this process writes (database, its log, copies) is for its own account only.
    os.umask(0o077)
    try:
        with held(settings.DATA):
            return _serve()
    except StillOpen as problem:
        print(problem, file=sys.stderr)
        return 1


def _serve() -> int:
    call_command("migrate", interactive=False, verbosity=0)
    gather()
    rounds = Rounds(ROUNDS)
    rounds.start()
    site = Site(
        uvicorn.Config(
            "sameboat.config.asgi:application",
            host=settings.BIND,
            port=settings.PORT,
            access_log=False,
            server_header=False,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=GOODBYE_SECONDS,
            forwarded_allow_ips=settings.PROXIES,
        )
    )
    site.run()
    rounds.end()
    return 0 if site.started else 1
