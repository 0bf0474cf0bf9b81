"""Opens the study: database up to date, assets gathered, one process until it is told to stop."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import sys

import uvicorn
from django.conf import settings

from sameboat.lib.loading import loaded, loading
from sameboat.lib.tables import bring_up_to_date
from sameboat.study.work.memory import hold_little
from sameboat.web.assets import gather

GOODBYE_SECONDS = 3


class Workbench(uvicorn.Server):
    """Says where it is open, once it really is."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        loaded()
        if self.started:
            print(f"The study is open at {settings.ORIGIN}", flush=True)


class PortInUse(Exception):
    """The address cannot be listened on; the message says which and why."""


def serve() -> int:
    """Serves until stopped. Open streams get three seconds to close. 1 where it could not open."""
    # What this process writes (database, its log, recordings) is for its own account only.
    os.umask(0o077)
    hold_little()
    try:
        with _door() as door, loading():
            # Once: tables that are still wanting would be so again.
            if prepare() and not bring_up_to_date():
                _begin_again()
            return _serve(door)
    except PortInUse as problem:
        print(problem, file=sys.stderr)
        return 1


def prepare() -> bool:
    """Brings database and assets up to date; what an interrupted upload left behind goes. Whether tables were made."""
    shutil.rmtree(settings.FILE_UPLOAD_TEMP_DIR, ignore_errors=True)
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700)
    made = bring_up_to_date()
    gather()
    return made


def _begin_again() -> None:
    """This program anew, where a system can do that: what made the tables is never needed again, and weighs 5 MB."""
    if os.name == "posix" and sys.orig_argv:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def _door() -> socket.socket:
    """The listening socket, taken first, so that a port in use is said before anything is done."""
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    try:
        return socket.create_server((settings.BIND, settings.PORT), family=family, backlog=256)
    except OSError as problem:
        raise PortInUse(_why_not(problem)) from None


def _why_not(problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.PORT} is in use. The study may be open already, at {settings.ORIGIN}"
            " (or choose another port: SAMEBOAT_STUDY_PORT)."
        )
    return f"Port {settings.PORT} of {settings.BIND} cannot be used: {os.strerror(problem.errno or 0)}."


def _serve(door: socket.socket) -> int:
    workbench = Workbench(
        uvicorn.Config(
            "sameboat.study.config.asgi:application",
            access_log=False,
            server_header=False,
            log_config=None,
            lifespan="off",
            timeout_graceful_shutdown=GOODBYE_SECONDS,
            forwarded_allow_ips=settings.PROXIES,
            interface="asgi3",
        )
    )
    workbench.run(sockets=[door])
    return 0 if workbench.started else 1
