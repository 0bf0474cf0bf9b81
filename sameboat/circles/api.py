"""Circles over HTTP: their log, their messages, one's ways in. The server sees who and when, never what."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router
from pydantic import Field

from sameboat.accounts import actions as accounts
from sameboat.accounts import limits
from sameboat.accounts.api import Device, RecordIn, now, session_told, unlocker_told, with_cookie
from sameboat.accounts.middleware import MemberRequest
from sameboat.accounts.models import Unlocker
from sameboat.accounts.refusals import NotEighteen
from sameboat.accounts.shapes import Body, Code, ConsentVersion, Hash, Id, Name, Seconds, Signature, Sized
from sameboat.circles import access
from sameboat.circles.actions import log, messages, restoring, ways
from sameboat.circles.models import Circle, Envelope, Membership
from sameboat.lib.policy import members_only, open_to_everyone
from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.failures import Failure
from sameboat.protocol.verify import WRAP_SIZE
from sameboat.web.answers import NotUnderstood

router = Router(tags=["circles"])
Wire = Annotated[bytes, Sized(1, 65_536)]
Wrap = Annotated[bytes, Sized(WRAP_SIZE, WRAP_SIZE)]
Seq = Annotated[int, Field(ge=-1, le=2**31 - 1)]
Position = Annotated[int, Field(ge=0, le=2**53 - 1)]
PAGE = 500
MESSAGES = 200


class BatchIn(Body):
    events: Annotated[list[Wire], Field(min_length=1, max_length=16)]
    attachments: Annotated[dict[str, Annotated[bytes, Sized(1, 262_256)]], Field(max_length=256)]

    def batch(self) -> log.Batch:
        """As an action takes it. A key that is no hash was named by nobody."""
        try:
            return log.Batch(self.events, {un_b64u(key): body for key, body in self.attachments.items()})
        except Failure:
            raise NotUnderstood from None


class Consent(Body):
    version: ConsentVersion
    over_18: bool


class ByCode(Body):
    start_code: Code


class ByLink(Body):
    lookup: Id
    link_sig: Signature


class FirstUnlocker(Body):
    id: Id
    kind: Annotated[int, Field(ge=1, le=1)]
    lookup: Id
    verifier: Hash
    wrap: Wrap


class UnlockerIn(FirstUnlocker):
    kind: Annotated[int, Field(ge=1, le=3)]


class SignUpIn(BatchIn):
    account: Id
    name: Name
    unlocker: FirstUnlocker
    record: RecordIn
    right: ByCode | ByLink | None = None
    device: Device
    consent: Consent


class GroupIn(BatchIn):
    start_code: Code | None = None


class UnlockersIn(BatchIn):
    add: UnlockerIn | None = None
    remove: Id | None = None


class EnvelopeIn(Body):
    envelope: Annotated[bytes, Sized(1, 17_408)]


class PartingIn(Body):
    circle: Hash
    bytes: Annotated[bytes, Sized(1, 256)]
    sig: Signature


class CloseIn(Body):
    partings: Annotated[list[PartingIn], Field(max_length=64)]
    time: Seconds
    sig: Signature


def new_unlocker(given: FirstUnlocker) -> accounts.NewUnlocker:
    """As the actions take it."""
    return accounts.NewUnlocker(given.id, given.kind, given.lookup, given.verifier, given.wrap)


def _right(given: ByCode | ByLink | None) -> ways.Right | None:
    if isinstance(given, ByLink):
        return ways.Right(lookup=given.lookup, link_sig=given.link_sig)
    return ways.Right(start_code=given.start_code) if given else None


@router.post("/accounts")
@open_to_everyone("an account is made by whoever holds a code or a link")
def sign_up(request: HttpRequest, body: SignUpIn) -> HttpResponse:
    """Makes an account with its own circle and signs it in."""
    t = now()
    limits.CODES.spend(limits.where_from(request), now=t)
    if not body.consent.over_18:
        raise NotEighteen
    new = ways.SignUp(
        account=body.account,
        name=body.name,
        consent_version=body.consent.version,
        unlocker=new_unlocker(body.unlocker),
        record=(body.record.version, body.record.sealed),
        batch=body.batch(),
        right=_right(body.right),
    )
    token, session = ways.sign_up(new, body.device, mode=settings.START_MODE, now=t)
    return with_cookie(JsonResponse(session_told(session), status=201), token)


@router.post("/start-codes/check")
@open_to_everyone("a code is tried before a person fills in the rest")
def check_start_code(request: HttpRequest, body: ByCode) -> HttpResponse:
    """Whether a code is good, without using it up."""
    t = now()
    limits.CODES.spend(limits.where_from(request), now=t)
    accounts.check_start_code(body.start_code, now=t)
    return HttpResponse(status=204)


@router.get("/unlockers")
@members_only
def my_unlockers(request: MemberRequest) -> HttpResponse:
    """My ways in, as the own circle's log names them."""
    mine = Unlocker.objects.of(request.account).order_by("pk")
    return JsonResponse({"unlockers": [unlocker_told(unlocker) for unlocker in mine]})


