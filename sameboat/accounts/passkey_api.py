"""Passkeys that only sign in, over HTTP. What such a session opens is nothing: the passphrase or code does that."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from sameboat.accounts import limits, passkeys
from sameboat.accounts.api import Device, now, session_told, with_cookie
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.models import Passkey
from sameboat.accounts.shapes import Body, Hash, Id, Seconds, Signature, Sized
from sameboat.lib.policy import members_only, open_to_everyone
from sameboat.protocol import verify
from sameboat.protocol.encoding import b64u

router = Router(tags=["accounts"])


class PasskeyIn(Body):
    id: Hash
    key: Annotated[bytes, Sized(32, 1024)]
    name: Annotated[bytes, Sized(64, 576)]
    time: Seconds
    sig: Signature


class PasskeyOut(Body):
    id: Hash
    time: Seconds
    sig: Signature


class ByPasskey(Body):
    """What the passkey answered. The handle that it gives as well stays in the browser."""

    id: Hash
    time: Seconds
    nonce: Id
    data: Annotated[bytes, Sized(37, 1024)]
    client: Annotated[bytes, Sized(2, 2048)]
    sig: Annotated[bytes, Sized(8, 1024)]
    device: Device


@router.post("/passkeys/session")
@open_to_everyone("a sign-in; every failure looks alike")
def sign_in(request: HttpRequest, body: ByPasskey) -> HttpResponse:
    """Signs in. No wrapped key comes along in this answer: nothing was shown that could open it."""
    t = now()
    limits.DOOR.spend(limits.where_from(request), now=t)
    who = f"{body.id.hex()} {limits.where_from(request)}"
    limits.SIGN_IN.spend(who, now=t)
    answer = verify.Assertion(body.data, body.client, body.sig)
    token, session, name = passkeys.sign_in(body.id, body.time, body.nonce, answer, body.device, now=t)
    limits.SIGN_IN.forget(who)
    return with_cookie(JsonResponse(session_told(session) | {"name": b64u(name)}), token)


@router.get("/passkeys")
@members_only
def my_passkeys(request: MemberRequest) -> HttpResponse:
    """Those of mine that only sign in."""
    mine = Passkey.objects.of(request.account).order_by("pk")
    return JsonResponse({"passkeys": [{"id": b64u(one.passkey)} for one in mine]})


@router.post("/passkeys")
@members_only
def put_passkey(request: MemberRequest, body: PasskeyIn) -> HttpResponse:
    """Adds one, as the own circle's key signed for."""
    new = passkeys.NewPasskey(body.id, body.key, body.name)
    passkeys.put(request.account, new, body.time, body.sig, now=now())
    return JsonResponse({}, status=201)


@router.post("/passkeys/drop")
@members_only
def drop_passkey(request: MemberRequest, body: PasskeyOut) -> HttpResponse:
    """Takes one away, as the own circle's key signed for."""
    passkeys.drop(request.account, body.id, body.time, body.sig, now=now())
    return HttpResponse(status=204)
