"""Figures as people read them; what cannot be said is a dash."""

from __future__ import annotations

from django import template

register = template.Library()
NOTHING = "–"


@register.filter
def share(value: float | None) -> str:
    """A share of 1 as percent."""
    return NOTHING if value is None else f"{value:.1%}"


@register.filter
def coefficient(value: float | None) -> str:
    """Three places behind the point, with a true minus."""
    return NOTHING if value is None else f"{value:.3f}".replace("-", "\u2212")
