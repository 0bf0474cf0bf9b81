"""The six phases of thematic analysis and the fifteen points of a good one (Braun and Clarke 2006), in our own words,
and what the workbench itself can show for each point."""

from __future__ import annotations

from dataclasses import dataclass, field

from sameboat.study.coding.coverage import coverage
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.places import documents_out
from sameboat.study.team.access import Seat
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
    """One thing that the workbench can show: a sentence, and the name of the address where it stands."""

    says: str
    address: str


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
    proofs = _proofs(seat)
    return [
        Point(number, about, words, notes.get(number, ""), proofs.get(number, []))
        for number, (about, words) in enumerate(POINTS, 1)
    ]


def _proofs(seat: Seat) -> dict[int, list[Proof]]:
    _, themes = held(seat)
    texts = documents_out(seat).defer("text")
    found = {
        1: [Proof(f"{texts.count()} texts, {_recordings(seat)} with a recording beside them.", "study-transcripts")]
    }
    clean = texts.filter(stage=Stage.ANONYMISED).count()
    found[1].append(Proof(f"Names were taken out of {clean} of them.", "study-transcripts"))
    found[2] = [Proof(_coverage(seat), "study-coding")]
    if themes:
        found[3] = [Proof(_spread(themes), "study-themes")]
        found[4] = [
            Proof(f"{sum(one.passages for one in themes)} passages stand under {len(themes)} themes.", "study-themes")
        ]
        found[5] = [Proof(f"{sum(one.misfits for one in themes)} passages are noted as not fitting.", "study-themes")]
        found[6] = [Proof(_shared(themes), "study-themes")]
        ideas = sum(bool(one.theme.central_idea) for one in themes)
        found[7] = [Proof(f"{ideas} of {len(themes)} themes have a central idea.", "study-themes")]
        named = sum(one.theme.status == "named" for one in themes)
        found[9] = [Proof(f"{named} of {len(themes)} themes have their last name.", "study-themes")]
    found[11] = [Proof(_dated(seat), "study-phases")]
    said = sum(bool(value) for value in seat.study.properties.values())
    found[12] = [Proof(f"{said} facts are said about the study.", "study-about")]
    found[13] = [Proof("The audit trail holds every step.", "study-audit")]
    memos = Memo.objects.filter(study=seat.study, trashed_at=None)
    own = memos.filter(about_kind=MemoAbout.STUDY).count()
    found[15] = [Proof(f"{memos.count()} memos by the researchers, {own} on the study as a whole.", "study-audit")]
    return found


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
