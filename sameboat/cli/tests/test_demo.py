"""The made-up group, and a room in the terminal, on a running site."""

import re
import stat
import subprocess
import sys
from functools import cache

import pytest

from sameboat.cli import demo_words
from sameboat.client import Member
from sameboat.client.meetings import Words, meetings


@pytest.fixture(scope="module")
def site(serve):
    return serve()


@pytest.fixture(scope="module")
def lines(site):
    return site.command("demo").splitlines()


@pytest.fixture(scope="module")
def inside(site, lines):
    """`inside(1)`: the second of them, who came in once for all of these tests."""
    return cache(lambda number: Member.come_in(site.origin, *people(lines)[number]))


def people(lines):
    return [re.fullmatch(r"sign in as (\S+) with (.+)", line).groups() for line in lines]


def test_four_made_up_people_can_come_in_and_read(lines, inside):
    assert [name for name, _ in people(lines)] == list(demo_words.NAMES)
    for member in map(inside, range(4)):
        assert member.circles() == [(member.talk.circle.id, demo_words.GROUP)]
        assert sorted(member.members().values()) == sorted(demo_words.NAMES)
        assert {said.text for said in member.read()} == {line.text for line in demo_words.TALK}
        assert {said.place for said in member.read()} == {"room", "everyday"}
        assert not member.missing()
        assert not member.words().unverified


def test_the_made_up_group_meets_every_week_in_words_that_only_it_can_read(inside):
    (found,) = meetings(inside(1).talk)
    assert found.words == Words(*demo_words.MEETING)
    assert len(found.days) > 1 and {day["state"] for day in found.days} == {"on"}


def test_a_second_run_keeps_the_group_and_says_the_same(site, lines):
    assert site.command("demo").splitlines() == lines
    kept = site.data / "demo-people.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_starter_words_that_the_law_asks_for_stand_in_the_made_up_agreement(inside):
    agreement = inside(0).words().agreement
    assert demo_words.ENDS in agreement
    assert demo_words.ADULTS in agreement


def test_a_room_can_be_read_and_written_in_the_terminal(site, lines, inside):
    eve = people(lines)[3]
    typed = f"{eve[1]}\n/members\n/everyday\nThe oat ones are in the oven.\n/room\n/quit\n"
    done = subprocess.run(
        [sys.executable, "-m", "sameboat.cli", "talk", site.origin, eve[0]],
        env=site.environment, input=typed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Ana, Ben, Dee, Eve" in done.stdout
    assert "Ben [a hard week]: It was a hard week." in done.stdout
    assert inside(1).read("everyday")[-1].text == "The oat ones are in the oven."


def test_what_others_say_appears_in_the_terminal_while_it_is_open(site, lines, inside):
    dee = people(lines)[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "sameboat.cli", "talk", site.origin, dee[0]],
        env=site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdin.write(dee[1] + "\n")
    process.stdin.flush()
    assert demo_words.GROUP in process.stdout.readline()
    inside(0).say("Is anybody up for a walk on Sunday?")
    for line in process.stdout:
        if "walk on Sunday" in line:
            break
    else:
        pytest.fail("it never appeared")
    process.stdin.write("/quit\n")
    process.stdin.close()
    assert process.wait(20) == 0


def test_a_wrong_passphrase_is_said_in_one_sentence(site, lines):
    done = subprocess.run(
        [sys.executable, "-m", "sameboat.cli", "talk", site.origin, "Ana"],
        env=site.environment, input="not the passphrase of anybody\n", capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
