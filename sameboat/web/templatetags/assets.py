"""`{% script "web/exit.js" %}`: a script tag that Integrity-Policy lets through."""

from __future__ import annotations

import functools

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sameboat.web.assets import integrity

register = template.Library()


@functools.cache
def _integrity(hashed_name: str) -> str:
    return integrity(hashed_name)


@register.simple_tag
def script(name: str) -> SafeString:
    """A deferred script with its integrity; `name` is the path under a `static` folder."""
    stored = staticfiles_storage.stored_name(name)  # type: ignore[attr-defined]
    # Without `crossorigin` the request is made no-cors, and Integrity-Policy refuses it, silently.
    return format_html(
        '<script src="{}" integrity="{}" crossorigin defer></script>',
        staticfiles_storage.url(name),
        _integrity(stored),
    )
