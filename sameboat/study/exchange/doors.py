"""What this app adds to the doors of a study."""

from sameboat.study.team.doors import Door

DOORS = [Door("Exchange", "study-exchange", 100, "Out to other programs and in from them; a backup in one file")]
