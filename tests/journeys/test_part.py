"""Part: a break is private, leaving shows in the list, deleting can be undone for a week, removing takes two."""

from playwright.sync_api import expect

from tests.journeys.devices import DESK
from tests.journeys.people import SHARED
from tests.journeys.sentences import said

BEFORE = "Written on a train, before anybody had gone."
WHY = "We have talked twice, and it went on."
AFTER = "Said after somebody had gone."


def test_a_break_is_private(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    ben.follow("Members")
    ben.follow(said("group.members.links.break"))
    ben.press(said("parting.breakPage.take"))
    ben.sees(said("parting.breakPage.on"))
    ana.follow("Members")
    expect(ana.member("Ben")).to_be_visible()
    expect(ana.page.get_by_text(said("parting.breakPage.on"))).to_have_count(0)
    ben.follow(said("doors.today"))
    ben.press(said("today.back"))
    expect(ben.heading(said("today.onBreak"))).to_have_count(0)


def test_leaving_removing_and_deleting(table):
    ana, ben, mo = (table.come_in(name) for name in ("Ana", "Ben", "Mo"))
    dee = table.come_in("Dee", size=DESK, device=SHARED)
    mo_writes_without_signal(mo)
    dee_leaves(dee, ana)
    what_was_sealed_before_somebody_left_is_sealed_anew(mo, ben)
    two_members_remove_mo(ana, ben, mo)
    ana.enter().say(AFTER)
    ben.enter().reads(AFTER)
    for gone in (dee, mo):
        expect(gone.page.get_by_text(AFTER)).to_have_count(0)
    ben_deletes_and_thinks_better_of_it(ben)
    ben_is_gone_after_a_week(table, ben)
    table.empty()


def mo_writes_without_signal(mo):
    mo.enter()
    mo.page.context.set_offline(True)
    mo.say(BEFORE)
    expect(mo.message(BEFORE)).to_contain_text(said("room.waiting"))


def what_was_sealed_before_somebody_left_is_sealed_anew(mo, ben):
    mo.page.context.set_offline(False)
    ben.enter().reads(BEFORE)
    expect(mo.message(BEFORE)).not_to_contain_text(said("room.waiting"))
    expect(mo.message(BEFORE)).to_have_count(1)


def dee_leaves(dee, ana):
    ana.follow("Members")
    words = ana.page.locator(".words").inner_text()
    dee.follow("Members")
    dee.press("Leave this group")
    dee.sees(said("parting.leave.what"))
    dee.clean()
    dee.press("Leave this group")
    dee.sees_heading(said("today.noGroup"))
    expect(ana.member("Dee")).to_have_count(0)
    expect(ana.page.locator(".words")).not_to_have_text(words)


def two_members_remove_mo(ana, ben, mo):
    ana.about_member("Mo")
    ana.follow(said("group.members.remove", "Mo"))
    ana.choose("Ben")
    ana.write(said("parting.removal.why"), WHY)
    ana.press(said("parting.removal.ask"))
    ana.sees(said("parting.removal.asked", "Ben"))
    ben.follow(said("doors.today"))
    ben.follow(said("today.openAsked"))
    ben.sees_heading(said("parting.removal.confirmTitle", "Ana", "Mo"))
    ben.sees(WHY)
    mo.follow(said("doors.today"))
    mo.follow(said("deciding.asks.look"))
    mo.sees(WHY)
    mo.clean()
    ben.press(said("parting.removal.yes", "Mo"))
    ben.sees_heading(said("parting.removal.done", "Mo"))
    mo.sees_heading(said("parting.removed.title"))
    mo.sees(said("parting.removed.lead"))
    mo.sees(WHY)
    mo.follow("Agreement")
    mo.sees_heading("Agreement")


def ben_deletes_and_thinks_better_of_it(ben):
    to_the_delete_page(ben)
    ben.write("Passphrase", "not the right passphrase")
    ben.press(said("parting.account.close"))
    ben.sees(said("trouble.passphrase_again"))
    ben.write("Passphrase", ben.who.passphrase)
    ben.press(said("parting.account.close"))
    ben.sees_heading(said("coming.closing.title"))
    ben.press(said("coming.closing.undo"))
    ben.sees_heading(said("today.lookingIn"))
    ben.enter().reads(AFTER)


def ben_is_gone_after_a_week(kitchen, ben):
    to_the_delete_page(ben)
    ben.write("Passphrase", ben.who.passphrase)
    ben.press(said("parting.account.close"))
    ben.sees_heading(said("coming.closing.title"))
    kitchen.site.move_clock(days=8)
    ben.days_later(8)
    expect(ben.field("Sign-in name")).to_be_visible()
    ben.try_to_come_in()
    ben.sees(said("trouble.wrong_name_or_passphrase"))


def to_the_delete_page(person):
    person.follow("Members")
    person.follow(said("settings.title"))
    person.follow(said("settings.account.close"))