@router.post("/unlockers")
@members_only
def change_unlockers(request: MemberRequest, body: UnlockersIn) -> HttpResponse:
    """Adds a way in, takes one away, or both, with the signed events that say so."""
    add = new_unlocker(body.add) if body.add else None
    ways.change_unlockers(request.member_session, body.batch(), add, body.remove, now=now())
    return JsonResponse({}, status=201)


@router.post("/account/close")
@members_only
def close_account(request: MemberRequest, body: CloseIn) -> HttpResponse:
    """Closes at once; everything is kept, sealed, for seven days."""
    t = now()
    accounts.require_close_signed(request.account, body.time, body.sig, now=t)
    partings = [(one.circle, one.bytes, one.sig) for one in body.partings]
    return JsonResponse({"closing_at": ways.close(request.account, partings, now=t)})


@router.post("/account/reopen")
@members_only
def reopen_account(request: MemberRequest) -> HttpResponse:
    """Takes a closing back."""
    ways.reopen(request.account)
    return HttpResponse(status=204)


@router.get("/circles")
@members_only
def my_circles(request: MemberRequest) -> HttpResponse:
    """Where I belong."""
    told = [_circle_told(membership) for membership in access.my_memberships(request.account)]
    return JsonResponse({"circles": told})


def _circle_told(membership: Membership) -> dict[str, Any]:
    circle: Circle = membership.circle
    talk = access.talk_of(circle)
    return {
        "circle": b64u(circle.pk),
        "kind": circle.kind,
        "member": b64u(membership.member),
        "head": circle.head_seq,
        "position": circle.position,
        "admitted_seq": membership.admitted_seq,
        "talk": talk and {"shared": b64u(talk.shared), "over": talk.over},
    }


@router.post("/circles")
@members_only
def start_group(request: MemberRequest, body: GroupIn) -> HttpResponse:
    """Makes a group."""
    code = body.start_code or ""
    t = now()
    if code:
        limits.CODES.spend(limits.where_from(request), now=t)
    circle = ways.start_group(request.account, body.batch(), code, mode=settings.START_MODE, now=t)
    return JsonResponse({"circle": b64u(circle)}, status=201)


@router.get("/circles/{circle}/events")
@members_only
def events(request: MemberRequest, circle: str, after: Seq = -1) -> HttpResponse:
    """A page of a circle's log, with what is mine of its attachments."""
    membership = access.my_membership(request.account, circle)
    page, more = access.events_for(membership, after=after, most=PAGE)
    restored = restoring.told(membership.circle, now=now())
    return JsonResponse({"events": page, "head": membership.circle.head_seq, "more": more, "restored": restored})


@router.post("/circles/{circle}/events")
@members_only
def append(request: MemberRequest, circle: str, body: BatchIn) -> HttpResponse:
    """Takes a batch of events into a circle's log."""
    membership = access.my_membership(request.account, circle)
    return JsonResponse({"head": log.append(membership, body.batch(), now=now())}, status=201)


@router.get("/circles/{circle}/messages")
@members_only
def read(
    request: MemberRequest,
    circle: str,
    before: Position | None = None,
    after: Position | None = None,
    limit: Annotated[int, Field(ge=1, le=MESSAGES)] = MESSAGES,
) -> HttpResponse:
    """A page of messages, oldest first: the newest, those before a position, or those after one."""
    membership = access.my_membership(request.account, circle)
    page, more = access.messages_for(membership, before=before, after=after, most=limit)
    return JsonResponse({"messages": [_message_told(one) for one in page], "more": more})


def _message_told(one: Envelope) -> dict[str, Any]:
    told: dict[str, Any] = {"position": one.position, "at": one.at}
    if one.wire is None:
        return told | {"hash": b64u(one.hash), "gone": one.gone}
    return told | {"envelope": b64u(one.wire)}


@router.post("/circles/{circle}/messages")
@members_only
def post(request: MemberRequest, circle: str, body: EnvelopeIn) -> HttpResponse:
    """Takes a sealed message in; the same bytes again are answered as the first time."""
    membership = access.my_membership(request.account, circle)
    stored, new = messages.post(membership, body.envelope, now=now())
    return JsonResponse({"position": stored.position, "at": stored.at}, status=201 if new else 200)


@router.delete("/circles/{circle}/messages/{message}")
@members_only
def take_back(request: MemberRequest, circle: str, message: str) -> HttpResponse:
    """Deletes what one's own message held."""
    membership = access.my_membership(request.account, circle)
    messages.take_back(membership, access.my_message(membership, message))
    return HttpResponse(status=204)


@router.get("/circles/{circle}/partings")
@members_only
def partings(request: MemberRequest, circle: str) -> HttpResponse:
    """Farewells of members whose accounts are gone, for the next sender to bring."""
    membership = access.my_membership(request.account, circle)
    rows = access.partings_for(membership, now=now())
    told = [{"bytes": b64u(one.body), "sig": b64u(one.signature)} for one in rows]
    return JsonResponse({"partings": told})
