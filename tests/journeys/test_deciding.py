"""Concerns and decisions: raised, read, answered; folded, quiet for three days; a removal that waits for its week."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from playwright.sync_api import expect

from sameboat.cli.demo_words import AGREEMENT
from sameboat.client import Member
from sameboat.client.one_to_one import talk_with
from sameboat.protocol.encoding import b64u, decode, un_b64u
from sameboat.protocol.locks import unbox
from sameboat.protocol.primitives import unpad
from sameboat.protocol.reports import REPORT_MOST
from tests.cast import MO
from tests.journeys.kitchen import Kitchen, make_group
from tests.journeys.sentences import like, said

EIGHT = ("Ana", "Ben", "Dee", "Mo", "Cal", "Eve", "Rob", "Sam")
HARD = "Something that was hard to read."
BESIDE = "Something said beside it."
LATER = "Something said while it is quiet."
ABOUT_ME = "It was about me."
KIND = "Could you say what it felt like instead?"
ALONE = "Something hard that only Dee was to read."
BESIDE_ALONE = "Something said beside it, to Dee alone."
ABOUT_ALONE = "He wrote this to me alone."
WHY = "So that everyone can breathe."
ANSWER = "Thank you for saying so. We have spoken with Mo."
AGAIN = "Nobody asked me how it was for me."
GO = "We have talked twice, and it went on."


def test_a_concern_a_fold_quiet_and_a_week(serve, devices):
    key = X25519PrivateKey.generate()
    contact = key.public_key().public_bytes_raw()
    site = serve(START_MODE="open", CONTACT_KEY=b64u(contact))
    make_group(site.origin, EIGHT, contact)
    kitchen = Kitchen(site, devices, EIGHT)
    ana, dee, mo = (kitchen.come_in(name) for name in ("Ana", "Dee", "Mo"))
    dee_raises_a_concern_about_mo(dee, mo)
    ana_reads_it_and_folds_the_message(ana, dee, mo)
    ana_answers_and_asks_for_quiet(ana, dee)
    what_mo_writes_is_folded_meanwhile(dee, mo)
    everyone_reads_what_was_decided(dee)
    dee_raises_what_mo_wrote_to_her_alone(ana, dee, site.origin)
    ana_asks_mo_to_go(ana, mo)
    in_danger_there_is_no_week(ana, dee, mo)
    mo_asks_the_outside_person(mo, devices, key)
    kitchen.empty()


def dee_raises_a_concern_about_mo(dee, mo):
    mo.enter().say(BESIDE)
    mo.say(HARD)
    dee.enter().reads(HARD)
    dee.on_message(HARD, said("room.more"))
    dee.follow(said("room.panel.concern"))
    dee.sees_heading(said("deciding.report.title"))
    dee.write(said("deciding.report.words"), ABOUT_ME)
    dee.press(said("deciding.report.send"))
    dee.sees(said("deciding.report.sent"))
    dee.follow(said("deciding.report.toList"))
    dee.sees(said("deciding.concerns.notYet"))


def ana_reads_it_and_folds_the_message(ana, dee, mo):
    ana.follow(said("doors.today"))
    ana.sees_heading(said("deciding.asks.report"))
    ana.follow(said("deciding.asks.look"))
    ana.sees(ABOUT_ME)
    ana.page.reload()
    ana.sees(HARD)
    expect(ana.page.get_by_text(BESIDE)).to_have_count(0)
    expect(ana.page.get_by_text("Dee")).to_have_count(0)
    dee.sees(said("deciding.concerns.read", "Ana"))
    ana.follow(said("deciding.concern.fold"))
    ana.write(said("deciding.fold.toAuthor", "Mo"), KIND)
    ana.press(said("deciding.fold.fold"))
    ana.sees(said("deciding.fold.done"))
    dee.enter()
    dee.sees(said("room.foldedByHost"))
    expect(dee.page.get_by_text(HARD)).to_have_count(0)
    mo.follow(said("doors.today"))
    mo.sees_heading(said("deciding.asks.folded"))
    mo.follow(said("deciding.asks.look"))
    mo.sees(KIND)
    mo.sees(HARD)
    mo.clean()
    mo.press(said("deciding.concerns.again"))
    expect(mo.field("Say something")).to_have_value(HARD)
    mo.write("Say something", "")


def ana_answers_and_asks_for_quiet(ana, dee):
    ana.follow("Members")
    ana.follow(said("group.members.links.concern"))
    ana.follow(said("deciding.concerns.open"))
    ana.press(said("deciding.concern.answer"))
    ana.write(said("deciding.concern.answerWords"), ANSWER)
    ana.press(said("deciding.concern.answerSend"))
    ana.sees(said("deciding.concern.answerSent"))
    ana.press(said("deciding.concern.quiet", "Mo"))
    ana.write(said("deciding.concern.quietWhy"), WHY)
    ana.press(said("deciding.concern.quietAsk"))
    ana.sees(like("deciding.concern.quietOn"))
    dee.follow(said("doors.today"))
    dee.sees_heading(said("deciding.asks.answer"))
    dee.follow(said("deciding.asks.look"))
    dee.sees(ANSWER)
    dee.clean()


def what_mo_writes_is_folded_meanwhile(dee, mo):
    mo.follow(said("doors.today"))
    mo.sees(like("deciding.quietMine"))
    dee.enter()  # Before it comes: nor is it read out to her.
    mo.enter().say(LATER)
    dee.sees(like("room.quiet"))
    expect(dee.page.get_by_text(LATER)).to_have_count(0)
    dee.press(said("room.read"))
    dee.reads(LATER)
    dee.clean()


def everyone_reads_what_was_decided(dee):
    dee.follow("Members")
    dee.follow(said("group.members.links.decisions"))
    dee.sees(said("deciding.decisions.what.quiet", "Ana", "Mo"))
    dee.sees(said("deciding.decisions.why", WHY))
    dee.sees(said("deciding.decisions.what.fold", "Ana"))
    expect(dee.page.get_by_text(HARD)).to_have_count(0)


def dee_raises_what_mo_wrote_to_her_alone(ana, dee, origin):
    """Neither of the two looks at it; who does sees what was picked, and that it was said to one alone."""
    mo = Member.come_in(origin, MO.sign_in, MO.passphrase)
    to_dee = talk_with(mo, mo.member_named("Dee"))
    to_dee.say(BESIDE_ALONE)
    to_dee.say(ALONE)
    dee.follow(said("doors.today"))
    dee.sees(said("talks.new", "Mo"))
    dee.page.get_by_role("link", description="Mo", exact=True).click()
    dee.on_message(ALONE, said("room.more"))
    dee.follow(said("room.panel.concern"))
    dee.sees(said("deciding.report.leadAlone"))
    dee.write(said("deciding.report.words"), ABOUT_ALONE)
    dee.press(said("deciding.report.send"))
    dee.sees(said("deciding.report.sent"))
    ana.follow("Members")
    ana.follow(said("group.members.links.concern"))
    expect(ana.link(said("deciding.concerns.open"))).to_have_count(2)
    ana.link(said("deciding.concerns.open")).last.click()
    ana.sees(ABOUT_ALONE)
    ana.sees(ALONE)
    ana.sees(like("deciding.concern.alone"))
    expect(ana.page.get_by_text(BESIDE_ALONE)).to_have_count(0)
    ana.clean()


def ana_asks_mo_to_go(ana, mo):
    """In a group of eight there is a week, and whoever it is about may ask to talk first."""
    ana.about_member("Mo")
    ana.follow(said("group.members.remove", "Mo"))
    ana.write(said("parting.removal.why"), GO)
    ana.choose("Dee")
    ana.clean()
    ana.press(said("parting.removal.ask"))
    ana.sees(said("parting.removal.weekBegun"))
    mo.follow(said("doors.today"))
    mo.follow(said("deciding.asks.look"))
    mo.sees_heading(said("deciding.week.titleMe"))
    mo.sees(GO)
    mo.clean()
    mo.press(said("deciding.week.talk"))
    mo.sees(said("deciding.week.talked", "Mo"))
    ana.follow(said("doors.today"))
    ana.page.locator('a[href*="/week/"]').click()
    ana.sees(said("deciding.week.talked", "Mo"))
    ana.press(said("deciding.week.drop"))
    ana.sees_heading(said("deciding.week.over"))


def in_danger_there_is_no_week(ana, dee, mo):
    ana.invite("Somebody")
    ana.about_member("Mo")
    ana.follow(said("group.members.remove", "Mo"))
    ana.write(said("parting.removal.why"), GO)
    ana.tick(said("parting.removal.inDanger"))
    ana.choose("Dee")
    ana.press(said("parting.removal.ask"))
    ana.sees(said("parting.removal.asked", "Dee"))
    mo.follow(said("doors.today"))
    mo.sees_heading(said("deciding.asks.told"))
    dee.follow(said("doors.today"))
    dee.follow(said("today.openAsked"))
    dee.sees(GO)
    dee.press(said("parting.removal.yes", "Mo"))
    dee.sees_heading(said("parting.removal.done", "Mo"))
    ana.follow("Members")
    ana.follow(said("group.members.links.decisions"))
    ana.sees(said("deciding.decisions.what.removedAtOnce", f"{said('you')} and Dee", "Mo"))


def mo_asks_the_outside_person(mo, devices, key):
    """Agreement and reason are still theirs, after a reload as well; what they send opens for the contact."""
    mo.sees_heading(said("parting.removed.title"))
    mo.open()
    mo.sees(GO)
    mo.press(said("parting.removed.again"))
    mo.write(said("parting.removed.againWords"), AGAIN)
    mo.clean()
    mo.press(said("parting.removed.againSend"))
    mo.sees(said("parting.removed.againSent"))
    mo.sees(said("deciding.concerns.notYet"))
    sent = next(json.loads(one.body) for one in devices.asked if one.path == "/api/reports" and one.method == "POST")
    circle, sender, number = (un_b64u(sent[part]) for part in ("circle", "sender", "id"))
    padded = unbox(key, un_b64u(sent["sealed"]), "report", circle, sender, number)
    raw, _ = decode(unpad(padded, REPORT_MOST), ["b", "b64"], REPORT_MOST)
    assert decode(raw, "any", REPORT_MOST)[1:] == ["appeal", number, AGREEMENT, GO, AGAIN]
