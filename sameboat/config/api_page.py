"""`/api/docs` and `/api/openapi.json`: the API described for operators, where the setting API_DOCS is on.

A page of our own rather than a viewer from a library: those need scripts that the content policy refuses.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from sameboat.config.api import api
from sameboat.lib.policy import open_to_everyone
from sameboat.lib.refusals import NotHere


def _only_where_switched_on() -> None:
    if not settings.API_DOCS:
        raise NotHere


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema's operations as rows: verb, address, summary, what it takes and what it answers."""
    return [
        {
            "verb": verb.upper(),
            "address": address,
            "summary": one.get("summary", ""),
            "about": one.get("description", ""),
            "takes": _named(one.get("requestBody", {})),
            "answers": [(status, _named(answer)) for status, answer in one.get("responses", {}).items()],
        }
        for address, verbs in schema["paths"].items()
        for verb, one in verbs.items()
    ]


def _named(part: dict[str, Any]) -> str:
    """The name of the shape that a body has, such as `Message`; empty for none or an unnamed one."""
    shape = part.get("content", {}).get("application/json", {}).get("schema", {})
    reference = shape.get("$ref") or shape.get("items", {}).get("$ref") or ""
    return str(reference.rpartition("/")[2] or shape.get("title", ""))


@require_safe
@open_to_everyone("describes addresses, not people; off unless the operator switches it on")
def openapi(request: HttpRequest) -> HttpResponse:
    _only_where_switched_on()
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/"))


@require_safe
@open_to_everyone("describes addresses, not people; off unless the operator switches it on")
def docs(request: HttpRequest) -> HttpResponse:
    _only_where_switched_on()
    schema = api.get_openapi_schema(path_prefix="/api/")
    shapes = {
        name: [(field, about.get("type", ""), about.get("description", "")) for field, about in fields.items()]
        for name, shape in schema["components"]["schemas"].items()
        if (fields := shape.get("properties"))
    }
    return render(request, "web/api.html", {"operations": operations(schema), "shapes": shapes})


urlpatterns = [path("docs", docs), path("openapi.json", openapi)]
