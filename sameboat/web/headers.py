"""Security headers on every answer: pages, assets, errors and the live stream alike.

One ASGI wrapper outside everything, so that no view can forget them and no answer escapes.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types sameboat",
    ]
)
CLOSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer",
    "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
# Inside, where people speak with each other, and are heard without another press; a dark screen could end that.
# Each browser still asks its person for the microphone.
SPEAKING = frozenset({"autoplay", "microphone", "screen-wake-lock"})


def _permissions(opened: frozenset[str] = frozenset()) -> str:
    return ", ".join(f"{feature}={'(self)' if feature in opened else '()'}" for feature in CLOSED_FEATURES)


ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "integrity-policy": "blocked-destinations=(script)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "permissions-policy": _permissions(),
    # Nothing goes to another site. With "no-referrer" our own forms would be sent with `Origin: null`.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
NOT_FOR_SEARCH = ("/in", "/api", "/operator", "/concern")


def wanted(path: str, *, secure: bool, policy: str = CONTENT_SECURITY_POLICY) -> dict[str, str]:
    """The headers for an answer at this path. `secure`: the site is reached over https."""
    headers = {**ALWAYS, "content-security-policy": policy}
    if path.startswith(NOT_FOR_SEARCH):
        headers["x-robots-tag"] = "noindex"
    if secure:
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    if path == "/in" or path.startswith("/in/"):
        # The shell holds nothing of anyone and may be kept; it is asked for again each time.
        headers["cache-control"] = "no-cache"
        headers["permissions-policy"] = _permissions(SPEAKING)
    elif not path.startswith("/assets/"):
        headers["cache-control"] = "no-store"
    return headers


@functools.lru_cache(maxsize=256)
def _ready(path: str, secure: bool, policy: str) -> tuple[frozenset[bytes], list[tuple[bytes, bytes]]]:
    # Kept, because every open stream holds on to its own until it ends.
    ours = wanted(path, secure=secure, policy=policy)
    return frozenset(name.encode() for name in ours), [(n.encode(), v.encode()) for n, v in ours.items()]


def with_headers(app: App, *, secure: bool, policy: str = CONTENT_SECURITY_POLICY) -> App:
    """Wraps an ASGI app so that ours replace headers of the same name."""

    def wrapped(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] != "http":
            return app(scope, receive, send)
        names, ours = _ready(scope["path"], secure, policy)

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in names]
                message["headers"] = kept + ours
                if not any(name.lower() == b"cache-control" for name, _ in message["headers"]):
                    # An asset that is not there: the answer is a page, and a later release may bring the asset.
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        return app(scope, receive, send_with)

    return wrapped
