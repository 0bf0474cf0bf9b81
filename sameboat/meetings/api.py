"""Meetings over HTTP: plans as hosts signed them, when to be told, and one's calendar address."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts.actions import require_way_signed
from sameboat.accounts.api import now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.shapes import Body, Seconds, Signature, Sized
from sameboat.lib.limits import Limit
from sameboat.lib.policy import hosts_only, members_only
from sameboat.meetings import access, actions
from sameboat.protocol.verify import PLAN_MOST

router = Router(tags=["meetings"])
# Each reads a circle's whole log.
RETURNING = Limit("plan handed back", burst=40, every=2.0)


class PlanIn(Body):
    """A plan and its author's signature (SPEC 17)."""

    plan: Annotated[bytes, Sized(1, PLAN_MOST)]
    sig: Signature


class PlanAgain(PlanIn):
    author: Annotated[bytes, Sized(16, 16)]


class RemindersIn(Body):
    day_before: bool
    two_hours_before: bool


class CalendarIn(Body):
    """Words for the entries; `anew` ends the address so far and makes another. Signed for (P57)."""

    title: Annotated[str, Field(max_length=200)]
    anew: bool = False
    time: Seconds
    sig: Signature


@router.get("/circles/{circle}/meetings")
@members_only
def meetings(request: MemberRequest, circle: str) -> HttpResponse:
    """When my group meets: plans with signatures, the next days of each, and when I am told."""
    membership = access.my_group(request.account, circle)
    told = access.meetings_for(membership, now=now())
    return JsonResponse({"meetings": told, "reminders": access.reminders_of(membership)})


@router.post("/circles/{circle}/meetings")
@hosts_only
def plan(request: MemberRequest, circle: str, body: PlanIn) -> HttpResponse:
    """Plans a meeting or changes one, as a host signed it."""
    membership, t = access.my_group(request.account, circle), now()
    row = actions.put_plan(membership, body.plan, body.sig, now=t)
    return JsonResponse(access.told(row, now=t), status=201)


@router.post("/circles/{circle}/meetings/again")
@members_only
def plan_again(request: MemberRequest, circle: str, body: PlanAgain) -> HttpResponse:
    """Hands back a plan, as a host signed it, that a copy put back did not hold."""
    membership, t = access.my_group(request.account, circle), now()
    RETURNING.spend(bytes(request.account.pk).hex(), now=t)
    row = actions.put_again(membership, body.author, body.plan, body.sig, now=t)
    return JsonResponse(access.told(row, now=t))


@router.put("/circles/{circle}/reminders")
@members_only
def remind_me(request: MemberRequest, circle: str, body: RemindersIn) -> HttpResponse:
    """When I am told of this group's meetings."""
    membership = access.my_group(request.account, circle)
    actions.choose_reminders(membership, day_before=body.day_before, two_hours_before=body.two_hours_before)
    return HttpResponse(status=204)


@router.get("/calendar")
@members_only
def my_calendar(request: MemberRequest) -> HttpResponse:
    """The words of my calendar address; its secret is known to nobody but whoever was given it."""
    return JsonResponse({"title": access.my_calendar(request.account).title})


@router.put("/calendar")
@members_only
def put_calendar(request: MemberRequest, body: CalendarIn) -> HttpResponse:
    """Makes or renames my calendar address, or exchanges its secret; a new secret is answered once."""
    require_way_signed(request.account, "calendar", [body.title, body.anew], body.time, body.sig, now=now())
    secret = actions.put_calendar(request.account, body.title, anew=body.anew)
    return JsonResponse({"secret": secret}, status=201 if secret else 200)


@router.delete("/calendar")
@members_only
def end_calendar(request: MemberRequest) -> HttpResponse:
    """My calendar address answers nobody any more."""
    actions.end_calendar(request.account)
    return HttpResponse(status=204)
