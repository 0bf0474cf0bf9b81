"""The door to the report."""

from sameboat.study.team.doors import Door

DOORS = [Door("Report", "study-report", 90, "Findings with quotations, method, codebook and the COREQ list, as a file")]
