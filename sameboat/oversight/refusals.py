"""Why a report, an appeal or an act of two is not done."""

from sameboat.lib.refusals import Refusal


class NobodyCanRead(Refusal):
    """The site has no key that reports could be sealed to."""

    status = 409
    code = "nobody_can_read"
    sentence = "The people who run this site have no key for this yet, so nobody could read it."


class SayWhy(Refusal):
    """The reason is kept with the names."""

    code = "say_why"
    sentence = "Please say why. It is kept with both names."


class NothingUnderCode(Refusal):
    """No such group, member or message here, or none any more."""

    status = 404
    code = "nothing_under_code"
    sentence = "There is nothing under this code. Look at it again; what is gone cannot be found either."


class NeedsAnotherPerson(Refusal):
    """Two named people, always: whoever proposed it is never the one who confirms it."""

    status = 409
    code = "needs_another_person"
    sentence = "You proposed this. Somebody else who runs this site confirms it."


class NotWaiting(Refusal):
    """Done, put aside or run out since it was looked at."""

    status = 409
    code = "not_waiting"
    sentence = "This does not wait any more. Please look again."


class NotAnAnswer(Refusal):
    """What was pasted is not of a sealed answer's size."""

    code = "not_an_answer"
    sentence = "This is no sealed answer. Paste all of the file that “sameboat contact answer” wrote."


class OpenItFirst(Refusal):
    """Nobody answers what nobody has opened."""

    status = 409
    code = "open_it_first"
    sentence = "Open it first. The person can see whether somebody has read it."


class AlreadyAnswered(Refusal):
    """The first answer stays."""

    status = 409
    code = "already_answered"
    sentence = "This has an answer already."
