"""The JSON API of the coding screen: one NinjaAPI; each app that answers the screen adds its router here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.analysis.api import router as analysis
from sameboat.study.coding.api import router as coding
from sameboat.study.themes.api import router as themes
from sameboat.study.transcripts.api import router as transcripts
from sameboat.web.answers import BY_STATUS, NotUnderstood, refuse

api = NinjaAPI(
    title="Study",
    version=settings.VERSION,
    description="What the coding screen asks of the study's server.",
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


@api.exception_handler(HttpError)
def _http(request: HttpRequest, problem: Any) -> HttpResponse:
    return refuse(request, BY_STATUS.get(problem.status_code, NotUnderstood)())


for router in (coding, transcripts, themes, analysis):
    api.add_router("", router)
