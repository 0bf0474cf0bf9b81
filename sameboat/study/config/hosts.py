"""Only our own names are answered, by everything: pages, assets and the live stream.

On a laptop nobody signs in, so a page elsewhere whose name is made to point at this machine must get nothing.
"""

from __future__ import annotations

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from sameboat.web.headers import App, Receive, Scope, Send


def with_known_hosts(app: App) -> App:
    """Wraps an ASGI app so that a request under another name is refused before anything looks at it."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_ours(scope):
            await send({"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"This is not the name of this site.\n"})
            return
        await app(scope, receive, send)

    return wrapped


def _is_ours(scope: Scope) -> bool:
    names = [value for name, value in scope["headers"] if name == b"host"]
    if len(names) != 1:
        return False
    domain, _ = split_domain_port(names[0].decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
