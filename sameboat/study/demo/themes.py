"""The made-up study's themes, what does not fit them, and how the work went."""

from __future__ import annotations

import datetime

from sameboat.study.analysis.models import FrameworkCell, SavedQuery
from sameboat.study.coding.models import Code, Span
from sameboat.study.demo import words
from sameboat.study.demo.fieldwork import day
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.themes.models import Misfit, Phase, PointNote, Theme, ThemeCode
from sameboat.study.transcripts.models import Document


def make_themes(seat: Seat, documents: dict[str, Document], codes: dict[str, Code], *, now: datetime.datetime) -> None:
    """Themes with their codes, what does not fit, cells of the framework, phases and points."""
    with act(seat.study, seat.researcher, "add theme", label=words.THEMES[0][0], now=now) as doing:
        themes: list[Theme] = []
        for order, (name, status, colour, keys, idea, definition) in enumerate(words.THEMES):
            theme = Theme(
                study=seat.study, name=name, status=status, colour=colour, order=order, central_idea=idea,
                definition=definition,
            )  # fmt: skip
            doing.add(theme)
            doing.add_all([ThemeCode(study=seat.study, theme=theme, code=codes[key]) for key in keys])
            themes.append(theme)
        for number, name, key, note in words.MISFITS:
            span = Span.objects.filter(document=documents[name], code=codes[key]).order_by("start")[0]
            doing.add(Misfit(study=seat.study, theme=themes[number], span=span, note=note))
        for number, name, summary in words.CELLS:
            participant = documents[name].participant
            doing.add(FrameworkCell(study=seat.study, theme=themes[number], participant=participant, summary=summary))
    _note_the_work(seat, now=now)


def _note_the_work(seat: Seat, *, now: datetime.datetime) -> None:
    with act(seat.study, seat.researcher, "note the work", label="1–6", now=now) as doing:
        for number, started, ended, note in words.PHASES:
            ended_on = day(ended) if ended else None
            doing.add(Phase(study=seat.study, number=number, started_on=day(started), ended_on=ended_on, note=note))
        doing.add_all([PointNote(study=seat.study, number=number, note=note) for number, note in words.POINTS])
        doing.add_all([SavedQuery(study=seat.study, name=name, text=text) for name, text in words.QUERIES])
