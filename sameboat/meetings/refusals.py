"""Why a plan is not taken. What is wrong with a time keeps its name and sentence from the timetable."""

from __future__ import annotations

from typing import Any

from sameboat.lib.refusals import Refusal
from sameboat.timetable.problems import Problem


class BadTimes(Refusal):
    status = 422

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.code = problem.code


class PlanMoved(Refusal):
    """Another host changed the same meeting a moment before; theirs comes along."""

    status = 409
    code = "plan_moved"
    sentence = "Another host changed this meeting just before. Please look again."

    def __init__(self, meeting: dict[str, Any]) -> None:
        super().__init__()
        self.meeting = meeting

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"meeting": self.meeting}


class TooManyMeetings(Refusal):
    status = 422
    code = "too_many_meetings"
    sentence = "There are many meetings planned already. Please let one go first, or make one that repeats."


class BadTitle(Refusal):
    status = 422
    code = "bad_title"
    sentence = "Please give one line of words, up to forty letters."
