"""`sameboat serve`: database up to date, assets gathered, one process until it is told to stop."""

from __future__ import annotations

import argparse
import os
import socket
import sys

import uvicorn
from django.conf import settings

from sameboat.cli.closed import StillOpen, held
from sameboat.cli.rounds import ROUNDS, TELLING, Rounds
from sameboat.lib.loading import loaded, loading
from sameboat.lib.tables import bring_up_to_date
from sameboat.web.assets import gather

GOODBYE_SECONDS = 3


class Site(uvicorn.Server):
    """Says where it is open, once it really is."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        loaded()
        if self.started:
            print(f"Same Boat is open at {settings.ORIGIN}", flush=True)


class PortInUse(Exception):
    """The address cannot be listened on; the message says which and why."""


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
        with held(settings.DATA), _door() as door, loading():
            return _serve(door)
    except (StillOpen, PortInUse) as problem:
        print(problem, file=sys.stderr)
        return 1


def _door() -> socket.socket:
    """The listening socket, taken first, so that a port in use is said before anything is done."""
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    try:
        return socket.create_server((settings.BIND, settings.PORT), family=family, backlog=2048)
    except OSError as problem:
        raise PortInUse(f"Port {settings.PORT} of {settings.BIND} cannot be used: {problem.strerror}.") from None


def _serve(door: socket.socket) -> int:
    bring_up_to_date()
    gather()
    beside = [Rounds(ROUNDS), Rounds(TELLING)]
    for rounds in beside:
        rounds.start()
    site = Site(
        uvicorn.Config(
            "sameboat.config.asgi:application",
            access_log=False,
            server_header=False,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=GOODBYE_SECONDS,
            # Who asks is read from a proxy's header only where it matters, and no stream carries that along.
            proxy_headers=False,
            interface="asgi3",
        )
    )
    site.run(sockets=[door])
    for rounds in beside:
        rounds.end()
    return 0 if site.started else 1
