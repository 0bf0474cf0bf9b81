"""The only way to obtain a theme: through a seat in its study."""

from __future__ import annotations

import uuid
from collections import defaultdict

from django.db.models import QuerySet

from sameboat.lib.refusals import NotHere
from sameboat.study.team.access import Seat
from sameboat.study.themes.models import Misfit, Theme, ThemeCode


def themes(seat: Seat) -> QuerySet[Theme]:
    """The study's themes in their order."""
    return Theme.objects.filter(study=seat.study).order_by("order", "name", "id")


def theme(seat: Seat, theme_id: uuid.UUID) -> Theme:
    """One theme. Raises NotHere."""
    found = themes(seat).filter(id=theme_id).first()
    if found is None:
        raise NotHere
    return found


def codes_of_themes(seat: Seat) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Which codes make each theme, as they stand in the codebook; none that is in the bin."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    rows = ThemeCode.objects.filter(study=seat.study, code__trashed_at=None)
    for theme_id, code in rows.order_by("code__position", "code__name", "id").values_list("theme_id", "code_id"):
        found[theme_id].append(code)
    return found


def misfits(seat: Seat) -> QuerySet[Misfit]:
    """What does not fit, as far as this seat may see the passages."""
    found = Misfit.objects.filter(study=seat.study, span__code__trashed_at=None, span__document__trashed_at=None)
    found = found.select_related("span").order_by("span__document__title", "span__start", "id")
    return found.filter(span__author=seat.researcher) if seat.blind else found
