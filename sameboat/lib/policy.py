"""Policy marks: every view and API operation says who it is for, and the mark holds it to that.

A mark stands directly above the function, below the route's decorator. It knows only two attributes that
middleware puts on a request: `account` (a signed-in member, or None) and `user` (a staff person).
What a member may reach is decided by `access.py` of the module; the mark is the outer door.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja.decorators import decorate_view

from sameboat.lib.refusals import NotHere, SignInFirst

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """Who a route is for: `members`, `hosts`, `staff` (with roles) or `everyone` (with the reason)."""

    who: str
    reason: str = ""
    roles: tuple[str, ...] = ()


def marked(view: View, policy: Policy, admit: Callable[[HttpRequest], None]) -> View:
    """The view behind a door: `admit` raises a Refusal for whoever may not pass."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        admit(request)
        return view(request, *args, **kwargs)

    # ninja resolves annotations in the wrapper's globals, so they are resolved here, in the view's own.
    guarded.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    guarded.policy = policy  # type: ignore[attr-defined]
    # Where it is an API operation, the door comes before anything that was sent is looked at.
    return decorate_view(functools.partial(_door, admit))(guarded)  # type: ignore[return-value]


def _door(admit: Callable[[HttpRequest], None], run: Callable[..., Any]) -> Callable[..., Any]:
    def guarded_run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        admit(request)
        return run(request, *args, **kwargs)

    return guarded_run


def _a_member(request: HttpRequest) -> None:
    if getattr(request, "account", None) is None:
        raise SignInFirst


def members_only(view: View) -> View:
    """A signed-in member; anyone else is asked to come in."""
    return marked(view, Policy("members"), _a_member)


def hosts_only(view: View) -> View:
    """A signed-in member; that they are host of this circle is checked where the circle is fetched."""
    return marked(view, Policy("hosts"), _a_member)


def staff_only(*roles: str) -> Callable[[View], View]:
    """A staff person with one of the roles; to anyone else the page does not exist."""

    def admit(request: HttpRequest) -> None:
        person = getattr(request, "user", None)
        if person is None or not person.is_authenticated or person.role not in roles:
            raise NotHere

    return lambda view: marked(view, Policy("staff", roles=roles), admit)


def open_to_everyone(reason: str) -> Callable[[View], View]:
    """No sign-in asked; the reason says why that is right."""
    if not reason.strip():
        raise ValueError("say why this is open to everyone")
    return lambda view: marked(view, Policy("everyone", reason=reason), lambda request: None)


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """The mark on a view or operation, or None where someone forgot it."""
    return getattr(view, "policy", None)
