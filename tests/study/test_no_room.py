"""The disk is full when what was looked at is stored: nothing stays by half, and what waits can be stored later."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg

from sameboat.study.tests.served import ServedStudy, settled
from sameboat.study.tests.waiting import once_read

_FULL = """CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$
LANGUAGE plpgsql;
CREATE TRIGGER no_room BEFORE INSERT ON study_ledger_entry EXECUTE FUNCTION no_room();
CREATE TRIGGER no_room BEFORE INSERT ON study_team_study EXECUTE FUNCTION no_room()"""
_ROOMY = "DROP FUNCTION no_room() CASCADE"
TEXT = "Ana: yes\nBen: no\n" * 200
CODES = "Name,Definition\n" + "".join(f"code {number},{'x' * 200}\n" for number in range(50))


@contextmanager
def full_disk(served: ServedStudy) -> Iterator[None]:
    """What the running study writes is refused: no file of its process may grow, or its PostgreSQL says it is full."""
    assert served.process is not None
    pid = served.process.pid
    if served.database:
        with psycopg.connect(served.database, autocommit=True) as rows:
            rows.execute(_FULL)
            try:
                yield
            finally:
                rows.execute(_ROOMY)
        return
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def looked_at(client: httpx.Client, answer: httpx.Response) -> str:
    """The address of the page on which what came in is looked at, once it is read."""
    place = answer.headers["location"]
    once_read(client.get(place), lambda: client.get(place))
    return place


def test_nothing_is_stored_by_half_and_what_waits_can_be_stored_later(laptop_study):
    with laptop_study.browser() as client:
        _try_all(client, laptop_study)


def _try_all(client: httpx.Client, served: ServedStudy) -> None:
    study = client.post("/studies/new", data={"name": "Two groups"}).headers["location"]
    sent = client.post(f"{study}transcripts/bring-in", files={"files": ("A1.txt", TEXT)})
    texts = looked_at(client, sent)
    project = looked_at(client, client.post("/studies/from-file", files={"file": ("codes.csv", CODES)}))
    wishes = [(texts, {"wanted-0": "on", "title-0": "First"}), (project, {"name": "From a file"})]
    with full_disk(served):
        for place, wish in wishes:
            answer = settled(client, client.post(place, data=wish))
            assert answer.status_code == 507 and "no room left on the disk" in answer.text
        assert client.post("/studies/new", data={"name": "No third"}).status_code == 507
        assert "First" not in client.get(f"{study}transcripts").text
        assert re.findall("From a file|No third", client.get("/").text) == []
    for place, wish in wishes:
        assert settled(client, client.post(place, data=wish)).status_code in (200, 303)
    assert "First" in client.get(f"{study}transcripts").text and "From a file" in client.get("/").text
