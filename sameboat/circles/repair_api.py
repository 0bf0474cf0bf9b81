"""After a copy was put back, over HTTP: members hand back what they hold (SPEC 11)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts.actions import put_again, require_record_signed
from sameboat.accounts.api import RecordPut, Slot, now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.shapes import Body, Seconds, Signature, Sized
from sameboat.circles import access
from sameboat.circles.actions import repair, restoring
from sameboat.circles.actions.log import Batch
from sameboat.lib.policy import members_only
from sameboat.protocol.encoding import un_b64u
from sameboat.protocol.failures import Failure
from sameboat.web.answers import NotUnderstood

router = Router(tags=["repair"])
TOGETHER = 64


class RepairIn(Body):
    from_seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    events: Annotated[list[Annotated[bytes, Sized(1, 65_536)]], Field(max_length=TOGETHER)]
    attachments: Annotated[dict[str, Annotated[bytes, Sized(1, 262_256)]], Field(max_length=2048)]

    def batch(self) -> Batch:
        """As an action takes it. A key that is no hash was named by nobody."""
        try:
            return Batch(self.events, {un_b64u(key): body for key, body in self.attachments.items()})
        except Failure:
            raise NotUnderstood from None


class OfferedIn(Body):
    envelope: Annotated[bytes, Sized(1, 17_408)]
    at: Seconds


class OffersIn(Body):
    messages: Annotated[list[OfferedIn], Field(min_length=1, max_length=TOGETHER)]


class GoIn(Body):
    bytes: Annotated[bytes, Sized(1, 256)]
    sig: Signature


@router.post("/circles/{circle}/repair")
@members_only
def mend(request: MemberRequest, circle: str, body: RepairIn) -> HttpResponse:
    """Hands back events of a circle's log, and bytes they name, that the server no longer holds."""
    membership = access.my_membership(request.account, circle)
    return JsonResponse({"head": repair.mend(membership, body.from_seq, body.batch())})


@router.post("/circles/{circle}/repair/messages")
@members_only
def offer(request: MemberRequest, circle: str, body: OffersIn) -> HttpResponse:
    """Hands back sealed messages, one's own and others'; answers where each stands now."""
    membership = access.my_membership(request.account, circle)
    offered = [(one.envelope, one.at) for one in body.messages]
    return JsonResponse({"positions": repair.offer(membership, offered, now=now())})


@router.get("/circles/{circle}/repair")
@members_only
def wanted(request: MemberRequest, circle: str) -> HttpResponse:
    """Bytes that the log names, the server lacks, and this member may hold."""
    membership = access.my_membership(request.account, circle)
    return JsonResponse({"wanted": access.wanted_from(membership)})


@router.post("/circles/{circle}/go")
@members_only
def go(request: MemberRequest, circle: str, body: GoIn) -> HttpResponse:
    """Leaves while the log takes no `leave`."""
    membership = access.my_membership(request.account, circle)
    repair.go(membership, body.bytes, body.sig, now=now())
    return HttpResponse(status=204)


@router.put("/repair/records/{slot}")
@members_only
def put_record(request: MemberRequest, slot: Slot, body: RecordPut) -> HttpResponse:
    """Hands back a newer record than the one that came with the copy."""
    restoring.spans()
    require_record_signed(request.account, slot, body.version, body.sealed, body.sig)
    put_again(request.account, slot, body.version, body.sealed)
    return HttpResponse(status=204)
