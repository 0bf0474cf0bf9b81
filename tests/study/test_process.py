"""The study as a process: on a laptop it answers this machine alone, and only its own pages change anything."""

import contextlib
import itertools
import json
import sqlite3
import subprocess
import sys
import threading
from functools import partial

import httpx
import psycopg
import pytest

from sameboat.study.tests.served import PATIENCE, ServedStudy, free_port, settled
from sameboat.study.tests.waiting import once_read

# A busy machine answers later than the five seconds that are usual.
get, post = partial(httpx.get, timeout=PATIENCE), partial(httpx.post, timeout=PATIENCE)
EVERYTHING = [
    "/",
    "/nothing",
    "/assets/nothing.js",
    "/api/nothing",
    "/api/studies/00000000-0000-4000-8000-000000000000/live",
]


@pytest.fixture
def browser_of(laptop_study):
    with laptop_study.browser() as client:
        yield client


def new_study(client) -> str:
    """Starts a study as the page does; returns its address under /studies/."""
    answer = client.post("/studies/new", data={"name": "Two groups"})
    assert answer.status_code == 303
    return answer.headers["location"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_carries_the_security_headers(laptop_study, path):
    answer = get(laptop_study.origin + path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", EVERYTHING)
def test_another_name_that_points_here_gets_nothing(laptop_study, path):
    for host in ("elsewhere.example", f"elsewhere.example:{laptop_study.port}", "localhost.elsewhere.example", ""):
        answer = get(laptop_study.origin + path, headers={"Host": host})
        assert answer.status_code == 400, host
        assert b"study" not in answer.content


def test_nothing_is_changed_from_another_page(laptop_study):
    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = post(f"{laptop_study.origin}/studies/new", data={"name": "x"}, headers=headers)
        assert answer.status_code == 403, headers
    answer = post(f"{laptop_study.origin}/api/x", data={"a": "b"}, headers={"Origin": laptop_study.origin})
    assert answer.status_code == 415


def test_on_a_laptop_nobody_signs_in_and_no_cookie_is_set(browser_of):
    answer = browser_of.get(new_study(browser_of))
    assert answer.status_code == 200
    assert not browser_of.cookies


def test_one_sees_what_the_other_does_within_a_second(browser_of, laptop_study):
    api = "/api" + new_study(browser_of)
    lines: list[str] = []
    opened, told = threading.Event(), threading.Event()

    def listen():
        with httpx.stream("GET", f"{laptop_study.origin}{api}live?after=0", timeout=20) as stream:
            for line in stream.iter_lines():
                lines.append(line)
                (told if line.startswith("data:") else opened).set()
                if told.is_set():
                    return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    assert opened.wait(20)
    made = browser_of.post(f"{api}codes", json={"name": "food and tea"}).json()
    assert told.wait(5)
    event = json.loads(next(line for line in lines if line.startswith("data:"))[5:])
    assert (event["entry"], event["label"], event["changes"]["codes"]) == (made["entry"], "food and tea", True)


def test_a_stream_goes_on_after_what_was_seen_and_says_when_it_cannot(browser_of, laptop_study):
    api = "/api" + new_study(browser_of)
    entries = [browser_of.post(f"{api}codes", json={"name": name}).json()["entry"] for name in ("a", "b")]
    for after, wanted in ((entries[0], f"id: {entries[1]}"), (10**15, "event: gap")):
        with httpx.stream("GET", f"{laptop_study.origin}{api}live?after={after}", timeout=20) as stream:
            told = list(itertools.takewhile(lambda line: not line.startswith("data:"), stream.iter_lines()))
        assert wanted in told


def test_a_study_that_is_not_there_has_no_stream(laptop_study):
    for sid in ("00000000-0000-4000-8000-000000000000", "f" * 36):
        answer = get(f"{laptop_study.origin}/api/studies/{sid}/live")
        assert (answer.status_code, answer.json()["code"]) == (404, "nothing_here")


def test_the_sameboat_command_opens_it_beside_the_groups(tmp_path):
    served = ServedStudy(tmp_path, free_port(), {})
    command = [sys.executable, "-m", "sameboat.cli", "study", "--data", str(tmp_path), "--port", str(served.port)]
    environment = {**served.environment, "DJANGO_SETTINGS_MODULE": "sameboat.config.settings"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert running.stdout.readline() == f"The study is open at {served.origin}\n"
            assert get(served.origin).status_code == 200
        finally:
            running.terminate()
    assert (tmp_path / "study.sqlite3").exists() or served.database


def test_a_laptop_refuses_to_be_open_to_its_network(tmp_path):
    served = ServedStudy(tmp_path, free_port(), {"BIND": "0.0.0.0"})
    done = subprocess.run(
        [sys.executable, "-m", "sameboat.study"], env=served.environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "SAMEBOAT_STUDY_BIND" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_said(laptop_study, tmp_path):
    second = ServedStudy(tmp_path, laptop_study.port, {})
    command = [sys.executable, "-m", "sameboat.study"]
    done = subprocess.run(command, env=second.environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert str(laptop_study.port) in done.stderr


def test_storing_texts_can_be_cancelled_and_then_nothing_of_them_is_there(browser_of, laptop_study):
    study = new_study(browser_of)
    files = [("files", (f"A{number}.txt", f"A{number}: We put the kettle on.".encode())) for number in (1, 2)]
    look = browser_of.post(f"{study}transcripts/bring-in", files=files).headers["location"]
    once_read(browser_of.get(look), lambda: browser_of.get(look))
    wish = {f"{name}-{number}": f"A{number + 1}" for number in (0, 1) for name in ("wanted", "title", "participant")}
    with somebody_writes(laptop_study):
        asked = browser_of.post(look, data=wish)
        under_way = asked.headers["location"]
        assert "Cancel" in browser_of.get(under_way).text
        assert browser_of.post(under_way).headers["location"] == under_way
    assert settled(browser_of, asked).headers["location"] == look
    assert texts_of(browser_of, study) == [] and "A1.txt" in browser_of.get(look).text
    stored = settled(browser_of, browser_of.post(look, data=wish))
    assert stored.headers["location"].endswith("#kept-2")
    assert texts_of(browser_of, study) == ["A1", "A2"]


@contextlib.contextmanager
def somebody_writes(served: ServedStudy):
    """Whoever else wants to change anything waits meanwhile, and looking goes on."""
    if served.database:
        with psycopg.connect(served.database) as connection:
            connection.execute("SELECT id FROM study_team_study FOR UPDATE")
            yield
        return
    with contextlib.closing(sqlite3.connect(served.data / "study.sqlite3", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def texts_of(client, study: str) -> list[str]:
    return sorted(one["title"] for one in client.get(f"/api{study}overview").json()["documents"])
