"""Who asks: on a laptop the one person at it, on a team's server whoever has come in, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from sameboat.lib.refusals import SignInFirst
from sameboat.study.team.actions import person_here
from sameboat.study.team.models import Researcher
from sameboat.web.answers import is_api

SIGN_IN = "/sign-in/"


class ResearcherMiddleware:
    """Puts `researcher` on the request; a page that needs one and has none leads to the door."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.researcher = who_asks(request)  # type: ignore[attr-defined]
        return self.respond(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, SignInFirst) and not is_api(request):
            return HttpResponseRedirect(f"{SIGN_IN}?{urlencode({'next': request.get_full_path()})}")
        return None


def who_asks(request: HttpRequest) -> Researcher | None:
    """The researcher of this request, or None."""
    if not settings.TEAM:
        return person_here()
    user = request.user
    return user if isinstance(user, Researcher) and user.is_active else None
