"""The process: one event loop for live streams, eight threads of plain Django for everything else."""

from __future__ import annotations

# isort: off
import sameboat.study.config.ready  # noqa: F401
# isort: on

import re
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from sameboat.study.coding.live import live
from sameboat.study.config.hosts import with_known_hosts
from sameboat.study.config.too_much import said_at_the_end
from sameboat.web.bodies import with_whole_body
from sameboat.web.headers import CONTENT_SECURITY_POLICY, App, Receive, Scope, Send, with_headers

THREADS = 8
# What is larger is a file, and goes to the disk as it comes in.
WHOLE_BODY = 2 * 1024 * 1024
FROM_FILE = "/studies/from-file"
LIVE = re.compile(r"/api/studies/([0-9a-f-]{36})/live\Z")
# Recordings are listened to beside their text.
POLICY = CONTENT_SECURITY_POLICY + "; media-src 'self'"

threads = cast(App, WSGIMiddleware(cast(Any, get_wsgi_application()), workers=THREADS, send_queue_size=256))
small = with_whole_body(threads, largest=WHOLE_BODY)


async def route(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    found = LIVE.match(scope["path"])
    if found is not None:
        await live(scope, receive, send, found[1])
    elif _length(scope) <= WHOLE_BODY or scope["path"].startswith("/api/"):
        await small(scope, receive, send)
    elif _length(scope) <= (settings.LARGEST_BACKUP if scope["path"] == FROM_FILE else settings.LARGEST_UPLOAD):
        await threads(scope, receive, send)
    else:
        await said_at_the_end(threads, scope, receive, send)


def _length(scope: Scope) -> int:
    given = dict(scope["headers"]).get(b"content-length", b"0")
    return int(given) if given.isdigit() else 0


application = with_headers(with_known_hosts(route), secure=settings.SECURE_ORIGIN, policy=POLICY)
