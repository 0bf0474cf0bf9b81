"""Coming in and going out, as JSON. Nothing about an account is answered before sign-in (PROTOCOL P3)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router
from pydantic import Field

from sameboat.accounts import access, actions, limits
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.models import Account, Record, Session, Unlocker
from sameboat.accounts.shapes import Body, Hash, Id, Name, Seconds, Signature, Sized
from sameboat.lib import clock
from sameboat.lib.policy import members_only, open_to_everyone
from sameboat.lib.refusals import NotHere
from sameboat.protocol.account import name_id
from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.signposts.access import to_ring

router = Router(tags=["accounts"])
Device = Literal["mine", "shared"]
Slot = Literal["account", "pins", "mine"]
CLEAR = '"cache", "cookies", "storage"'


class ByName(Body):
    name: Name
    sign_in_key: Hash
    device: Device


class ByLookup(Body):
    """A recovery code or a passkey finds the account by itself."""

    lookup: Id
    sign_in_key: Hash
    device: Device


class ByDevice(Body):
    """One's own device signs with the key of the own circle (SPEC 12)."""

    account: Id
    time: Seconds
    nonce: Id
    sig: Signature
    device: Device


class RecordIn(Body):
    version: Annotated[int, Field(ge=1, le=2**53 - 1)]
    sealed: Annotated[bytes, Sized(64, 262_208)]


class RecordPut(RecordIn):
    """A record, and the own circle's signature over it (SPEC 3)."""

    sig: Signature


def now() -> int:
    """The present second."""
    return int(clock.seconds())


def id_in(text: str) -> bytes:
    """The 16 bytes of an id in an address; what is no id does not exist."""
    try:
        found = un_b64u(text)
    except Failure:
        raise NotHere from None
    if len(found) != 16:
        raise NotHere
    return found


def session_told(session: Session, unlocker: Unlocker | None = None) -> dict[str, Any]:
    """What a member's browser needs in order to go on."""
    account: Account = session.account
    records = Record.objects.of(account)
    told: dict[str, Any] = {
        "account": b64u(account.id),
        "own": b64u(account.own_circle),
        "device": session.device,
        "records": {r.slot: {"version": r.version, "sealed": b64u(r.sealed)} for r in records},
        "closing_at": account.closing_at,
        "expires_at": session.expires_at,
        "can_start": account.can_start,
        "unlocker": None,
    }
    if unlocker:
        told["unlocker"] = unlocker_told(unlocker)
    return told


def unlocker_told(unlocker: Unlocker) -> dict[str, Any]:
    return {"id": b64u(unlocker.unlocker), "kind": unlocker.kind, "wrap": b64u(unlocker.wrap)}


def with_cookie(answer: HttpResponse, token: str) -> HttpResponse:
    """Gives the browser its session. The cookie ends with the browser, and the session ten minutes after."""
    answer.set_cookie(
        access.COOKIE, token, httponly=True, secure=settings.SECURE_ORIGIN, samesite="Strict", path="/api"
    )
    return answer


def goodbye(answer: HttpResponse, *, shared: bool) -> HttpResponse:
    """Takes the cookie away, and on a shared device everything else of ours (ETHOS P2)."""
    answer.delete_cookie(access.COOKIE, path="/api", samesite="Strict")
    answer.cookies[access.COOKIE]["secure"] = settings.SECURE_ORIGIN
    if shared:
        answer["Clear-Site-Data"] = CLEAR
    return answer


@router.get("/home")
@open_to_everyone("a browser must know the instance before anyone signs in")
def home(request: HttpRequest) -> HttpResponse:
    """What is public about this instance."""
    return JsonResponse(
        {
            "home": access.home(),
            "name": settings.SITE_NAME,
            "exit_to": settings.EXIT_TO,
            "country": to_ring(settings.COUNTRY),
            "operator_contact": settings.OPERATOR_CONTACT,
            "start_mode": settings.START_MODE,
            "version": settings.VERSION,
            "now": now(),
        }
    )


