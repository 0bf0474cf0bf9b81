"""Whatever a person can come upon has a sentence of its own, and none repeats what was sent."""

import pytest

from sameboat.circles.refusals import SENTENCES, Failed
from sameboat.protocol.failures import NAMES

# Bad input, by the name under which it is refused.
MET = [
    "not_canonical", "bad_padding", "unknown_version", "unknown_suite", "unknown_head", "wrong_circle", "wrong_author",
    "clock", "time_backwards", "too_short", "too_long", "invite_used", "invite_expired", "invite_void",
    "unknown_invite", "circle_full", "second_required", "second_too_new", "last_two", "too_many_epochs",
]  # fmt: skip


@pytest.mark.parametrize("code", MET)
def test_what_people_come_upon_says_what_it_is(code):
    told = Failed(code).as_json()
    assert told["code"] == code
    assert told["sentence"] not in ("", Failed.sentence)
    assert told["sentence"].endswith(".")


def test_every_sentence_belongs_to_a_name_of_the_specification():
    assert set(SENTENCES) <= NAMES
