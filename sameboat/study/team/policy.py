"""Policy marks of the study: who a route is for. A mark stands directly above the function.

A route about one study has `sid` in its address; the mark finds the seat and puts it on the request as `seat`.
Everything else is `open_to_everyone("reason")` of `sameboat.lib.policy`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from sameboat.lib.policy import Policy, View, marked
from sameboat.lib.refusals import SignInFirst
from sameboat.study.team.access import Seat, seat
from sameboat.study.team.models import Researcher, Role


class StudyRequest(HttpRequest):
    """A request that passed a mark: `researcher` is who asks, `seat` their place in the study of the address."""

    researcher: Researcher
    seat: Seat


def _a_researcher(request: HttpRequest) -> Researcher:
    found: Researcher | None = getattr(request, "researcher", None)
    if found is None:
        raise SignInFirst
    return found


def _come_in(request: HttpRequest) -> None:
    _a_researcher(request)


def _seated(role: str) -> Callable[[HttpRequest], None]:
    def admit(request: HttpRequest) -> None:
        researcher = _a_researcher(request)
        if not hasattr(request, "seat"):
            match = request.resolver_match
            assert match is not None  # noqa: S101  (every view is reached by an address)
            request.seat = seat(researcher, match.kwargs["sid"], needs=role)  # type: ignore[attr-defined]

    return admit


def researchers_only(view: View) -> View:
    """Whoever has come in; on a laptop, whoever sits at it."""
    return marked(view, Policy("researchers"), _come_in)


def readers_only(view: View) -> View:
    """Anyone with a part in the study of the address; to others it does not exist."""
    return marked(view, Policy("readers"), _seated(Role.READER))


def coders_only(view: View) -> View:
    """Coders and leads of the study."""
    return marked(view, Policy("coders"), _seated(Role.CODER))


def leads_only(view: View) -> View:
    """Leads of the study."""
    return marked(view, Policy("leads"), _seated(Role.LEAD))
