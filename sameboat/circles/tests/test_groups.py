"""Starting a group: who may, once, and what comes of a lost answer."""

import pytest

from sameboat.accounts.actions import make_start_code
from sameboat.accounts.models import Account
from sameboat.circles.models import Circle
from sameboat.circles.states import LogBroken, States
from tests.fixtures.asking import Made, Person, now
from tests.fixtures.groups import Group

GROUPS = 2


@pytest.fixture
def by_code(group, settings):
    """Ana's group is there; from now on a code is needed."""
    settings.START_MODE = "code"
    Account.objects.update(can_start=False)
    return group


def another(group: Group, person: Person) -> dict:
    """The first batch of one more group by Ana's hand."""
    return group.first("Ana") if person else {}


def test_the_same_first_batch_again_is_the_same_group_p44(group):
    ana = group.people["Ana"]
    again = ana.ask("POST", "/circles", group.start)
    assert (again.status, again.told) == (201, {"circle": group.id})
    assert Circle.objects.filter(kind=GROUPS).count() == 1


def test_nobody_starts_somebody_elses_group_again(group):
    for somebody in (group.people["Ben"], Person("Sam").sign_up()):
        answer = somebody.ask("POST", "/circles", group.start)
        assert (answer.status, answer.code) == (409, "circle_taken")


def test_without_a_code_no_group_is_started(by_code):
    ana = by_code.people["Ana"]
    answer = ana.ask("POST", "/circles", another(by_code, ana))
    assert (answer.status, answer.code) == (422, "bad_right")


def test_a_code_starts_one_group_and_a_lost_answer_costs_nothing(by_code):
    ana, code = by_code.people["Ana"], make_start_code(now=now())
    body = {**another(by_code, ana), "start_code": code}
    first = ana.ask("POST", "/circles", body)
    assert first.status == 201
    assert ana.ask("POST", "/circles", body).told == first.told
    answer = ana.ask("POST", "/circles", {**another(by_code, ana), "start_code": code})
    assert (answer.status, answer.code) == (422, "bad_right")


def test_a_code_is_not_spent_by_a_batch_that_is_refused(by_code):
    ana, code = by_code.people["Ana"], make_start_code(now=now())
    spoiled = {**another(by_code, ana), "start_code": code, "attachments": {}}
    assert ana.ask("POST", "/circles", spoiled).code == "attachment_missing"
    assert ana.ask("POST", "/circles", {**another(by_code, ana), "start_code": code}).status == 201


def test_somebody_let_in_by_a_link_starts_no_group_of_their_own(by_code):
    invited = by_code.invite()
    dee = by_code.guest(invited, "Dee")
    assert dee.ask("GET", "/session").told["can_start"] is False


def test_an_own_circle_is_not_a_group(group):
    person = Person("Sam").sign_up()
    body = person.sign_up_body()
    answer = group.people["Ana"].ask("POST", "/circles", {key: body[key] for key in ("events", "attachments")})
    assert (answer.status, answer.code) == (422, "wrong_kind")


def test_a_group_whose_founder_leaves_in_the_same_breath_is_not_made(group):
    ana = group.people["Ana"]
    made = Made(group.keys["Ana"])
    first = another(group, ana)
    made.state, made.wires = group.state, []
    made.event("leave", [None])
    first["events"] = [*first["events"], made.body()["events"][0]]
    assert ana.ask("POST", "/circles", first).status == 422
    assert Circle.objects.filter(kind=GROUPS).count() == 1


def test_a_log_that_does_not_lead_to_its_head_is_not_judged_by(group):
    """After a restored copy that fits together badly, nothing is said rather than something wrong."""
    row = Circle.objects.get(pk=group.state.circle)
    row.head = bytes(32)
    with pytest.raises(LogBroken):
        States().of(row)


def test_a_row_read_a_moment_ago_is_judged_as_it_was(group):
    before = Circle.objects.get(pk=group.state.circle)
    group.turn("Ana")
    states = States()
    assert states.of(before).head == bytes(before.head)
    now_there = Circle.objects.get(pk=group.state.circle)
    assert states.of(now_there).head == group.state.head
    assert states.of(before).head == bytes(before.head)
    assert states.of(now_there).head == group.state.head
