"""The page behind the one question to a mailbox. Mail programs look at links by themselves: only a press says yes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sameboat.lib.policy import open_to_everyone
from sameboat.told import access, actions


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_everyone("whoever reads the mailbox holds the link")
def yes(request: HttpRequest, link: str) -> HttpResponse:
    mailbox = access.asked_mailbox(link)
    if request.method == "POST":
        actions.confirm_mailbox(mailbox)
    return render(request, "told/yes.html", {"said": request.method == "POST"})
