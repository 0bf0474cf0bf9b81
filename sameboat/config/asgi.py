"""The process: one event loop for the live stream, eight threads of plain Django for everything else."""

from __future__ import annotations

# isort: off
import sameboat.config.ready  # noqa: F401
# isort: on

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from sameboat.circles.stream import stream
from sameboat.web.bodies import with_whole_body
from sameboat.web.headers import App, Receive, Scope, Send, with_headers

THREADS = 8

# Room for a whole answer in the queue, so that a slow reader does not hold a thread either.
threads = cast(App, WSGIMiddleware(cast(Any, get_wsgi_application()), workers=THREADS, send_queue_size=256))
pages = with_whole_body(threads, largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

# Raw ASGI coroutines by exact path: an open stream costs a few KB here, and a thread anywhere else.
STREAMS: dict[str, App] = {"/api/stream": cast(App, stream)}


async def route(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    await STREAMS.get(scope["path"], pages)(scope, receive, send)


application = with_headers(route, secure=settings.SECURE_ORIGIN)
