"""Why something about field work is not done. One class per reason."""

from sameboat.lib.refusals import Refusal


class CodeMissing(Refusal):
    status = 422
    code = "code_missing"
    sentence = "Please give a code, such as A1. It is all that the study knows somebody by."


class CodeTaken(Refusal):
    """Two participants cannot have one code."""

    status = 409
    code = "code_taken"
    sentence = "There is a participant with this code already. Please choose another, so that no two are mixed up."


class LetterMissing(Refusal):
    status = 422
    code = "letter_missing"
    sentence = "Please give the group a letter, such as A."


class LetterTaken(Refusal):
    status = 409
    code = "letter_taken"
    sentence = "There is a group with this letter already. Please choose another."


class StillHasParticipants(Refusal):
    status = 409
    code = "still_has_participants"
    sentence = "Something still belongs here: participants, texts or interviews. Move or withdraw those first."


class HasWithdrawn(Refusal):
    status = 409
    code = "has_withdrawn"
    sentence = "This participant has withdrawn. Nothing of theirs can be added."


class NameMissing(Refusal):
    status = 422
    code = "name_missing"
    sentence = "Please give a name."


class WordsMissing(Refusal):
    status = 422
    code = "words_missing"
    sentence = "Please write something there first."


class VersionMissing(Refusal):
    status = 422
    code = "version_missing"
    sentence = "Please say which version this is, for example 2."


class VersionTaken(Refusal):
    status = 409
    code = "version_taken"
    sentence = "There is a version with this name already. What people saw then stays as it was; name this one anew."


class VersionUsed(Refusal):
    status = 409
    code = "version_used"
    sentence = "Interviews followed this version, so it stays: what was asked then stays true."


class NotAList(Refusal):
    status = 422
    code = "not_a_list"
    sentence = "No group was found in this file, so nothing was added."


class BeforeItWasGiven(Refusal):
    status = 422
    code = "before_it_was_given"
    sentence = "That day is before the day on which they agreed."
