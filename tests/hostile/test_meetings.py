"""Meetings under a server that tells older plans, or those of somebody who is host no more."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sameboat.client.governance import set_host
from sameboat.client.http import b64
from sameboat.client.meetings import Words, change_meeting, meetings, plan_meeting
from sameboat.protocol.seal import sign_plan

MEETINGS = "GET /api/circles/*/meetings"
TEA = Words("Tea and talk")


@pytest.fixture
def planned(site):
    """Ana's plan, which Ben has seen; Eve is host for a while and signs one of the same meeting for later."""
    ana, ben, eve = site.group("Ana", "Ben", "Eve")
    set_host(ana.talk, eve.id, 30)
    plan = plan_meeting(
        ana.talk, TEA, start="2036-01-01T19:00", end="2036-01-01T20:00", zone="Europe/London", rule="FREQ=WEEKLY"
    )
    assert versions(ben) == [1]
    eve.read()
    forged = replace(plan, version=9, start="2036-01-01T03:00", end="2036-01-01T04:00", time=int(time.time()) + 60)
    for one in (ana, ben, eve):
        one.talk.circle.clock = lambda: time.time() + 120
    set_host(ana.talk, eve.id, 0)
    return ana, ben, plan, (forged, eve)


def versions(member):
    return [one.plan.version for one in meetings(member.talk)]


def test_a_host_who_left_leaves_no_plan_that_nobody_can_follow_p45(site):
    """Eve, while she was host, signed one far ahead and said nothing of it."""
    ana, ben, eve = site.group("Ana", "Ben", "Eve")
    set_host(ana.talk, eve.id, 30)
    plan = plan_meeting(ana.talk, TEA, start="2036-01-01T19:00", end="2036-01-01T20:00", zone="Europe/London")
    assert versions(ana) == [1]
    eve.read()
    circle = eve.talk.circle
    ahead = replace(plan, version=900, start="2036-01-01T03:00", end="2036-01-01T04:00", time=int(circle.clock()))
    signature = sign_plan(circle.keys, ahead)
    circle.wire.post(f"{circle.path}/meetings", {"plan": b64(ahead.raw), "sig": b64(signature)})
    ana.talk.circle.clock = ben.talk.circle.clock = lambda: time.time() + 120
    set_host(ana.talk, eve.id, 0)
    assert versions(ana) == [1]
    off = change_meeting(ana.talk, replace(plan, cancelled=True), TEA)
    assert [one.plan for one in meetings(ben.talk)] == [off] and off.version == 901


def telling(plan, author):
    """The site tells this plan, with a signature that holds, whatever it has."""
    signature = sign_plan(author.talk.circle.keys, plan)
    row = {"plan": b64(plan.raw), "author": b64(author.id), "sig": b64(signature), "days": []}

    def tamper(_asked, answered):
        return answered.telling({"meetings": [row], "reminders": {"day_before": False, "two_hours_before": False}})

    return tamper


def test_a_former_host_moves_no_meeting_with_an_old_time_p56(site, planned):
    _ana, ben, plan, (forged, eve) = planned
    with site.mallory.tampering(MEETINGS, telling(forged, eve)):
        assert versions(ben) == [1]
        assert meetings(site.another_device(ben).talk) == []
    assert meetings(ben.talk)[0].plan == plan


def test_a_plan_told_before_is_not_taken_back_by_an_older_one_p45(site, planned):
    ana, ben, plan, _forged = planned
    off = change_meeting(ana.talk, replace(plan, cancelled=True), TEA)
    assert off.version == 2 and versions(ben) == [2]
    with site.mallory.tampering(MEETINGS, telling(plan, ana)):
        assert meetings(ben.talk)[0].plan.cancelled
