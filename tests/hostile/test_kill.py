"""A server that is killed while people write: what it has acknowledged is there, once, where it said."""

import itertools
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sameboat.client import Away, Refused, Wire
from sameboat.client.http import b64, unb64
from sameboat.protocol.envelope import Header, read_envelope
from sameboat.protocol.seal import seal_message

KILLS, SENDS, SENDERS = 20, 500, 4
DEEP_KILLS, DEEP_SENDS = 1_000, 10_000
PATIENCE = 120.0


def letters(member, count, chance):
    """Envelopes sealed ahead, each alone in its stream."""
    talk, state = member.talk, member.talk.circle.state
    key = talk.ring.key(state.epoch.id)
    for number in range(count):
        header = Header(
            state.circle, state.epoch.id, state.head, talk.circle.keys.member,
            chance.randbytes(16), 0, None, chance.randbytes(16), False,
        )  # fmt: skip
        now = int(talk.circle.clock())
        wire, _ = seal_message(talk.circle.keys, key, header, now, [], "say", ["room", None, None, 0, f"word {number}"])
        yield wire


class Sending:
    """Several browsers that send until each letter is acknowledged, with the same bytes after every cut."""

    def __init__(self, member, waiting):
        self.member = member
        self.waiting = iter(waiting)
        self.acknowledged = {}
        self.change = threading.Condition()
        self.open = threading.Event()
        self.open.set()

    def run(self):
        wire = Wire(self.member.wire.origin)
        wire.http.cookies = self.member.wire.http.cookies
        while True:
            with self.change:
                letter = next(self.waiting, None)
            if letter is None:
                return
            self.acknowledge(letter, self.send(wire, letter))

    def send(self, wire, letter):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return wire.post(f"{self.member.talk.circle.path}/messages", {"envelope": b64(letter)})
            except Away:
                # Cut off: with the same bytes again once somebody is there.
                self.open.wait(PATIENCE)
            except Refused as refused:
                # In `make deep` one person sends far more than a person does.
                assert refused.code == "slow_down", refused.body
                time.sleep(refused.body["wait_s"])
        raise AssertionError("the server did not come back")

    def acknowledge(self, letter, told):
        name = read_envelope(letter).header.hash
        with self.change:
            self.acknowledged[name] = told["position"]
            self.change.notify_all()

    def until(self, count):
        with self.change:
            assert self.change.wait_for(lambda: len(self.acknowledged) >= count, PATIENCE), "sending came to a stop"

    def interrupt(self, served):
        """The power goes, and comes back."""
        self.open.clear()
        served.kill()
        served.start()
        self.open.set()


def all_messages(member):
    """Every row the server has, from the first position on."""
    path, rows = f"{member.talk.circle.path}/messages", []
    while True:
        page = member.wire.get(path, after=rows[-1]["position"] if rows else 0)
        rows += page["messages"]
        if not page["more"]:
            return rows


@pytest.mark.slow
def test_every_acknowledged_message_outlives_a_killed_server(own_rooms, pytestconfig):
    kills, sends = (DEEP_KILLS, DEEP_SENDS) if pytestconfig.getoption("--deep") else (KILLS, SENDS)
    chance = random.Random(20)
    (ana,) = own_rooms.group("Ana")
    sending = Sending(ana, letters(ana, sends, chance))
    with ThreadPoolExecutor(SENDERS) as together:
        running = [together.submit(sending.run) for _ in range(SENDERS)]
        for kill in range(kills):
            sending.until(sends * kill // kills + chance.randrange(1, sends // kills))
            sending.interrupt(own_rooms.served)
        for one in running:
            one.result()
    rows = all_messages(ana)
    assert [row["position"] for row in rows] == list(range(1, sends + 1))
    there = {read_envelope(unb64(row["envelope"])).header.hash: row["position"] for row in rows}
    assert there == sending.acknowledged


@pytest.mark.slow
def test_a_log_that_was_cut_short_by_a_kill_is_whole_batches(own_rooms):
    (ana,) = own_rooms.group("Ana")
    stop = threading.Event()

    def keep_rotating():
        for _ in itertools.takewhile(lambda _: not stop.is_set(), range(5)):
            try:
                ana.talk.circle.send(lambda batch: batch.put_epoch(ana.talk.ring.card(batch.state)))
            except Away:
                return

    with ThreadPoolExecutor(1) as together:
        running = together.submit(keep_rotating)
        own_rooms.served.kill()
        stop.set()
        running.result()
    own_rooms.served.start()
    fresh = own_rooms.another_device(ana)
    assert fresh.talk.circle.state.needs_epoch_by is None
    assert fresh.say("still here").position == 1 + max((row["position"] for row in all_messages(ana)[:-1]), default=0)
