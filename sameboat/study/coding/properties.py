"""Properties under headings of the researchers' own, as forms send them and rows keep them."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.http import QueryDict

from sameboat.study.coding import access
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat

LONGEST_HEADING, LONGEST = 200, 20_000


def said_in(form: QueryDict) -> dict[str, str]:
    """Headings with what stands under them; whatever is empty is left out."""
    pairs = zip(form.getlist("heading"), form.getlist("said"), strict=False)
    cut = ((heading.strip()[:LONGEST_HEADING], said.strip()[:LONGEST]) for heading, said in pairs)
    return {heading: said for heading, said in cut if heading and said}


def shown(kept: dict[str, Any]) -> list[tuple[str, str]]:
    """What is kept, and an empty line for one more."""
    return [*((str(heading), str(said)) for heading, said in kept.items()), ("", "")]


def describe_text(seat: Seat, document_id: uuid.UUID, said: dict[str, str], *, now: datetime.datetime) -> None:
    """Changes the properties of a text. Raises NotHere."""
    with act(seat.study, seat.researcher, "edit document", now=now) as doing:
        document = access.document(seat, document_id)
        doing.label = document.title
        doing.change(document, properties=said)
