"""What every template of the study may name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sameboat.study.team.answers import SAID
from sameboat.study.team.doors import doors
from sameboat.study.team.models import Role


def study(request: HttpRequest) -> dict[str, Any]:
    """Who asks, the study of the address with its doors, and whether people sign in here."""
    seat = getattr(request, "seat", None)
    return {
        "site_name": settings.SITE_NAME,
        "team": settings.TEAM,
        "researcher": getattr(request, "researcher", None),
        "seat": seat,
        "study": seat.study if seat else None,
        "may_code": bool(seat and seat.may(Role.CODER)),
        "said": SAID.get(request.GET.get("said", ""), ""),
        "doors": doors(seat, request.path) if seat else [],
    }
