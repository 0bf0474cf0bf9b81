"""The page of passages side by side, which every cell and bar leads to."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sameboat.study.analysis.asked import among, one_id
from sameboat.study.analysis.attributes import columns_by
from sameboat.study.coding import access
from sameboat.study.coding.places import Extract, Places, extracts, places
from sameboat.study.team.policy import StudyRequest, readers_only
from sameboat.study.themes import access as theme_access

MOST_EXTRACTS = 2000


@require_safe
@readers_only
def passages(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Passages side by side: of a code or a theme, of a participant, a group or a text, of whom something is known."""
    seat, asked = request.seat, request.GET
    whose, book = places(seat), list(access.codebook(seat))
    names = {one.id: one.name for one in book}
    theme = theme_access.theme(seat, chosen) if (chosen := one_id(asked, "theme")) else None
    code = access.code(seat, chosen) if (chosen := one_id(asked, "code")) else None
    wanted = None
    if theme:
        wanted = theme_access.codes_of_themes(seat)[theme.id]
    if code:
        wanted = [code.id, *access.below(book, code.id)]
    found = extracts(seat, whose, wanted, documents=_texts(whose, asked), coder=one_id(asked, "coder"))
    beside = among(asked, "beside", ("groups", "participants", "nothing"))
    said = {
        "columns": _beside(whose, found[:MOST_EXTRACTS], names, beside),
        "total": len(found),
        "most": MOST_EXTRACTS,
        "title": theme.name if theme else code.name if code else "",
        "about": theme.central_idea if theme else code.definition if code else "",
        "beside": beside,
        "codes": book,
        "themes": theme_access.themes(seat),
        "whose": whose,
        "known": _known(whose, asked),
        "chosen": {
            name: one_id(asked, name) for name in ("code", "theme", "participant", "group", "document", "coder")
        },
    }
    return render(request, "analysis/extracts.html", said)


def _texts(whose: Places, asked: QueryDict) -> list[uuid.UUID] | None:
    """The texts that are asked for; None for all."""
    for name, of in (("participant", whose.of_participant), ("group", whose.of_group)):
        if chosen := one_id(asked, name):
            return [place.id for place in of.get(chosen, [])]
    if chosen := one_id(asked, "said"):
        return [text for text, value in columns_by(whose, asked.get("heading", ""))[1].items() if value == chosen]
    if chosen := one_id(asked, "document"):
        return [chosen]
    return None


def _known(whose: Places, asked: QueryDict) -> dict[str, str]:
    """Of whom only, by what is known of them: the heading, what is said there, and its id for the form."""
    heading, chosen = asked.get("heading", ""), one_id(asked, "said")
    said = columns_by(whose, heading)[0].get(chosen, "") if chosen else ""
    return {"heading": heading, "said": said, "id": str(chosen)} if said else {}


Column = tuple[str, list[tuple[Extract, str]]]


def _beside(whose: Places, found: list[Extract], names: dict[uuid.UUID, str], beside: str) -> list[Column]:
    """Columns with a name, and in each the passages with the names of their codes."""
    columns: dict[str, list[tuple[Extract, str]]] = {}
    for one in found:
        place = whose.texts[one.document]
        group = str(whose.groups[place.group]) if place.group else "Other texts"
        key = {"groups": group, "participants": one.who}.get(beside, "")
        columns.setdefault(key, []).append((one, ", ".join(names[code] for code in one.codes)))
    return list(columns.items())
