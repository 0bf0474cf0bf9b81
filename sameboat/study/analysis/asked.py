"""What a page of comparison was asked for, read from its address; what is not understood is as good as not said."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import QueryDict


def one_id(asked: QueryDict, name: str) -> uuid.UUID | None:
    """An id that the address names."""
    try:
        return uuid.UUID(asked.get(name, ""))
    except ValueError:
        return None


def ids(asked: QueryDict, name: str) -> set[uuid.UUID]:
    """All ids that the address names."""
    found = set()
    for text in asked.getlist(name):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return found


def among(asked: QueryDict, name: str, choices: Iterable[str]) -> str:
    """One of the choices; the first where nothing else was said."""
    known = list(choices)
    said = asked.get(name, "")
    return said if said in known else known[0]
