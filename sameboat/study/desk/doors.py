"""The doors to who takes part and what the study is about."""

from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _people(seat: Seat) -> str:
    number = seat.study.memberships.count()
    return f"{number} people" if number != 1 else "one person"


DOORS = [
    Door("Team", "study-team", 80, "Who takes part, and as what", glance=_people),
    Door("About this study", "study-about", 130, "Its question, and what a report says about it"),
]
