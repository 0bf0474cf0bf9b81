"""The door to themes."""

from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door
from sameboat.study.themes import access


def _how_many(seat: Seat) -> str:
    number = access.themes(seat).count()
    return f"{number} themes" if number != 1 else "one theme"


DOORS = [
    Door(
        "Themes",
        "study-themes",
        60,
        "From codes to themes: a map, the six phases, the fifteen points",
        glance=_how_many,
    )
]
