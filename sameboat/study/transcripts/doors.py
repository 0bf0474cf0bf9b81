"""What this app adds to the doors of a study."""

from sameboat.study.team.doors import Door

DOORS = [Door("Transcripts", "study-transcripts", 10, "Every text of the study, and what is still to be done with it")]
