"""The six phases of thematic analysis and the fifteen points of a good one (Braun and Clarke 2006), in our own words,
and what the workbench itself can show for each point."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.urls import reverse

from sameboat.study.coding.coverage import coverage
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.places import documents_out, extracts, places
from sameboat.study.team.access import Seat
from sameboat.study.text.counting import many
from sameboat.study.themes.held import Held, held
from sameboat.study.themes.models import Phase, PointNote
from sameboat.study.transcripts.models import Recording, Stage

PHASES = (
    "Getting to know the texts",
    "Coding all of them",
    "Looking for themes",
    "Checking the themes",
    "Saying what each theme is",
    "Writing the report",
)
POINTS = (
    ("Writing down", "The texts hold enough of how it was said, and were checked against the recordings."),
    ("Coding", "Every text was coded with the same care."),
    ("Coding", "Themes rest on all of the coding, not on a few striking passages."),
    ("Coding", "All passages of each theme were brought together."),
    ("Coding", "Themes were held against each other and against the texts once more."),
    ("Coding", "Each theme hangs together, and differs from the others."),
    ("Analysis", "What was said is interpreted, and not only said again."),
    ("Analysis", "The passages quoted show what is claimed."),
    ("Analysis", "The whole tells something about the question, in good order."),
    ("Analysis", "Quotations and the researchers' own words are in balance."),
    ("Time", "There was enough time for each phase."),
    ("Report", "What was taken for granted, and how it was worked, is said openly."),
    ("Report", "What was said would be done was done."),
    ("Report", "Its words fit the way of working."),
    ("Report", "The researchers are seen to make the themes; themes are not found lying there."),
)


@dataclass(frozen=True)
class Proof:
    """One thing that the workbench can show: a sentence, and the address where it stands."""

    says: str
    href: str


@dataclass
class Point:
    """One of the fifteen, with what there is to show for it and what the researchers say."""

    number: int
    about: str
    words: str
    note: str = ""
    proofs: list[Proof] = field(default_factory=list)


def points(seat: Seat) -> list[Point]:
    """The fifteen points of this study."""
    notes = dict(PointNote.objects.filter(study=seat.study).values_list("number", "note"))
    proofs = _Proofs(seat).all()
    return [
        Point(number, about, words, notes.get(number, ""), proofs.get(number, []))
        for number, (about, words) in enumerate(POINTS, 1)
    ]


class _Proofs:
    """What there is to show, by the number of its point."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.found: dict[int, list[Proof]] = {}
        _, self.themes = held(seat)

    def all(self) -> dict[int, list[Proof]]:
        """At least one for every point."""
        self._of_the_texts()
        self._of_the_themes()
        self._of_the_way()
        return self.found

    def _show(self, number: int, says: str, address: str, **named: uuid.UUID) -> None:
        href = reverse(address, kwargs={"sid": self.seat.study.id, **named})
        self.found.setdefault(number, []).append(Proof(says, href))

    def _of_the_texts(self) -> None:
        texts = documents_out(self.seat).defer("text")
        recorded = _recordings(self.seat)
        here = many(texts.count(), "text", "texts")
        self._show(1, f"{here}, {recorded} with a recording beside it.", "study-transcripts")
        clean = texts.filter(stage=Stage.ANONYMISED).count()
        self._show(1, f"Names were taken out of {clean} of them.", "study-transcripts")
        self._show(2, _coverage(self.seat), "study-coverage")
        self._show(2, "What bears no code is listed, passage by passage.", "study-open")

    def _of_the_themes(self) -> None:
        if not self.themes:
            for number in range(3, 11):
                self._show(number, "There are no themes yet.", "study-themes")
            return
        passages = sum(one.passages for one in self.themes)
        self._show(3, _spread(self.themes), "study-themes")
        under = many(len(self.themes), "theme", "themes")
        self._show(4, f"{many(passages, 'passage', 'passages')} under {under}.", "study-themes")
        strange = sum(one.misfits for one in self.themes)
        self._show(5, f"{many(strange, 'passage', 'passages')} noted as not fitting.", "study-themes")
        self._show(5, "Themes stand beside each other, by group and by participant.", "study-compare")
        self._show(6, _shared(self.themes), "study-themes")
        for one in self.themes:
            self._of_one_theme(one)
        named = sum(one.theme.status == "named" for one in self.themes)
        self._show(9, f"Themes with their last name: {named} of {len(self.themes)}.", "study-themes")
        self._show(10, _balance(self.seat, self.themes), "study-themes")

    def _of_one_theme(self, one: Held) -> None:
        name, where = one.theme.name, {"tid": one.theme.id}
        idea = one.theme.central_idea or "its central idea is not written yet"
        self._show(7, f"{name}: {idea}", "study-theme", **where)
        strange = f", {one.misfits} that do not fit" if one.misfits else ""
        held = many(one.passages, "passage", "passages")
        self._show(8, f"{name}: {held}{strange}, beside what it claims.", "study-theme", **where)

    def _of_the_way(self) -> None:
        seat, properties = self.seat, self.seat.study.properties
        self._show(11, _dated(seat), "study-phases")
        said = sum(bool(value) for value in properties.values())
        self._show(12, f"{said} facts are said about the study.", "study-about")
        self._show(13, "The audit trail holds every step.", "study-audit")
        approach = properties.get("Approach")
        says = f"The approach that is named: {approach}" if approach else "The approach is not named yet."
        self._show(14, says, "study-about")
        self._show(14, "What a report says of the way of working: the COREQ list.", "study-coreq")
        memos = Memo.objects.filter(study=seat.study, trashed_at=None)
        own = memos.filter(about_kind=MemoAbout.STUDY).count()
        says = f"{many(memos.count(), 'memo', 'memos')} by the researchers, {own} on the study as a whole."
        self._show(15, says, "study-memos")


def _balance(seat: Seat, themes: list[Held]) -> str:
    """Words of participants under the themes, each passage once, and words of the researchers on them."""
    codes = {code.id for one in themes for code in one.codes}
    theirs = sum(len(one.text.split()) for one in extracts(seat, places(seat), codes))
    ours = sum(len(f"{one.theme.central_idea} {one.theme.definition}".split()) for one in themes)
    about = [one.theme.id for one in themes]
    memos = Memo.objects.filter(study=seat.study, trashed_at=None, about_id__in=about).values_list("text", flat=True)
    ours += sum(len(text.split()) for text in memos)
    return f"{theirs} words of participants stand under the themes; you have written {ours} of your own on them."


def _recordings(seat: Seat) -> int:
    return Recording.objects.filter(study=seat.study).values("document").distinct().count()


def _coverage(seat: Seat) -> str:
    covered = [one for one in coverage(seat).values() if one.words]
    shares = [one.share for one in covered]
    if not shares:
        return "There is no text yet."
    return (
        f"Between {min(shares):.0%} and {max(shares):.0%} of what was said in each of {len(shares)} texts bears a code."
    )


def _spread(themes: list[Held]) -> str:
    least = min(len(one.participants) for one in themes)
    return f"Every theme has passages of at least {least} participants." if least else "A theme has no passages yet."


def _shared(themes: list[Held]) -> str:
    codes = [code.id for one in themes for code in one.codes]
    number = len(codes) - len(set(codes))
    return f"{number} codes belong to more than one theme." if number else "No code belongs to two themes."


def _dated(seat: Seat) -> str:
    rows = list(Phase.objects.filter(study=seat.study, started_on__isnull=False).order_by("number"))
    over = sum(row.ended_on is not None for row in rows)
    return f"{len(rows)} of six phases have their days, {over} are over."
