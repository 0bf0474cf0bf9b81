"""The process: one event loop for the live stream, eight threads of plain Django for everything else."""

from __future__ import annotations

# isort: off
import sameboat.config.ready  # noqa: F401
# isort: on

from collections.abc import Awaitable
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from sameboat.circles.stream import stream
from sameboat.lib import turns
from sameboat.web.bodies import with_whole_body
from sameboat.web.headers import App, Receive, Scope, Send, with_headers

THREADS = 8


def counted(application: Any) -> Any:
    """Says while a request is being answered, for what the site does by itself to give way."""

    def answered(*given: Any) -> Any:
        with turns.serving():
            return application(*given)

    return answered


# Room for a whole answer in the queue, so that a slow reader does not hold a thread either.
threads = cast(App, WSGIMiddleware(counted(get_wsgi_application()), workers=THREADS, send_queue_size=256))
whole = with_whole_body(threads, largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
pages = cast(App, ProxyHeadersMiddleware(cast(Any, whole), trusted_hosts=settings.PROXIES))

# Raw ASGI coroutines by exact path: an open stream costs a few KB here, and a thread anywhere else.
STREAMS: dict[str, App] = {"/api/stream": cast(App, stream)}


def route(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
    """Not a coroutine, nor is what stands around it: an open stream would hold a frame of each until it ends."""
    app = STREAMS.get(scope["path"], pages) if scope["type"] == "http" else nothing
    return app(scope, receive, send)


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """There are no web sockets here."""


application = with_headers(route, secure=settings.SECURE_ORIGIN)
