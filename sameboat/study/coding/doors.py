"""The doors that lead to coding."""

from sameboat.study.coding import access
from sameboat.study.coding.bin import in_the_bin
from sameboat.study.coding.coverage import coverage
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _how_far(seat: Seat) -> str:
    covered = coverage(seat).values()
    words = sum(one.words for one in covered)
    return f"{100 * sum(one.coded for one in covered) // words} % coded" if words else ""


def _codes(seat: Seat) -> str:
    number = access.codes(seat).count()
    return f"{number} codes" if number != 1 else "1 code"


def _binned(seat: Seat) -> str:
    number = len(in_the_bin(seat))
    return f"{number} inside" if number else "empty"


DOORS = [
    Door("Coding", "study-coding", 50, "Read what was said, and put codes on it", glance=_how_far),
    Door("Codes", "study-codebook", 52, "What each code means; to read, to print, as it was on any day", glance=_codes),
    Door("Bin", "study-bin", 120, "What was put away and can come back", glance=_binned),
]
