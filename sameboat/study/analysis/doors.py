"""What this app adds to the doors of a study."""

from sameboat.study.coding import access
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _memos(seat: Seat) -> str:
    number = access.memos(seat).count()
    return f"{number} memos" if number != 1 else "1 memo"


DOORS = [
    Door("Passages", "study-extracts", 54, "All that stands under a code or a theme, side by side"),
    Door("Memos", "study-memos", 65, "What you want to keep in mind, on anything in the study", glance=_memos),
    Door("Compare", "study-compare", 70, "Codes and themes by participant and group; framework, charts, agreement"),
    Door("Search", "study-search", 75, "Words in everything that was said, with AND, OR, NOT and NEAR"),
]
