"""What is told to a stream that is still reading what it missed."""

import asyncio

from sameboat.circles.feed import Counters, Seat
from sameboat.circles.hub import Hub, Listener

CIRCLE, ME, ANOTHER = bytes(32), bytes(16), bytes([1] * 16)
SESSION = 7


def test_a_signal_that_comes_before_a_stream_is_live_is_told_once_it_is():
    async def play() -> list[bytes]:
        sent: list[bytes] = []

        async def send(message):
            sent.append(message["body"])

        hub, listener = Hub(), Listener(bytes(32), SESSION, send)
        nothing = Counters(0, 0, 0)
        hub.sit(listener, Seat(row=1, circle=CIRCLE, member=ME, since=0, now=nothing, stirred=0), nothing)
        for member, allowed in ((ME, {SESSION}), (ANOTHER, {SESSION}), (ME, set())):
            hub._stirred(CIRCLE, ("signal",), 0, member, frozenset(allowed))
        assert listener.writing is None
        hub.go_live(listener)
        await listener.writing
        return sent

    assert b"".join(asyncio.run(play())).count(b"event: signal") == 1
