"""How a page answers after something was done: the next page, which says what happened in one sentence.

The sentence is named in the address (`?said=saved`), because on a laptop there is no session to keep it in. Only
sentences that are registered here are shown, so that nobody can put words into a link.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

SAID = {
    "saved": _("Saved."),
    "removed": _("Taken away."),
    "binned": _("It is in the bin."),
    "restored": _("It is back."),
    "restored-in-part": _("It is back, without some of what belonged to it: that is gone by now."),
    "gone-for-good": _("It is deleted for good."),
    "study-deleted": _("The study is deleted. Files that were taken out of it stay wherever they lie."),
    "undone": _("Undone."),
    "redone": _("Done again."),
    "nothing-to-undo": _("There is nothing of yours to undo."),
    "nothing-to-redo": _("There is nothing to do again."),
    "all-coded": _("Every word that was said bears a code."),
    "taken-out-again": _(
        "The backup held people who have withdrawn since. What they said was taken out of it again. "
        "Names typed in by hand when they withdrew are not kept anywhere: please look through your notes for them."
    ),
    "changed-since": _("Somebody changed this since, so it stays as it is."),
}


class SeeOther(HttpResponseRedirect):
    """303: whatever was sent, the next request is a plain look. `said` names a sentence of SAID; `more` goes along."""

    status_code = 303

    def __init__(self, address: str, said: str = "", more: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{address}?{urlencode({'said': said, **(more or {})})}" if said else address)


def own_address(given: str, otherwise: str) -> str:
    """An address on this site that a form sent along, or `otherwise`."""
    return given if given.startswith("/") and url_has_allowed_host_and_scheme(given, None) else otherwise
