"""The operator's first page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sameboat.accounts.actions import make_start_code
from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.outside.models import Concern
from sameboat.outside.operator.figures import last_backup, last_restore, storage
from sameboat.oversight.models import Act, Report
from sameboat.relay.passes import how_ringing_goes
from sameboat.signposts.models import Signpost, SignpostChange
from sameboat.told.access import how_telling_goes


@require_safe
@staff_only("operator")
def desk(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    concerns = list(Concern.objects.open())
    return render(
        request,
        "operator/desk.html",
        {
            "open": len(concerns),
            "unread": sum(concern.read_at is None for concern in concerns),
            "reports": Report.objects.open().count(),
            "reports_unread": Report.objects.filter(read_at=None).count(),
            "acts": Act.objects.waiting(int(now.timestamp())).count(),
            "signposts_due": Signpost.objects.due(now.date()).count(),
            "changes": SignpostChange.objects.count(),
            "storage": storage(),
            "version": settings.VERSION,
            "backup": last_backup(),
            "rehearsed": last_restore(),
            "start_mode": settings.START_MODE,
            "telling": how_telling_goes(int(now.timestamp())),
            "ringing": how_ringing_goes(),
        },
    )


@require_POST
@staff_only("operator")
def start_code(request: HttpRequest) -> HttpResponse:
    """Makes a code and shows it this once; only its hash is stored."""
    code = make_start_code(now=int(clock.seconds()))
    return render(request, "operator/start_code.html", {"code": code})
