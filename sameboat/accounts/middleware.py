"""Who is asking: puts `account` and `member_session` on every request under /api, and bounds what is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from sameboat.accounts import access, actions, limits
from sameboat.accounts.models import Account, Session
from sameboat.accounts.refusals import Closing
from sameboat.lib import clock
from sameboat.lib.refusals import SlowDown
from sameboat.web.answers import TooLarge, refuse

# Longest bodies by the last part of an address, in bytes; all others carry a few short fields.
ROOM = {
    "messages": 32_768,
    "signals": 32_768,
    "events": 1_048_576,
    "circles": 1_048_576,
    "accounts": 1_048_576,
    "unlockers": 1_048_576,
    "renewal": 1_048_576,
    "asides": 65_536,
    "close": 65_536,
    "account": 393_216,
    "pins": 393_216,
    "mine": 393_216,
}
ROOM_OTHERWISE = 16_384
SAFE = {"GET", "HEAD", "OPTIONS"}
# Going is never slowed down.
ALWAYS = ("/api/leave", "/api/session")
WHILE_CLOSING = ("/api/session", "/api/records/", "/api/leave", "/api/account/reopen", "/api/home")
# Coming in with a passkey that only signs in, to undo it: what was typed afterwards is tried on one's own wrapped keys.
ALONE_WHILE_CLOSING = {("POST", "/api/passkeys/session"), ("GET", "/api/unlockers")}


class MemberRequest(HttpRequest):
    """What an operation of a member sees."""

    account: Account
    member_session: Session


class MembersMiddleware:
    """Finds the session of the cookie. Everything not under /api passes without being looked at."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return self.respond(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        room = ROOM.get(request.path.rpartition("/")[2], ROOM_OTHERWISE)
        if not length.isdigit() or int(length) > room:
            return refuse(request, TooLarge())
        now = int(clock.seconds())
        session = access.session_of(request.COOKIES.get(access.COOKIE), now=now)
        account = session.account if session else None
        if session:
            actions.renew(session, now=now)
        request.account = account  # type: ignore[attr-defined]
        request.member_session = session  # type: ignore[attr-defined]
        if account and account.closing_at and not _is_good_while_closing(request):
            return refuse(request, Closing())
        if account and request.method not in SAFE and not request.path.startswith(ALWAYS):
            try:
                limits.CHANGES.spend(bytes(account.pk).hex(), now=now)
            except SlowDown as refusal:
                return refuse(request, refusal)
        return self.respond(request)


def _is_good_while_closing(request: HttpRequest) -> bool:
    return request.path.startswith(WHILE_CLOSING) or (request.method, request.path) in ALONE_WHILE_CLOSING
