"""The door to the audit trail."""

from sameboat.study.team.doors import Door

DOORS = [Door("Audit trail", "study-audit", 110, "Who did what, when, before and after")]
