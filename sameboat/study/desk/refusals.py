"""Why something about a study or its people is not done. One class per reason."""

from sameboat.lib.refusals import Refusal


class LastLead(Refusal):
    status = 409
    code = "last_lead"
    sentence = "Every study has somebody who leads it. Let somebody else lead first."


class TakesPartAlready(Refusal):
    status = 409
    code = "takes_part_already"
    sentence = "This person takes part already."


class NameMissing(Refusal):
    status = 422
    code = "name_missing"
    sentence = "Please give a name."


class EmailTaken(Refusal):
    status = 409
    code = "email_taken"
    sentence = "Somebody comes in with this address already. If it is you, come in first, and open the link again."


class LinkOver(Refusal):
    status = 404
    code = "link_over"
    sentence = "This link is over. Ask whoever sent it for a new one."


class PassphraseTooShort(Refusal):
    status = 422
    code = "passphrase_too_short"
    sentence = "A passphrase has at least 15 characters. Four or five words will do."
