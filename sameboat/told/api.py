"""How I am told, over HTTP: what I want, my devices, my mailbox. Nobody else's is ever answered."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts.actions import require_way_signed
from sameboat.accounts.api import now
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.models import Account
from sameboat.accounts.shapes import Body, Seconds, Signature, Sized
from sameboat.lib.limits import Limit
from sameboat.lib.policy import members_only
from sameboat.protocol.encoding import b64u
from sameboat.told import access, actions, sealing, telling
from sameboat.told.models import Device, Wish

router = Router(tags=["told"])
ASKING = Limit("mailbox", burst=4, every=30.0)
TRYING = Limit("try being told", burst=6, every=10.0)
Minute = Annotated[int, Field(ge=0, le=1_439)]
Endpoint = Annotated[str, Field(min_length=8, max_length=1_024)]


class WishIn(Body):
    talks: bool
    group: bool
    meetings: bool
    rings: bool
    zone: Annotated[str, Field(min_length=1, max_length=64)]
    quiet_from: Minute | None
    quiet_to: Minute | None
    break_until: Seconds | None
    looks_at: Minute | None = None


class DeviceIn(Body):
    """With the signature of whose it is: a session alone says nowhere where somebody is told (P57)."""

    endpoint: Endpoint
    key: Annotated[bytes, Sized(65, 65)]
    secret: Annotated[bytes, Sized(16, 16)]
    time: Seconds
    sig: Signature


class WhichDevice(Body):
    endpoint: Endpoint


class MailboxIn(Body):
    address: Annotated[str, Field(min_length=3, max_length=254)]
    time: Seconds
    sig: Signature


class HereIn(Body):
    here: bool


def _push_key() -> str | None:
    return b64u(sealing.point(sealing.own_key().public_key())) if settings.PUSH else None


def _told(account: Account) -> dict[str, Any]:
    wish, mailbox = access.my_wish(account), access.my_mailbox(account)
    wanted = ("talks", "group", "meetings", "rings", "zone", "quiet_from", "quiet_to", "break_until", "looks_at")
    return {
        **{name: getattr(wish, name) for name in wanted},
        "words": settings.TOLD_WORDS,
        "push_key": _push_key(),
        "sends_mail": access.sends_mail(),
        "devices": [device.endpoint for device in access.my_devices(account)],
        "mailbox": mailbox
        and {"address": mailbox.address, "answered": mailbox.token is None, "refused": mailbox.refused},
    }


@router.get("/told")
@members_only
def how_i_am_told(request: MemberRequest) -> HttpResponse:
    """What I want, where I am reached, and the very words that a locked screen shows."""
    return JsonResponse(_told(request.account))


@router.put("/told")
@members_only
def want(request: MemberRequest, body: WishIn) -> HttpResponse:
    """Of which places I want to be told, and in which hours not."""
    actions.want(request.account, actions.Wanted(**body.dict()), now=now())
    return JsonResponse(_told(request.account))


@router.post("/told/rings")
@members_only
def want_rings(request: MemberRequest) -> HttpResponse:
    """A test ring came to a device of mine: where I asked to be told, I am told of rings as well."""
    actions.want_rings(request.account)
    return HttpResponse(status=204)


@router.put("/told/device")
@members_only
def add_device(request: MemberRequest, body: DeviceIn) -> HttpResponse:
    """Tells this browser from now on."""
    way = [body.endpoint, body.key, body.secret]
    require_way_signed(request.account, "device", way, body.time, body.sig, now=now())
    actions.add_device(request.account, body.endpoint, body.key, body.secret)
    return JsonResponse(_told(request.account))


@router.post("/told/device/forget")
@members_only
def forget_device(request: MemberRequest, body: WhichDevice) -> HttpResponse:
    """This browser is not told any more."""
    actions.forget_device(request.account, body.endpoint)
    return JsonResponse(_told(request.account))


@router.delete("/told/devices")
@members_only
def forget_devices(request: MemberRequest) -> HttpResponse:
    """No browser is told any more."""
    Device.objects.of(request.account).delete()
    return JsonResponse(_told(request.account))


@router.put("/told/mailbox")
@members_only
def ask_mailbox(request: MemberRequest, body: MailboxIn) -> HttpResponse:
    """Sends the one question to an address."""
    require_way_signed(request.account, "mailbox", [body.address], body.time, body.sig, now=now())
    ASKING.spend(bytes(request.account.pk).hex(), now=now())
    actions.ask_mailbox(request.account, body.address.strip(), now=now())
    return JsonResponse(_told(request.account))


@router.delete("/told/mailbox")
@members_only
def forget_mailbox(request: MemberRequest) -> HttpResponse:
    """Forgets the address."""
    actions.forget_mailbox(request.account)
    return JsonResponse(_told(request.account))


@router.post("/told/try")
@members_only
def try_out(request: MemberRequest) -> HttpResponse:
    """Tells me once, now, in every way I chose."""
    TRYING.spend(bytes(request.account.pk).hex(), now=now())
    return JsonResponse({"ways": actions.try_out(request.account, now=now())})


@router.post("/told/here")
@members_only
def am_here(request: MemberRequest, body: HereIn) -> HttpResponse:
    """I have the page before me, or no longer: kept in memory for a minute and a half, and shown to nobody.

    Answers whether I ever said that I want to be told, and else the words to ask me with; and the site's own key, by
    which a browser knows whether it was asked under another.
    """
    wanted = Wish.objects.of(request.account).exists()
    if not body.here:
        telling.went(bytes(request.account.pk), now=now())
    elif wanted:
        telling.came(bytes(request.account.pk), now=now())
    offered = settings.PUSH or access.sends_mail()
    told = {"wanted": wanted or not offered, "words": settings.TOLD_WORDS, "push_key": _push_key()}
    return JsonResponse(told)
