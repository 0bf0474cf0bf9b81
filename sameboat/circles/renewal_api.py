"""All keys of an account anew, over HTTP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts.api import RecordPut, now
from sameboat.accounts.middleware import MemberRequest
from sameboat.circles.actions import renewal
from sameboat.circles.api import BatchIn, UnlockerIn, new_unlocker
from sameboat.lib.policy import members_only

router = Router(tags=["accounts"])


class RenewalIn(BatchIn):
    """Two ways in at the least; `pins` and `mine` where they are there."""

    unlockers: Annotated[list[UnlockerIn], Field(min_length=2, max_length=8)]
    account: RecordPut
    pins: RecordPut | None = None
    mine: RecordPut | None = None


@router.post("/account/renewal")
@members_only
def renew_account(request: MemberRequest, body: RenewalIn) -> HttpResponse:
    """Exchanges every key and every way in of mine at once, and ends my other sessions."""
    given = {"account": body.account, "pins": body.pins, "mine": body.mine}
    records = {
        slot: renewal.SignedRecord(one.version, one.sealed, one.sig) for slot, one in given.items() if one is not None
    }
    new = renewal.Renewal(body.batch(), [new_unlocker(one) for one in body.unlockers], records)
    renewal.renew_account(request.member_session, new, now=now())
    return JsonResponse({}, status=201)
