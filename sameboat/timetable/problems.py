"""Why a time is not taken: one named reason each, with a sentence that says what to do."""

from __future__ import annotations


class Problem(Exception):
    """Base of what can be wrong with a timetable. `code` is for programs, `sentence` for people."""

    code = "bad_time"
    sentence = "That is not a day and a time. Please choose them again."


class NoSuchTime(Problem):
    """Text that is no date and time between 2000 and 2199."""


class NoSuchDay(Problem):
    """29 February in a year that has none, and every 31st of a month with thirty days."""

    code = "no_such_day"
    sentence = "That day does not exist in that year. Please choose the day before or the day after."


class EndsBeforeStart(Problem):
    code = "ends_before_start"
    sentence = "This ends before it begins. Please look at the two times again."


class LastsTooLong(Problem):
    code = "lasts_too_long"
    sentence = "This lasts longer than a day. Please plan each day by itself."


class UnknownZone(Problem):
    """A zone the tz database does not have, or has no more. What was stored is kept."""

    code = "unknown_zone"
    sentence = "This time zone is not known here. Please choose a city near you, and the same time again."


class BadRule(Problem):
    code = "bad_rule"
    sentence = "This way of repeating is not known here. Please choose another."


class NeverMeets(Problem):
    """Not one day in the twelve years from its start."""

    code = "never_meets"
    sentence = "On these days this would never meet. Please choose other days."


class TooFar(Problem):
    """A new start more than two years back, or anything more than twelve years ahead."""

    code = "too_far"
    sentence = "This is too far from today. Please choose days from two years back to twelve years ahead."
