"""Who is behind a request: on a laptop who sits at it, on a team's server who has come in with both steps."""

from __future__ import annotations

import uuid
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from sameboat.study.team.actions import person_here
from sameboat.study.team.models import Researcher

# On a laptop: who of several coders sits there now. It opens nothing that the laptop itself does not.
SITTING = "sitting"


def who_asks(request: HttpRequest) -> Researcher | None:
    """The researcher of a request, or None."""
    if not settings.TEAM:
        return who_sits(request.COOKIES.get(SITTING, ""))
    return _with_both_steps(request.user)


def who_holds(cookie: str) -> Researcher | None:
    """The same for a Cookie header that no Django view sees: the live stream's. Reads the database."""
    held = _cookies(cookie)
    if not settings.TEAM:
        return who_sits(held.get(SITTING, ""))
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(held.get(settings.SESSION_COOKIE_NAME))
    return _with_both_steps(get_user(request))


def who_sits(chosen: str) -> Researcher:
    """The chosen coder of this laptop, or its own person."""
    try:
        found = Researcher.objects.filter(id=uuid.UUID(chosen), email=None).first() if chosen else None
    except ValueError:
        found = None
    return found or person_here()


def _with_both_steps(user: Any) -> Researcher | None:
    if not isinstance(user, Researcher) or not user.is_active:
        return None
    second = apps.get_model("mfa", "Authenticator").objects.filter(user=user, type="totp")
    return user if second.exists() else None


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: held.value for name, held in SimpleCookie(header).items()}
    except CookieError:
        return {}
