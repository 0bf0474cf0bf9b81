"""A farewell signed ahead: what the server keeps of it is what `leave` will take, and nothing else."""

import pytest

from sameboat.protocol import making
from sameboat.protocol.encoding import enc
from sameboat.protocol.failures import Failure
from sameboat.protocol.log import append, replay
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY
from sameboat.protocol.tests.cases import flip
from sameboat.protocol.tests.world import World, four
from sameboat.protocol.verify import check_parting

WAIT = 7 * DAY


@pytest.fixture
def group() -> World:
    return four()


def parting(group: World, *fields: object, by: str = "dee") -> list[bytes]:
    """A farewell with any fields, signed by anybody."""
    raw = enc(list(fields))
    return [raw, sign(group.person(by).sign, "parting", raw)]


def refusal(group: World, raw: bytes, signature: bytes, who: str = "dee") -> str:
    """The name under which it is not kept."""
    with pytest.raises(Failure) as no:
        check_parting(group.state, group.id(who), raw, signature)
    return no.value.code


def test_what_is_kept_is_what_leave_takes_a_week_later(group):
    raw, signature = making.make_parting(group.person("dee"), group.state, group.now + WAIT)
    assert check_parting(group.state, group.id("dee"), raw, signature) == group.now + WAIT
    group.do("ana", "name", [bytes(32)])
    # Others act meanwhile; only what Dee does would undo it.
    assert check_parting(group.state, group.id("dee"), raw, signature) == group.now + WAIT
    early = group.event("ben", "leave", [[raw, signature]])
    with pytest.raises(Failure, match="too_early"):
        append(group.state, [early])
    group.now += WAIT
    group.take(group.event("ben", "leave", [[raw, signature]]))
    assert group.id("dee") not in replay(group.wires).members


def test_nobody_says_goodbye_for_somebody_else(group):
    here, now = group.state.head, group.now
    dee, ben = group.id("dee"), group.id("ben")
    assert refusal(group, *parting(group, group.state.circle, dee, here, now, by="ben")) == "bad_parting"
    assert refusal(group, *parting(group, group.state.circle, ben, here, now)) == "bad_parting"
    assert refusal(group, *parting(group, group.state.circle, ben, here, now), who="ben") == "bad_parting"


def test_a_farewell_is_for_one_circle_and_from_ones_last_word_there(group):
    dee, now = group.id("dee"), group.now
    circle, here = group.state.circle, group.state.head
    good = parting(group, circle, dee, here, now)
    assert check_parting(group.state, dee, *good) == now
    elsewhere = four("elsewhere").state
    for fields in ((elsewhere.circle, dee, here, now), (circle, dee, elsewhere.head, now), (circle, dee, circle, now)):
        assert refusal(group, *parting(group, *fields)) == "bad_parting"
    group.do("dee", "name", [bytes(32)])
    assert refusal(group, *good) == "bad_parting"
    assert check_parting(group.state, dee, *parting(group, circle, dee, group.state.head, now)) == now


def test_who_has_left_has_no_farewell_to_leave(group):
    raw, signature = making.make_parting(group.person("dee"), group.state, group.now)
    group.do("dee", "leave", [None])
    assert refusal(group, raw, signature) == "bad_parting"


def test_every_bit_of_a_farewell_is_signed(group):
    raw, signature = making.make_parting(group.person("dee"), group.state, group.now)
    for at in range(len(raw)):
        assert refusal(group, flip(raw, at), signature) in {"bad_parting", "not_canonical"}
    for at in range(len(signature)):
        assert refusal(group, raw, flip(signature, at)) == "bad_parting"


def test_what_is_no_farewell_at_all_is_refused(group):
    _, signature = making.make_parting(group.person("dee"), group.state, group.now)
    for raw in (b"", b"\x80", enc([bytes(32)]), enc([bytes(32), bytes(16), bytes(32), 0, 0]), bytes(257)):
        assert refusal(group, raw, signature) == "not_canonical"
