"""What each theme holds, and the map of them all."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from sameboat.study.charts import MapTheme, theme_map
from sameboat.study.coding import access as coding_access
from sameboat.study.coding.models import Code
from sameboat.study.coding.places import Extract, Places, extracts, places
from sameboat.study.team.access import Seat
from sameboat.study.themes import access
from sameboat.study.themes.models import Theme


@dataclass(frozen=True)
class Held:
    """A theme with its codes, how many passages it has, and whose: participants' codes in order."""

    theme: Theme
    codes: list[Code]
    passages: int
    participants: list[str]
    misfits: int

    @property
    def status(self) -> str:
        return str(self.theme.get_status_display())


def held(seat: Seat) -> tuple[Places, list[Held]]:
    """Every theme of the study with what it holds."""
    whose, codes = places(seat), {one.id: one for one in coding_access.codes(seat)}
    of_themes = access.codes_of_themes(seat)
    rows = coding_access.spans(seat).values_list("code_id", "document_id", "start", "end")
    on_code: dict[uuid.UUID, set[tuple[uuid.UUID, int, int]]] = {}
    for code, document, start, end in rows:
        if document in whose.texts:
            on_code.setdefault(code, set()).add((document, start, end))
    strange = Counter(access.misfits(seat).values_list("theme_id", flat=True))
    found = []
    for theme in access.themes(seat):
        made_of = of_themes.get(theme.id, [])
        passages = set().union(*(on_code.get(code, set()) for code in made_of))
        by = {whose.texts[document].participant for document, _, _ in passages}
        people = [one.code for key, one in whose.participants.items() if key in by]
        found.append(Held(theme, [codes[code] for code in made_of], len(passages), people, strange[theme.id]))
    return whose, found


def extracts_of(seat: Seat, theme: Theme, whose: Places | None = None) -> list[Extract]:
    """Every passage of a theme, by participant, and then those that speak against it without bearing its codes."""
    whose = whose or places(seat)
    found = extracts(seat, whose, access.codes_of_themes(seat)[theme.id])
    shown = {span for one in found for span in one.spans}
    other = {row.span_id: row.span for row in access.misfits(seat).filter(theme=theme) if row.span_id not in shown}
    if other:
        documents, codes = {row.document_id for row in other.values()}, {row.code_id for row in other.values()}
        found += [one for one in extracts(seat, whose, codes, documents=documents) if other.keys() & set(one.spans)]
    return found


def map_of(seat: Seat, themes: list[Held], asked: str = "") -> str:
    """The thematic map as SVG, around what is `asked`: the study's question, where nothing else is said."""
    said = [
        MapTheme(one.theme.name, one.status, one.theme.colour, tuple(code.name for code in one.codes)) for one in themes
    ]
    words = " ".join(f"{one.name} ({one.status}): {', '.join(one.codes) or 'no codes yet'}." for one in said)
    return theme_map("map", asked or seat.study.question or seat.study.name, words, said)
