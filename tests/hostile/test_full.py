"""A server whose disk is full says so of itself, keeps nothing by halves, and goes on when there is room again."""

import resource
import shutil

import pytest

from sameboat.client import Away
from sameboat.client.http import b64
from tests.fixtures.servers import Served, free_port
from tests.fixtures.tables import tables_only
from tests.hostile.people import Site

NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
def site(tmp_path):
    """A site on SQLite, whatever the other tests run on: its files are what grows."""
    shutil.copy(tables_only(Served), tmp_path / Served.DATABASE_FILE)
    served = Served(tmp_path, free_port(), {"START_MODE": "open"}).start()
    yield Site(served.origin, served, None)
    served.stop()


def leave_room(served, size):
    """From now on no file of this process grows beyond `size` bytes."""
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))


def test_what_is_said_to_a_full_disk_waits_and_is_sent_once(site):
    ana, ben = site.group("Ana", "Ben")
    ana.say("there is room for this")
    leave_room(site.served, 4_096)
    with pytest.raises(Away):
        ana.say("and none for this")
    envelope = {"envelope": b64(ana.talk.outbox[0].wire)}
    answer = ana.wire.http.post(f"{ana.talk.circle.path}/messages", json=envelope)
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert [waiting.rest[-1] for waiting in ana.talk.outbox] == ["and none for this"]
    assert [said.text for said in ben.read()] == ["there is room for this"]
    with pytest.raises(Away):
        ana.invite("Eve")
    leave_room(site.served, NO_LIMIT)
    ana.send_waiting()
    assert [said.text for said in ben.read()] == ["there is room for this", "and none for this"]
    assert not ben.missing()
    site.let_in(ana, "Dee").say("and the door still opens")
    assert len(ben.read()) == 3
    assert "and none for this" not in site.served.errors()
