"""Memos on one thing, wherever that thing has a page: pages further down ask for them by this tag."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.template import Context

from sameboat.study.coding import access

register = template.Library()


@register.inclusion_tag("study_coding/memos.html", takes_context=True)
def memos_on(context: Context, kind: str, about: uuid.UUID, name: str = "") -> dict[str, Any]:
    """The memos on one thing that this seat may see, the oldest first, and a form for one more.

    `name` tells things apart where a page has several of them.
    """
    found = access.memos(context["seat"]).filter(about_kind=kind, about_id=about).order_by("created_at")
    said = {name: context[name] for name in ("study", "may_code", "request")}
    return {**said, "memos": found, "kind": kind, "about": about, "name": name}
