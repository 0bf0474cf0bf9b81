"""Why something is not done to codes, spans and memos. One class per reason."""

from __future__ import annotations

from typing import Any

from sameboat.lib.refusals import Refusal


class PastTheEnd(Refusal):
    status = 422
    code = "past_the_end"
    sentence = "This passage is empty, or goes past the end of the text."


class TextMended(Refusal):
    """Positions that somebody sent are those of the text as it was before."""

    status = 409
    code = "text_mended"
    sentence = "This text was mended a moment ago. Please look at the place again."


class IntoItself(Refusal):
    status = 409
    code = "into_itself"
    sentence = "A code cannot go into itself, or into a code that stands below it."


class NotACode(Refusal):
    status = 409
    code = "not_a_code"
    sentence = "A category only holds other codes. It cannot be put on a passage."


class NameMissing(Refusal):
    status = 422
    code = "name_missing"
    sentence = "Please give it a name."


class NameTaken(Refusal):
    status = 409
    code = "name_taken"
    sentence = "There is a code with this name in this place already."


class NotAColour(Refusal):
    status = 422
    code = "not_a_colour"
    sentence = "A colour looks like #2a7f62."


class StillUsed(Refusal):
    status = 409
    code = "still_used"
    sentence = "Something else still needs this, so it stays."


class MemoChanged(Refusal):
    """Two people wrote in one memo: `memo` is what the other wrote, so that nothing is lost."""

    status = 409
    code = "changed_meanwhile"
    sentence = "Somebody else changed this memo meanwhile. Here is what they wrote."

    def __init__(self, memo: dict[str, Any]) -> None:
        super().__init__()
        self.memo = memo

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "memo": self.memo}
