"""The operator's first page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.outside.actions import forget_old
from sameboat.outside.models import Concern
from sameboat.outside.operator.figures import last_done, storage
from sameboat.signposts.models import Signpost, SignpostChange


@require_safe
@staff_only("operator")
def desk(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    forget_old(now=now)
    concerns = list(Concern.objects.open())
    return render(
        request,
        "operator/desk.html",
        {
            "open": len(concerns),
            "unread": sum(concern.read_at is None for concern in concerns),
            "signposts_due": Signpost.objects.due(now.date()).count(),
            "changes": SignpostChange.objects.count(),
            "storage": storage(),
            "version": settings.VERSION,
            "backup": last_done("backup"),
            "rehearsed": last_done("restore"),
            "start_mode": settings.START_MODE,
        },
    )
