"""Talks of two over HTTP: opened from a group both are in, closed by either."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from ninja import Router

from sameboat.accounts.api import now
from sameboat.accounts.middleware import MemberRequest
from sameboat.circles import access
from sameboat.circles.actions import talks
from sameboat.circles.api import BatchIn
from sameboat.lib.policy import members_only
from sameboat.protocol.encoding import b64u

router = Router(tags=["talks"])


@router.post("/circles/{circle}/talks")
@members_only
def open_talk(request: MemberRequest, circle: str, body: BatchIn) -> HttpResponse:
    """Opens a talk with one other member of this group."""
    membership = access.my_membership(request.account, circle)
    return JsonResponse({"circle": b64u(talks.open_talk(membership, body.batch(), now=now()))}, status=201)


@router.post("/circles/{circle}/close")
@members_only
def close(request: MemberRequest, circle: str) -> HttpResponse:
    """Closes a talk: nothing of it is delivered here any more."""
    talks.close(access.my_membership(request.account, circle))
    return HttpResponse(status=204)
