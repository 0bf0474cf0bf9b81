"""A refusal: something asked for that is not done, with a code for programs and a sentence for people."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Base of every exception that an action raises to say no.

    One subclass per reason, beside its verb. `status` is the HTTP status, `code` a stable word in
    snake_case, `sentence` what a person reads. Neither may carry anything that was sent.
    """

    status = 400
    code = "refused"
    sentence = "That could not be done."

    def __init__(self, sentence: str | None = None, *, wait: int | None = None) -> None:
        super().__init__(sentence or self.sentence)
        if sentence:
            self.sentence = sentence
        self.wait = wait

    def as_json(self) -> dict[str, Any]:
        """The one JSON shape of every error: `code`, `sentence`, and `wait_s` where waiting helps.

        A subclass may add what a program needs to go on, such as the events it missed.
        """
        answer: dict[str, Any] = {"code": self.code, "sentence": self.sentence}
        if self.wait is not None:
            answer["wait_s"] = self.wait
        return answer


class NotHere(Refusal):
    """Out of reach and non-existent look alike: this is the answer to both."""

    status = 404
    code = "nothing_here"
    sentence = "There is nothing here."


class SignInFirst(Refusal):
    status = 401
    code = "not_signed_in"
    sentence = "Please come in first."


class NotYours(Refusal):
    status = 403
    code = "not_yours"
    sentence = "This is not yours to do."


class WrongOrigin(Refusal):
    status = 403
    code = "wrong_origin"
    sentence = "This was sent from another site, so nothing was done."


class NotJson(Refusal):
    status = 415
    code = "not_json"
    sentence = "This part of the site only takes JSON."


class SlowDown(Refusal):
    status = 429
    code = "slow_down"
    sentence = "That was quick. Please wait a moment and try again."
