"""The shell of the app inside: the same bytes for everyone, whatever the address after /in/."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_safe

from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere


@functools.cache
def _shell(file: Path) -> tuple[bytes, str]:
    """The gathered shell and its tag, read once: it names the very assets that were gathered with it."""
    page = file.read_bytes()
    return page, f'"{hashlib.sha256(page).hexdigest()[:24]}"'


@require_safe
@open_to_everyone("an empty shell, the same for everyone; what it shows is opened in the browser")
def shell(request: HttpRequest, rest: str = "") -> HttpResponse:
    page, tag = _shell(Path(settings.STATIC_ROOT) / "inside" / "index.html")
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(page, headers={"ETag": tag})


@functools.cache
def _file(file: Path) -> bytes:
    return file.read_bytes()


@require_safe
@open_to_everyone("the service worker of the shell, the same for everyone; it stands here so that it may serve it")
def service_worker(request: HttpRequest) -> HttpResponse:
    script = _file(Path(settings.STATIC_ROOT) / "inside" / "sw.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@open_to_everyone("the picture on a home screen, which says nothing")
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_file(Path(settings.STATIC_ROOT) / "web" / "icon-192.png"), content_type="image/png")


@require_safe
@open_to_everyone("what a telephone's home screen shows: a name that the operator chose, and a picture")
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [{"src": "/in/icon.png", "sizes": "192x192", "type": "image/png", "purpose": "any"}]
    told = {"name": settings.APP_NAME, "short_name": settings.APP_NAME, "start_url": "/in/#/room", "scope": "/in/"}
    told |= {"id": "/in/", "display": "standalone", "background_color": "#faf7f2", "theme_color": "#faf7f2"}
    return JsonResponse({**told, "icons": icons}, content_type="application/manifest+json")


@require_safe
@open_to_everyone("what this release serves, signed, so that anyone can hold the site against it")
def release(request: HttpRequest) -> HttpResponse:
    for file in settings.RELEASE_FILES:
        if file.exists():
            return HttpResponse(file.read_bytes(), content_type="application/octet-stream")
    raise NotHere
