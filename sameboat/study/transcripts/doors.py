"""What this app adds to the doors of a study."""

from sameboat.study.fieldwork.models import Interview
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door
from sameboat.study.transcripts.models import Document, Stage


def _with_names(seat: Seat) -> str:
    raw = Document.objects.filter(study=seat.study, trashed_at=None, stage=Stage.RAW).count()
    return f"{raw} with names still in" if raw else ""


def _held(seat: Seat) -> str:
    number = Interview.objects.filter(study=seat.study).count()
    return f"{number} held" if number else ""


DOORS = [
    Door(
        "Transcripts",
        "study-transcripts",
        10,
        "Every text of the study, and what is still to be done with it",
        glance=_with_names,
    ),
    Door("Interviews", "study-interviews", 15, "Who was listened to, when, and with which questions", glance=_held),
]