@router.post("/sessions")
@open_to_everyone("the sign-in itself; every failure looks alike")
def sign_in(request: HttpRequest, body: ByName | ByLookup | ByDevice) -> HttpResponse:
    """Signs in with a passphrase, a recovery code, a passkey or one's own device."""
    t = now()
    limits.DOOR.spend(limits.where_from(request), now=t)
    unlocker: Unlocker | None = None
    if isinstance(body, ByDevice):
        who = f"{body.account.hex()} {limits.where_from(request)}"
        limits.SIGN_IN.spend(who, now=t)
        token, session = actions.sign_in_on_own_device(
            body.account, body.time, body.nonce, body.sig, body.device, now=t
        )
    else:
        lookup = _lookup(body)
        who = f"{lookup.hex()} {limits.where_from(request)}"
        limits.SIGN_IN.spend(who, now=t)
        token, session, unlocker = actions.sign_in(lookup, body.sign_in_key, body.device, now=t)
    limits.SIGN_IN.forget(who)
    return with_cookie(JsonResponse(session_told(session, unlocker)), token)


def _lookup(body: ByName | ByLookup) -> bytes:
    if isinstance(body, ByLookup):
        return bytes(body.lookup)
    try:
        return name_id(access.home(), body.name)
    except Failure:
        # A name that cannot be is answered as one that is not there.
        return bytes(16)


@router.get("/session")
@members_only
def my_session(request: MemberRequest) -> HttpResponse:
    """What a reloaded page needs; the wrapped key is only given at sign-in."""
    return JsonResponse(session_told(request.member_session))


@router.delete("/session")
@members_only
def sign_out(request: MemberRequest) -> HttpResponse:
    """Signs this browser out."""
    actions.end_session(request.member_session)
    shared = request.member_session.device == Session.Device.SHARED
    return goodbye(HttpResponse(status=204), shared=shared)


@router.post("/session/renew")
@members_only
def renew(request: MemberRequest) -> HttpResponse:
    """Says "still here". Asking anything else says so too."""
    return JsonResponse({"expires_at": request.member_session.expires_at})


@router.get("/sessions")
@members_only
def my_sessions(request: MemberRequest) -> HttpResponse:
    """Where I am signed in."""
    live = Session.objects.of(request.account).filter(expires_at__gt=now()).order_by("started_at", "pk")
    told = [
        {
            "id": b64u(session.shown_id),
            "device": session.device,
            "started_at": session.started_at,
            "current": session.pk == request.member_session.pk,
        }
        for session in live
    ]
    return JsonResponse({"sessions": told})


@router.delete("/sessions")
@members_only
def end_other_sessions(request: MemberRequest) -> HttpResponse:
    """Signs out everywhere else."""
    actions.end_other_sessions(request.member_session)
    return HttpResponse(status=204)


@router.delete("/sessions/{shown_id}")
@members_only
def end_one_session(request: MemberRequest, shown_id: str) -> HttpResponse:
    """Signs out one of my browsers."""
    actions.end_shown_session(request.account, id_in(shown_id))
    return HttpResponse(status=204)


@router.api_operation(["GET", "POST"], "/leave")
@open_to_everyone("anyone may leave at any time, also by a plain link")
def leave(request: MemberRequest, shared: Annotated[int, Query(ge=0, le=1)] = 0) -> HttpResponse:
    """Ends the session and goes somewhere ordinary (ETHOS P1). A beacon (POST) is answered without a place."""
    session = request.member_session
    if session:
        actions.end_session(session)
    # Another site could ask for this with a picture's address; it may not empty anybody's drawer.
    is_ours = request.headers.get("Sec-Fetch-Site") not in ("cross-site", "same-site")
    on_shared = (bool(shared) and is_ours) or bool(session and session.device == Session.Device.SHARED)
    answer = HttpResponse(status=204 if request.method == "POST" else 303)
    if request.method == "GET":
        answer["Location"] = settings.EXIT_TO
    return goodbye(answer, shared=on_shared)


@router.get("/records/{slot}")
@members_only
def my_record(request: MemberRequest, slot: Slot) -> HttpResponse:
    """One of my sealed records."""
    record = access.my_record(request.account, slot)
    return JsonResponse({"version": record.version, "sealed": b64u(record.sealed)})


@router.put("/records/{slot}")
@members_only
def put_record(request: MemberRequest, slot: Slot, body: RecordPut) -> HttpResponse:
    """Replaces a record by its next version."""
    actions.require_record_signed(request.account, slot, body.version, body.sealed, body.sig)
    actions.put_record(request.account, slot, body.version, body.sealed)
    return JsonResponse({"version": body.version})
