"""The shell of the app inside: the same bytes for everyone, whatever the address after /in/."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from sameboat.lib.policy import open_to_everyone


@require_safe
@open_to_everyone("an empty shell, the same for everyone; what it shows is opened in the browser")
def shell(request: HttpRequest, rest: str = "") -> HttpResponse:
    page = settings.SHELL_FILE.read_bytes()
    tag = f'"{hashlib.sha256(page).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(page, headers={"ETag": tag})
