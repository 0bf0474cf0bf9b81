"""`{{ moment|day_and_time }}`: "Saturday 21 November, 1:35am", as people say it."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day_and_time(moment: datetime) -> str:
    """The local day, and the time in figures; whole hours without minutes."""
    local = timezone.localtime(moment)
    hour = date_format(local, "g:i" if local.minute else "g")
    return f"{date_format(local, 'l j F')}, {hour}{'am' if local.hour < 12 else 'pm'}"
