"""How a refusal is answered: JSON under /api, a plain page elsewhere; never with a trace of what was sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere, Refusal


class Broken(Refusal):
    status = 500
    code = "broken"
    sentence = "Something went wrong here. It is not your doing. Please try again in a while."


class NotThisWay(Refusal):
    status = 405
    code = "not_this_way"
    sentence = "This part of the site does not take that kind of request."


class NotUnderstood(Refusal):
    status = 400
    code = "not_understood"
    sentence = "That did not have the right shape, so nothing was done."


class TooLarge(Refusal):
    status = 413
    code = "too_long"
    sentence = "That is larger than this site takes."


BY_STATUS: dict[int, type[Refusal]] = {404: NotHere, 405: NotThisWay, 413: TooLarge, 500: Broken}


def is_api(request: HttpRequest) -> bool:
    return request.path == "/api" or request.path.startswith("/api/")


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refusal, with `Retry-After` where waiting helps."""
    if is_api(request):
        answer: HttpResponse = JsonResponse(refusal.as_json(), status=refusal.status)
    else:
        answer = render(request, "web/refused.html", {"refusal": refusal}, status=refusal.status)
    if refusal.wait is not None:
        answer["Retry-After"] = str(refusal.wait)
    return answer


@open_to_everyone("what does not exist answers everyone alike")
def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, NotHere())


@open_to_everyone("a malformed request gets its answer before anyone is known")
def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, NotUnderstood())


@open_to_everyone("a fault is said to whoever meets it")
def broken(request: HttpRequest) -> HttpResponse:
    return refuse(request, Broken())
