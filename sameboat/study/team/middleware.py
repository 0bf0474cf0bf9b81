"""Who asks: on a laptop the one person at it, on a team's server whoever has come in, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from sameboat.lib.refusals import SignInFirst
from sameboat.study.team.signed_in import who_asks
from sameboat.web.answers import is_api

SIGN_IN, SECOND_STEP = "/sign-in/", "/me/phone"


class ResearcherMiddleware:
    """Puts `researcher` on the request; a page that needs one and has none leads to the door."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.researcher = who_asks(request)  # type: ignore[attr-defined]
        return self.respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, SignInFirst) and not is_api(request):
            # Who has come in and has no second step yet makes one before anything else.
            door = SECOND_STEP if request.user.is_authenticated else SIGN_IN
            return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
        return None
