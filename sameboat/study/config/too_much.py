"""What is too large is read to its end and thrown away piece by piece; then a page says what the most is.

Who answers earlier cuts the line, and the browser shows an error of its own in place of our sentence.
"""

from __future__ import annotations

from sameboat.web.headers import App, Message, Receive, Scope, Send

PAGE = "/too-much"
_OF_THE_BODY = {b"content-length", b"content-type", b"transfer-encoding"}


async def said_at_the_end(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a request whose body is too large with the page at PAGE, once all of it has come."""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return
        more = message.get("more_body", False)
    headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _OF_THE_BODY]
    asked = {"method": "GET", "path": PAGE, "raw_path": PAGE.encode(), "query_string": b"", "headers": headers}
    await app({**scope, **asked}, _nothing, send)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
