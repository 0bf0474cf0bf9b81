"""The door over HTTP: invitations, knocks, and notes from one member to another."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from sameboat.accounts import limits
from sameboat.accounts.api import now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.shapes import Body, Id, Signature, Sized
from sameboat.circles import access
from sameboat.circles.actions import asides, door
from sameboat.circles.models import Aside, Attachment, Invitation, Knock, LogEvent
from sameboat.lib.policy import members_only, open_to_everyone
from sameboat.protocol.encoding import b64u

router = Router(tags=["door"])


class KnockIn(Body):
    lookup: Id
    member: Id
    sealed: Annotated[bytes, Sized(1, 2_096)]
    link_sig: Signature


class AsideIn(Body):
    to: Id
    sealed: Annotated[bytes, Sized(1, 32_816)]


@router.get("/invitations/{lookup}")
@open_to_everyone("whoever holds the link may see what it says")
def invitation(request: HttpRequest, lookup: str) -> HttpResponse:
    """What a link opens, sealed under the link; or that it is used, void or expired."""
    t = now()
    limits.DOOR.spend(limits.where_from(request), now=t)
    found = access.invitation(access.raw(lookup, 16))
    state = door.state_of(found, now=t)
    if state != "open":
        return JsonResponse({"state": state})
    return JsonResponse({"state": state} | _opened(found))


def _opened(found: Invitation) -> dict[str, Any]:
    why = "the link is the proof"
    attached = Attachment.objects.everywhere(why).filter(circle=found.circle_id, seq=found.seq)
    preview = attached.get(kind=Attachment.Kind.PREVIEW)
    event = LogEvent.objects.everywhere(why).get(circle=found.circle_id, seq=found.seq)
    return {
        "preview": b64u(preview.body),
        "invite": b64u(found.event),
        "event": b64u(event.wire),
        "circle": b64u(found.circle_id),
        "expires": found.expires_at,
    }


@router.post("/knocks")
@members_only
def knock(request: MemberRequest, body: KnockIn) -> HttpResponse:
    """Asks to be let in."""
    waiting = door.knock(request.account, body.lookup, body.member, body.sealed, body.link_sig, now=now())
    return JsonResponse({"since": waiting.since}, status=201)


@router.get("/knocks")
@members_only
def my_knocks(request: MemberRequest) -> HttpResponse:
    """Where I have knocked, and what came of it."""
    t = now()
    mine = Knock.objects.of(request.account).select_related("invitation").order_by("pk")
    return JsonResponse({"knocks": [_knock_told(one, t) for one in mine]})


def _knock_told(one: Knock, t: int) -> dict[str, Any]:
    over = one.state == Knock.State.WAITING and door.state_of(one.invitation, now=t) != "open"
    return {
        "lookup": b64u(one.invitation.lookup),
        "circle": b64u(one.invitation.circle_id),
        "member": b64u(one.member),
        "state": "over" if over else one.state,
        "since": one.since,
    }


@router.delete("/knocks/{lookup}")
@members_only
def withdraw(request: MemberRequest, lookup: str) -> HttpResponse:
    """I thought better of it."""
    door.withdraw(access.my_knock(request.account, lookup))
    return HttpResponse(status=204)


@router.get("/circles/{circle}/knocks")
@members_only
def knocks(request: MemberRequest, circle: str) -> HttpResponse:
    """Who waits at this circle's door."""
    t = now()
    membership = access.my_membership(request.account, circle)
    waiting = access.knocks_for(membership, host=access.is_host(membership, now=t), now=t)
    told = [
        {
            "invite": b64u(one.invitation.event),
            "member": b64u(one.member),
            "sealed": b64u(one.sealed),
            "since": one.since,
        }
        for one in waiting
    ]
    return JsonResponse({"knocks": told})


@router.post("/circles/{circle}/knocks/{invite}/decline")
@members_only
def decline(request: MemberRequest, circle: str, invite: str) -> HttpResponse:
    """Not now."""
    t = now()
    membership = access.my_membership(request.account, circle)
    door.decline(access.knock_at(membership, invite, host=access.is_host(membership, now=t), now=t))
    return HttpResponse(status=204)


@router.get("/circles/{circle}/invitations")
@members_only
def invitations(request: MemberRequest, circle: str) -> HttpResponse:
    """The circle's invitations and what became of them."""
    t = now()
    membership = access.my_membership(request.account, circle)
    rows = Invitation.objects.within(membership).order_by("seq")
    told = [{"invite": b64u(one.event), "state": door.state_of(one, now=t), "expires": one.expires_at} for one in rows]
    return JsonResponse({"invitations": told})


@router.delete("/circles/{circle}/invitations/{invite}")
@members_only
def void_invitation(request: MemberRequest, circle: str, invite: str) -> HttpResponse:
    """Takes back an invitation that nobody has used: one's own, as a host any."""
    membership = access.my_membership(request.account, circle)
    host = access.is_host(membership, now=now())
    door.void(access.my_invitation(membership, invite, host=host))
    return HttpResponse(status=204)


@router.get("/circles/{circle}/asides")
@members_only
def my_asides(request: MemberRequest, circle: str) -> HttpResponse:
    """Notes to me from single members."""
    membership = access.my_membership(request.account, circle)
    mine = Aside.objects.within(membership).filter(recipient=membership.member).order_by("pk")
    told = [
        {"id": b64u(one.shown_id), "from": b64u(one.sender), "sealed": b64u(one.sealed), "at": one.at} for one in mine
    ]
    return JsonResponse({"asides": told})


@router.post("/circles/{circle}/asides")
@members_only
def put_aside(request: MemberRequest, circle: str, body: AsideIn) -> HttpResponse:
    """A note to one member."""
    membership = access.my_membership(request.account, circle)
    note = asides.put_aside(membership, body.to, body.sealed, now=now())
    return JsonResponse({"id": b64u(note.shown_id)}, status=201)


@router.delete("/circles/{circle}/asides/{aside}")
@members_only
def drop_aside(request: MemberRequest, circle: str, aside: str) -> HttpResponse:
    """A note is dealt with."""
    access.my_aside(access.my_membership(request.account, circle), aside).delete()
    return HttpResponse(status=204)
