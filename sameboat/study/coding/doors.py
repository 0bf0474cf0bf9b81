"""The doors that lead to coding."""

from sameboat.study.team.doors import Door
from sameboat.study.team.models import Role

DOORS = [
    Door("Coding", "study-coding", 5, "Read what was said, and put codes on it", needs=Role.READER),
]
