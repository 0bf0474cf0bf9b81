"""The door to who withdrew."""

from sameboat.study.fieldwork.models import Withdrawal
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _happened(seat: Seat) -> str:
    number = Withdrawal.objects.filter(study=seat.study).count()
    return str(number) if number else "nobody so far"


DOORS = [
    Door("Withdrawals", "study-withdrawals", 45, "Who withdrew, and which files are out of date", glance=_happened)
]
