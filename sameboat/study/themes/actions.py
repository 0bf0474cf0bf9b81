"""Verbs on themes: make one, say what it is, which codes make it, what does not fit; and how the work goes."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Collection

from sameboat.lib.refusals import NotHere
from sameboat.study.coding import access as coding_access
from sameboat.study.coding.palette import is_colour
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.themes import access
from sameboat.study.themes.models import Misfit, Phase, PointNote, Theme, ThemeCode, ThemeStatus
from sameboat.study.themes.refusals import EndBeforeStart, ThemeNameMissing, ThemeNameTaken

COLOURS = ("#3d7fb8", "#d1a03d", "#9a7bbf", "#2a9d8f", "#a8476b", "#6b7a2f")
LONGEST_NAME, LONGEST_TEXT = 300, 20_000


def add_theme(seat: Seat, name: str, *, now: datetime.datetime) -> Theme:
    """A new theme, last in order. Raises ThemeNameMissing, ThemeNameTaken."""
    with act(seat.study, seat.researcher, "add theme", label=name, now=now) as doing:
        number = access.themes(seat).count()
        made = Theme(
            study=seat.study, name=_free_name(seat, name), colour=COLOURS[number % len(COLOURS)], order=number
        )  # fmt: skip
        doing.add(made)
    return made


def edit_theme(
    seat: Seat, theme_id: uuid.UUID, codes: Collection[uuid.UUID], *, now: datetime.datetime, **words: str
) -> None:
    """What a theme is called, says and is made of. `words` are columns. Raises NotHere, ThemeNameMissing, …"""
    with act(seat.study, seat.researcher, "edit theme", now=now) as doing:
        theme = access.theme(seat, theme_id)
        doing.label = theme.name
        words["name"] = _free_name(seat, words["name"], theme.id)
        if words.get("status") not in ThemeStatus.values:
            words["status"] = theme.status
        if not is_colour(words.get("colour", "")):
            words["colour"] = theme.colour
        doing.change(theme, **{name: value.strip()[:LONGEST_TEXT] for name, value in words.items()})
        wanted = set(coding_access.codes(seat).filter(id__in=codes).values_list("id", flat=True))
        held = {row.code_id: row for row in ThemeCode.objects.filter(theme=theme)}
        shown = set(access.codes_of_themes(seat)[theme.id])
        doing.remove_all([row for code, row in held.items() if code in shown - wanted])
        doing.add_all([ThemeCode(study=seat.study, theme=theme, code_id=code) for code in sorted(wanted - set(held))])


def move_theme(seat: Seat, theme_id: uuid.UUID, by: int, *, now: datetime.datetime) -> None:
    """One place up (-1) or down (1). Raises NotHere."""
    with act(seat.study, seat.researcher, "move theme", now=now) as doing:
        theme = access.theme(seat, theme_id)
        doing.label = theme.name
        every = list(access.themes(seat))
        at = next(place for place, one in enumerate(every) if one.id == theme.id)
        every.insert(max(0, min(at + by, len(every) - 1)), every.pop(at))
        for place, one in enumerate(every):
            doing.change(one, order=place)


def remove_theme(seat: Seat, theme_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """A theme goes, with what does not fit it and its cells; codes and passages stay. It can come back from the bin."""
    with act(seat.study, seat.researcher, "remove theme", now=now) as doing:
        theme = access.theme(seat, theme_id)
        doing.label = theme.name
        doing.take_away(theme)


def note_misfit(seat: Seat, theme_id: uuid.UUID, span_id: uuid.UUID, note: str, *, now: datetime.datetime) -> None:
    """Says that a passage does not fit a theme, and why; said again, the note changes. Raises NotHere."""
    with act(seat.study, seat.researcher, "note misfit", now=now) as doing:
        theme, span = access.theme(seat, theme_id), coding_access.span(seat, span_id)
        doing.label = theme.name
        known = Misfit.objects.filter(theme=theme, span=span).first()
        if known:
            doing.change(known, note=note.strip()[:LONGEST_TEXT])
        else:
            doing.add(Misfit(study=seat.study, theme=theme, span=span, note=note.strip()[:LONGEST_TEXT]))


def forget_misfit(seat: Seat, theme_id: uuid.UUID, misfit_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """A passage fits after all. Raises NotHere."""
    with act(seat.study, seat.researcher, "forget misfit", now=now) as doing:
        found = access.misfits(seat).filter(theme=theme_id, id=misfit_id).select_related("theme").first()
        if found is None:
            raise NotHere
        doing.label = found.theme.name
        doing.remove(found)


def note_phase(
    seat: Seat,
    number: int,
    started_on: datetime.date | None,
    ended_on: datetime.date | None,
    note: str,
    *,
    now: datetime.datetime,
) -> None:
    """When one of the six phases was, and what was done. Raises NotHere, EndBeforeStart."""
    if not 1 <= number <= 6:
        raise NotHere
    if started_on and ended_on and ended_on < started_on:
        raise EndBeforeStart
    with act(seat.study, seat.researcher, "note phase", label=str(number), now=now) as doing:
        row = Phase.objects.filter(study=seat.study, number=number).first()
        said = {"started_on": started_on, "ended_on": ended_on, "note": note.strip()[:LONGEST_TEXT]}
        if row:
            doing.change(row, **said)
        elif any(said.values()):
            doing.add(Phase(study=seat.study, number=number, **said))


def note_point(seat: Seat, number: int, note: str, *, now: datetime.datetime) -> None:
    """What the researchers say to one of the fifteen points. Raises NotHere."""
    if not 1 <= number <= 15:
        raise NotHere
    with act(seat.study, seat.researcher, "note point", label=str(number), now=now) as doing:
        row = PointNote.objects.filter(study=seat.study, number=number).first()
        if row:
            doing.change(row, note=note.strip()[:LONGEST_TEXT])
        elif note.strip():
            doing.add(PointNote(study=seat.study, number=number, note=note.strip()[:LONGEST_TEXT]))


def _free_name(seat: Seat, text: str, but: uuid.UUID | None = None) -> str:
    name = re.sub(r"\s+", " ", text).strip()[:LONGEST_NAME]
    if not name:
        raise ThemeNameMissing
    if any(one.name.casefold() == name.casefold() for one in access.themes(seat) if one.id != but):
        raise ThemeNameTaken
    return name
