"""`sameboat serve`: database up to date, assets gathered, one process until it is told to stop."""

from __future__ import annotations

import argparse
import socket

import uvicorn
from django.conf import settings
from django.core.management import call_command

from sameboat.web.assets import gather

GOODBYE_SECONDS = 3


class Site(uvicorn.Server):
    """Says where it is open, once it really is."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Same Boat is open at {settings.ORIGIN}", flush=True)


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options of its own; `--data` and `--port` stand before the command."""


def run(options: argparse.Namespace) -> int:
    """Serves until stopped. Open streams get three seconds to close."""
    if not settings.SHELL_FILE.exists():
        print("The browser part is not built. Type: make build")
        return 1
    call_command("migrate", interactive=False, verbosity=0)
    gather()
    config = uvicorn.Config(
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
    site = Site(config)
    site.run()
    return 0 if site.started else 1
