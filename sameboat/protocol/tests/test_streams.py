"""What one person says in one go has one order: a second message in a place, or one that skips back, is refused."""

from dataclasses import replace

import pytest

from sameboat.protocol import messages
from sameboat.protocol.envelope import Header
from sameboat.protocol.failures import Failure
from sameboat.protocol.tests.test_messages import SAY, header_of, key_of, sent
from sameboat.protocol.tests.world import World, four
from sameboat.protocol.tracker import Tracker
from sameboat.protocol.words import room_words


def another(world: World, header: Header, number: int) -> Header:
    """Another message by the same person in the same place of the same stream."""
    bare = replace(header_of(world, "ben", header.counter, header.prev, number), head=header.head, epoch=header.epoch)
    return messages.seal_message(world.person("ben"), key_of(world), bare, world.now, [], "say", SAY)[1]


def refusal(tracker: Tracker, world: World, header: Header) -> str:
    with pytest.raises(Failure) as no:
        tracker.accept(world.state, header)
    return no.value.code


def test_messages_of_a_stream_are_taken_in_any_order_p26() -> None:
    world = four()
    row = [header for _, header in sent(world, "ben", 4)]
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)):
        tracker = Tracker()
        assert all(tracker.accept(world.state, row[place]) for place in order)
        assert tracker.gaps() == set()


def test_a_second_message_in_a_place_is_a_fork_p26() -> None:
    world = four()
    row = [header for _, header in sent(world, "ben", 2)]
    tracker = Tracker()
    tracker.accept(world.state, row[0])
    assert refusal(tracker, world, another(world, row[0], 90)) == "stream_fork"
    tracker.accept(world.state, row[1])
    assert refusal(tracker, world, another(world, row[1], 91)) == "stream_fork"


def test_a_message_that_the_next_one_does_not_name_is_a_fork_p26() -> None:
    world = four()
    row = [header for _, header in sent(world, "ben", 3)]
    tracker = Tracker()
    tracker.accept(world.state, row[2])
    assert refusal(tracker, world, another(world, row[1], 92)) == "stream_fork"
    tracker.accept(world.state, row[1])


def test_what_somebody_saw_of_the_log_does_not_go_back_p26() -> None:
    world = four()
    early = next(header for _, header in sent(world, "ben", 1))
    earlier = world.state.head
    world.do("ana", "name", [bytes(32)])
    bare = replace(header_of(world, "ben", 1, early.hash, 1), head=world.state.head)
    later = messages.seal_message(world.person("ben"), key_of(world), bare, world.now, [], "say", SAY)[1]
    back = replace(header_of(world, "ben", 2, later.hash, 2), head=earlier)
    last = messages.seal_message(world.person("ben"), key_of(world), back, world.now, [], "say", SAY)[1]
    tracker = Tracker()
    for header in (early, later):
        tracker.accept(world.state, header)
    assert refusal(tracker, world, last) == "head_back"


def test_words_stay_while_nobody_comes_or_goes_p15() -> None:
    world = four()
    words = room_words(world.state)
    world.do("ben", "name", [bytes(32)])
    world.do("ana", "invite", world.invite_body(world.link()))
    assert room_words(world.state) == words
