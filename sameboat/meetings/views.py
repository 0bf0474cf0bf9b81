"""The one page without a sign-in: a calendar program asks for its calendar by the secret in its address."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sameboat.lib import clock
from sameboat.lib.limits import Limit
from sameboat.lib.policy import open_to_everyone
from sameboat.meetings import access
from sameboat.meetings.feed import write_feed

# Programs ask a few times a day. Counted by secret, a guessed one like any other, so that both answer alike.
ASKING = Limit("calendar", burst=30, every=10.0)


@require_safe
@open_to_everyone("a calendar program holds no key: the secret in the address is the proof")
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A member's own meetings, as times under words of their own."""
    now = int(clock.seconds())
    ASKING.spend(secret, now=now)
    found = access.calendar_by_secret(secret, now=now)
    body = write_feed(found, now=now)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Disposition": 'inline; filename="calendar.ics"', "X-Robots-Tag": "noindex"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
