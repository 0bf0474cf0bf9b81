"""Sealed reports over HTTP: sent by whoever is or was a member, and looked up by the sender's own random id."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from sameboat.accounts.api import id_in, now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.shapes import Body, Hash, Id, Signature, Sized
from sameboat.lib import clock
from sameboat.lib.limits import Limit
from sameboat.lib.policy import members_only, open_to_everyone
from sameboat.oversight import access, actions
from sameboat.oversight.models import SEALED_MOST, Report
from sameboat.protocol.encoding import b64u

router = Router(tags=["oversight"])
SENDING = Limit("report", burst=10, every=30.0)


class ReportIn(Body):
    """A box for the contact, and the sender's signature over it (SPEC 15)."""

    circle: Hash
    sender: Id
    id: Id
    sealed: Annotated[bytes, Sized(1, SEALED_MOST)]
    sig: Signature


def _told(report: Report) -> dict[str, Any]:
    return {
        "state": report.state,
        "sent_at": report.sent_at,
        "read_at": report.read_at,
        "answered_at": report.answered_at,
        "answer_by": report.answer_by,
        "answer": b64u(bytes(report.answer)) if report.answer else None,
    }


@router.get("/contact")
@open_to_everyone("whom a group's reports could be sealed to is known before anybody joins one")
def contact(request: HttpRequest) -> HttpResponse:
    """The public half of the contact's key, and whether anybody can open what is sealed to it now."""
    key = access.contact_key()
    reading = access.somebody_reads(clock.now().date())
    return JsonResponse({"contact_key": b64u(key) if key else None, "reading": reading})


@router.post("/reports")
@members_only
def send(request: MemberRequest, body: ReportIn) -> HttpResponse:
    """Takes a sealed report, or the appeal of somebody who was removed. The same bytes again: the first answer."""
    SENDING.spend(bytes(request.account.pk).hex(), now=clock.seconds())
    sent = actions.Sent(body.circle, body.sender, body.id, body.sealed, body.sig)
    report, new = actions.send(sent, now=now())
    return JsonResponse(_told(report), status=201 if new else 200)


@router.get("/reports/{report}")
@members_only
def look_up(request: MemberRequest, report: str) -> HttpResponse:
    """How far people have come with a report, by the id that only its sender knows."""
    return JsonResponse(_told(access.report_by_id(id_in(report))))
