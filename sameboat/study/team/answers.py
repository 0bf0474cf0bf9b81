"""How a page answers after something was done."""

from __future__ import annotations

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: whatever was sent, the next request is a plain look."""

    status_code = 303
