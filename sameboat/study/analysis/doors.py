"""What this app adds to the doors of a study."""

from sameboat.study.team.doors import Door

DOORS = [
    Door("Passages", "study-extracts", 54, "All that stands under a code or a theme, side by side"),
    Door("Compare", "study-compare", 70, "Codes and themes by participant and group; framework, charts, agreement"),
    Door("Search", "study-search", 75, "Words in everything that was said, with AND, OR, NOT and NEAR"),
]
