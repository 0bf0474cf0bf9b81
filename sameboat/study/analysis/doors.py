"""What this app adds to the doors of a study."""

from sameboat.study.team.doors import Door

DOORS = [Door("Search", "study-search", 75, "Words in everything that was said, with AND, OR, NOT and NEAR")]
