"""The door to participant checking."""

from sameboat.study.checking.models import CheckAnswer, CheckAnswered
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _asked(seat: Seat) -> str:
    rows = CheckAnswer.objects.filter(study=seat.study, answer=CheckAnswered.WITHDRAW)
    return f"{rows.count()} to be taken out" if rows.exists() else ""


DOORS = [Door("Checking", "study-checking", 78, "Passages sent back to whoever said them", glance=_asked)]
