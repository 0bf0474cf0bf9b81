"""How people who run things come in and go out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.staff.access import person_by_link
from sameboat.staff.actions import set_passphrase
from sameboat.staff.actions import sign_in as open_session

DESK = "/operator/"


class SeeOther(HttpResponseRedirect):
    """303: whatever was sent, the next request is a plain look."""

    status_code = 303


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("the door itself; what lies behind it asks for a session")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "staff/sign_in.html")
    name = request.POST.get("name", "").strip()[:80]
    try:
        open_session(request, name, request.POST.get("passphrase", "")[:1000], now=clock.seconds())
    except Refusal as refusal:
        return render(request, "staff/sign_in.html", {"name": name, "refusal": refusal}, status=refusal.status)
    return SeeOther(DESK)


@require_POST
@open_to_everyone("ending a session that may already have ended")
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return SeeOther("/operator/sign-in")


@require_safe
@open_to_everyone("leaving works for anyone, at once")
def leave(request: HttpRequest) -> HttpResponse:
    """The way out from the operator's pages: their session is not a member's, so it ends here."""
    logout(request)
    return SeeOther(settings.EXIT_TO)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("a one-time link from the command line; a wrong or used one is answered as nothing there")
def first_time(request: HttpRequest, number: int, token: str) -> HttpResponse:
    person = person_by_link(number, token)
    if person is None:
        raise NotHere
    if request.method != "POST":
        return render(request, "staff/first_time.html", {"person": person})
    try:
        set_passphrase(person, request.POST.get("passphrase", "")[:1000])
    except Refusal as refusal:
        kept = {"person": person, "refusal": refusal}
        return render(request, "staff/first_time.html", kept, status=refusal.status)
    return SeeOther("/operator/sign-in")
