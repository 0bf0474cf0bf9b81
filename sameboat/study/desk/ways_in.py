"""How researchers of a team come in and go out; signing in itself is django-allauth's."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sameboat.lib import clock
from sameboat.lib.limits import Limit
from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import Refusal
from sameboat.study.desk import invitations
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Invitation, Researcher

LINKS = Limit("study-links", burst=30, every=5.0)
LONGEST = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("whoever holds the link is the one who was invited; a used or unknown one is over")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link: to come in new, to take part as who one is here already, or to choose a new passphrase."""
    LINKS.spend(request.META.get("REMOTE_ADDR", ""), now=clock.seconds())
    found = invitations.open_invitation(token, now=clock.now())
    who: Researcher | None = getattr(request, "researcher", None)
    if request.method != "POST":
        return _page(request, found, who)
    try:
        if found.researcher is None and who is not None:
            invitations.take(found, who, now=clock.now())
            return SeeOther(_first_page(found))
        return _let_in(request, found, _new_or_known(request, found, token))
    except Refusal as refusal:
        return _page(request, found, who, refusal)


def _new_or_known(request: HttpRequest, found: Invitation, token: str) -> Researcher:
    passphrase = request.POST.get("passphrase", "")[:LONGEST]
    if found.researcher is not None:
        return invitations.choose_passphrase(token, passphrase, now=clock.now())
    name, email = request.POST.get("name", ""), request.POST.get("email", "")
    return invitations.come_in(token, name, email, passphrase, now=clock.now())


def _let_in(request: HttpRequest, found: Invitation, researcher: Researcher) -> HttpResponse:
    login = Login(user=researcher, email_verification="none", redirect_url=_first_page(found))
    answer: HttpResponse = perform_password_login(request, {"email": researcher.email}, login)
    return answer


def _first_page(found: Invitation) -> str:
    return reverse("study-home", kwargs={"sid": found.study_id}) if found.study_id else "/"


def _page(
    request: HttpRequest, found: Invitation, who: Researcher | None, refusal: Refusal | None = None
) -> HttpResponse:
    said = {
        "invitation": found,
        "who": who,
        "refusal": refusal,
        "name": request.POST.get("name", ""),
        "email": request.POST.get("email", ""),
        "shortest": invitations.SHORTEST_PASSPHRASE,
    }
    return render(request, "desk/invitation.html", said, status=refusal.status if refusal else 200)


@require_POST
@open_to_everyone("ending a session that may already have ended")
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return SeeOther(reverse("account_login"))
