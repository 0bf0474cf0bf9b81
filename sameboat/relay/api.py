"""Ringing over HTTP: what waits for me, what I hand on, and a pass to the relay."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts.api import now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.shapes import Body, Id, Sized
from sameboat.circles import access
from sameboat.lib.limits import Limit
from sameboat.lib.policy import members_only
from sameboat.protocol.encoding import b64u
from sameboat.relay import actions, passes, waiting
from sameboat.relay.refusals import NoRelay

router = Router(tags=["relay"])
# Whoever comes into a meeting by voice in a group of thirty tells all of them at once, and makes seven lines; and may
# have gone out and come in again a moment before.
HANDING = Limit("signal", burst=240, every=0.5)
TRYING = Limit("test ring", burst=6, every=10.0)
PASSING = Limit("relay pass", burst=6, every=30.0)


class SignalIn(Body):
    to: Id
    call: Id
    sealed: Annotated[bytes, Sized(304, 16_432)]
    rings: bool
    device: Annotated[str, Field(min_length=8, max_length=1_024)] | None = None


def _told(signal: waiting.Signal) -> dict[str, Any]:
    return {
        "id": b64u(signal.id), "circle": b64u(signal.circle), "from": b64u(signal.author), "to": b64u(signal.to),
        "call": b64u(signal.call), "sealed": b64u(signal.sealed),
    }  # fmt: skip


@router.get("/signals")
@members_only
def signals(request: MemberRequest) -> HttpResponse:
    """What waits for me, in every group I belong to, for two minutes at most; and whether there is a relay."""
    mine = [(bytes(one.circle_id), bytes(one.member)) for one in access.my_memberships(request.account)]
    found = waiting.of(mine, now=now())
    return JsonResponse({"relay": passes.is_set_up(), "signals": [_told(signal) for signal in found]})


@router.post("/circles/{circle}/signals")
@members_only
def hand_on(request: MemberRequest, circle: str, body: SignalIn) -> HttpResponse:
    """Hands a sealed signal to one other member of this group, or a test ring to oneself."""
    membership = access.my_membership(request.account, circle)
    HANDING.spend(bytes(request.account.pk).hex(), now=now())
    if body.device is not None:
        TRYING.spend(bytes(request.account.pk).hex(), now=now())
    actions.hand_on(membership, actions.Sent(**body.dict()), now=now())
    return HttpResponse(status=204)


@router.post("/relay/pass")
@members_only
def relay_pass(request: MemberRequest) -> HttpResponse:
    """A pass to the relay that names nobody."""
    if not passes.is_set_up():
        raise NoRelay
    PASSING.spend(bytes(request.account.pk).hex(), now=now())
    return JsonResponse(vars(passes.make_pass(now=now())))
