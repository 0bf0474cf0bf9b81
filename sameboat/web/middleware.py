"""Two gates every request passes: refusals become answers, and nothing is changed from another site."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sameboat.lib.refusals import NotJson, Refusal, WrongOrigin
from sameboat.web.answers import BY_STATUS, NotUnderstood, is_api, refuse

Respond = Callable[[HttpRequest], HttpResponseBase]
SAFE = {"GET", "HEAD", "OPTIONS"}


class RefusalsMiddleware:
    """Answers a Refusal raised by a view, and gives every error under /api the one JSON shape."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.respond(request)
        if answer.status_code >= 400 and is_api(request) and "json" not in answer.get("Content-Type", ""):
            return refuse(request, BY_STATUS.get(answer.status_code, NotUnderstood)())
        return answer

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return refuse(request, problem) if isinstance(problem, Refusal) else None


class OwnOriginMiddleware:
    """A request that changes something must come from our own pages, and to /api only as JSON.

    This stands in the place of CSRF tokens: forms outside set no cookie, and members' cookies are Strict.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self.respond(request)
        if not came_from_here(request):
            return refuse(request, WrongOrigin())
        if is_api(request) and _has_body(request) and request.content_type != "application/json":
            return refuse(request, NotJson())
        return self.respond(request)


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser (or client) says that our own origin sent this. Saying nothing is a no."""
    origin = request.headers.get("Origin")
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site != "same-origin":
        return False
    if origin is not None:
        # The host was checked against ALLOWED_HOSTS, so this adds only localhost's other names.
        return origin in {settings.ORIGIN, f"{request.scheme}://{request.get_host()}"}
    return fetch_site is not None


def _has_body(request: HttpRequest) -> bool:
    return request.headers.get("Content-Length", "0") != "0"
