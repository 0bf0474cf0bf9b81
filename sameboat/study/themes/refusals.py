"""Why something about a theme is not done. One class per reason."""

from sameboat.lib.refusals import Refusal


class ThemeNameMissing(Refusal):
    status = 422
    code = "name_missing"
    sentence = "Please give the theme a name."


class ThemeNameTaken(Refusal):
    status = 409
    code = "name_taken"
    sentence = "There is a theme of this name already."


class EndBeforeStart(Refusal):
    status = 422
    code = "end_before_start"
    sentence = "A phase cannot end before it begins. Please look at the two days."
