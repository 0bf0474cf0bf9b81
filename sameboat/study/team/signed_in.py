"""Who is behind a request that no Django view sees: the live stream reads the cookie itself."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from sameboat.study.team.actions import person_here
from sameboat.study.team.models import Researcher


def who_holds(cookie: str) -> Researcher | None:
    """The researcher of a Cookie header; on a laptop the person at it. Reads the database."""
    if not settings.TEAM:
        return person_here()
    try:
        held = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if held is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(held.value)
    user = get_user(request)
    return user if isinstance(user, Researcher) and user.is_active else None
