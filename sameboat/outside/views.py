"""The public pages that only say something. None sets a cookie or asks who is reading."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere
from sameboat.outside.models import KEPT_AFTER_CLOSING
from sameboat.signposts.access import help_in, signpost_page, young_in
from sameboat.signposts.countries import BY_CODE, COUNTRIES


@require_safe
@open_to_everyone("the front page")
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/front.html")


@require_safe
@open_to_everyone("a seeker has no account")
def find(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/find.html")


@require_safe
@open_to_everyone("read before deciding anything")
def how_groups_work(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/how_groups_work.html")


@require_safe
@open_to_everyone("the limits of confidentiality are readable without an account")
def what_stays_here(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/what_stays_here.html")


@require_safe
@open_to_everyone("what the server knows is said to whoever asks")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request, "outside/privacy.html", {"concern_days": KEPT_AFTER_CLOSING.days, "country": settings.COUNTRY}
    )


@require_safe
@open_to_everyone("the accessibility statement")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/accessibility.html", {"country": settings.COUNTRY})


@require_safe
@open_to_everyone("for people whose browser cannot come in")
def old_browser(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/old_browser.html")


@require_safe
@open_to_everyone("for people under 18; nothing is recorded")
def under_18(request: HttpRequest) -> HttpResponse:
    country = BY_CODE[settings.COUNTRY]
    return render(request, "outside/under_18.html", {"country": country, "signposts": young_in(country.code)})


@require_safe
@open_to_everyone("help is one press away for anyone, signed in or not")
def get_help(request: HttpRequest, code: str = "") -> HttpResponse:
    country = BY_CODE.get(code or settings.COUNTRY)
    if country is None:
        raise NotHere
    return render(
        request,
        "outside/help.html",
        {
            "country": country,
            "parts": help_in(country.code),
            "others": [other for other in COUNTRIES if other is not country],
        },
    )


@require_safe
@open_to_everyone("leads to the web page of a row in the help table, so that no page of ours names another origin")
def go_to_signpost(request: HttpRequest, key: str) -> HttpResponse:
    return HttpResponseRedirect(f"https://{signpost_page(key).number}")
