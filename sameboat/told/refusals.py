"""Why somebody cannot be told in the way they asked for."""

from sameboat.lib.refusals import Refusal


class NoSuchPush(Refusal):
    """The address is not one of a push service that this site sends to (P41)."""

    code = "no_such_push"
    sentence = "This browser's way of telling you is not one that this site can use."


class NoMailHere(Refusal):
    status = 409
    code = "no_mail_here"
    sentence = "This site cannot send e-mail."


class NoAddress(Refusal):
    code = "no_address"
    sentence = "That does not look like an e-mail address. Look at it again."


class AskedEnough(Refusal):
    status = 429
    code = "asked_enough"
    sentence = "Three addresses were asked today. Please go on tomorrow."


class NoSuchHours(Refusal):
    code = "no_such_hours"
    sentence = "These hours could not be read. Choose them again."
