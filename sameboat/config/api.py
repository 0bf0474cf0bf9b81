"""The member API: one NinjaAPI; each module that answers members adds its router here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from sameboat.accounts.api import router as accounts
from sameboat.accounts.passkey_api import router as passkeys
from sameboat.circles.api import router as circles
from sameboat.circles.door_api import router as door
from sameboat.circles.renewal_api import router as renewal
from sameboat.circles.repair_api import router as repair
from sameboat.circles.talks_api import router as talks
from sameboat.lib.refusals import NotHere, Refusal, SignInFirst
from sameboat.meetings.api import router as meetings
from sameboat.oversight.api import router as oversight
from sameboat.relay.api import router as relay
from sameboat.told.api import router as told
from sameboat.web.answers import BY_STATUS, NotUnderstood, refuse

api = NinjaAPI(
    title="Same Boat",
    version=settings.VERSION,
    description="What a member's browser asks of the server. Everything that members write is sealed.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


@api.exception_handler(Refusal)
def _refusal(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, problem)


@api.exception_handler(ValidationError)
def _wrong_shape(request: HttpRequest, problem: Any) -> HttpResponse:
    # The library's own answer would quote what was sent.
    return refuse(request, NotUnderstood())


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, NotHere())


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, SignInFirst())


@api.exception_handler(HttpError)
def _http(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, BY_STATUS.get(problem.status_code, NotUnderstood)())


for router in (accounts, passkeys, circles, door, renewal, repair, talks):
    api.add_router("", router)
api.add_router("", oversight)
api.add_router("", told)
api.add_router("", meetings)
api.add_router("", relay)
