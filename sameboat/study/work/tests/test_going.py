"""Long work: a page shows how far it is, it can be cancelled, and nobody else sees any of it."""

from __future__ import annotations

import threading

import pytest
from django.http import HttpResponse

from sameboat.lib.refusals import Refusal
from sameboat.study.pace import Stopped, along, check
from sameboat.study.team.answers import SeeOther
from sameboat.study.work import going
from sameboat.study.work.going import Work, beside, forget


class Late(Refusal):
    code = "late"
    sentence = "The soup is cold."


@pytest.fixture
def lasting(settings, study, people, monkeypatch):
    """`lasting(then)`: work for Rosa that goes three steps and waits before the third; what then comes, `then` says."""
    settings.WORK_BESIDE = True
    monkeypatch.setattr(going, "SOON_SECONDS", 0)
    go_on = threading.Event()

    def begin(then=lambda: SeeOther("/studies/")):
        def doing():
            for step in along(["kettle", "bread", "soup"]):
                if step == "soup":
                    arrived.set()
                    assert go_on.wait(20)
            check()
            return then()

        go_on.clear()
        arrived = threading.Event()
        work = Work("Cooking", "/about", people.rosa.id, study.id)
        answer = beside(work, doing)
        assert answer["Location"] == f"/work/{work.token}"
        assert arrived.wait(20)
        return work

    begin.go_on = go_on
    yield begin
    go_on.set()


def ended(work, lasting):
    lasting.go_on.set()
    assert work.ended.wait(20)


def test_a_page_shows_how_far_it_is_and_leads_on_at_the_end(lasting, signed_in):
    rosa, work = signed_in("rosa"), lasting()
    page = rosa.get(f"/work/{work.token}").content.decode()
    assert "2 of 3" in page and "Cancel" in page and 'max="3"' in page
    ended(work, lasting)
    answer = rosa.get(f"/work/{work.token}")
    assert answer.status_code == 303 and answer["Location"] == "/studies/"


def test_cancelled_work_stops_before_its_next_step_and_leads_back(lasting, signed_in):
    rosa, work = signed_in("rosa"), lasting(lambda: pytest.fail("it went on"))
    rosa.post(f"/work/{work.token}")
    assert "being stopped" in rosa.get(f"/work/{work.token}").content.decode()
    ended(work, lasting)
    assert work.was_stopped
    assert rosa.get(f"/work/{work.token}")["Location"] == "/about"


def test_a_file_waits_to_be_saved_and_a_refusal_is_said(lasting, signed_in):
    rosa = signed_in("rosa")
    file = HttpResponse(b"soup", headers={"Content-Disposition": 'attachment; filename="soup.txt"'})
    work = lasting(lambda: file)
    assert rosa.get(f"/work/{work.token}/file").status_code == 404
    ended(work, lasting)
    assert f"/work/{work.token}/file" in rosa.get(f"/work/{work.token}").content.decode()
    for _ in range(2):
        assert rosa.get(f"/work/{work.token}/file").content == b"soup"

    def refuse():
        raise Late

    work = lasting(refuse)
    ended(work, lasting)
    answer = rosa.get(f"/work/{work.token}")
    assert "The soup is cold." in answer.content.decode() and answer.status_code == Late.status


def test_strangers_and_former_members_see_nothing_of_it(lasting, signed_in, study, people):
    work = lasting()
    for name in ("tariq", "yara"):
        assert signed_in(name).get(f"/work/{work.token}").status_code == 404
        assert signed_in(name).post(f"/work/{work.token}").status_code == 404
    study.memberships.filter(researcher=people.rosa).delete()
    assert signed_in("rosa").get(f"/work/{work.token}").status_code == 404
    assert signed_in("rosa").get(f"/work/{work.token}/file").status_code == 404
    assert not work.pace.stop


def test_what_was_made_from_a_study_goes_when_somebody_withdraws(lasting, signed_in, study):
    made, still = lasting(), lasting()
    forget(study.id)
    ended(made, lasting)
    assert made.answer is None and still.pace.stop
    assert signed_in("rosa").get(f"/work/{made.token}").status_code == 404


def test_the_same_asked_for_twice_is_done_once(settings, people, study, monkeypatch):
    settings.WORK_BESIDE = True
    monkeypatch.setattr(going, "SOON_SECONDS", 0)
    go_on, times = threading.Event(), []

    def doing():
        times.append(1)
        go_on.wait(20)
        return SeeOther("/")

    first, second = (Work("Storing", "/", people.rosa.id, study.id, name="file") for _ in range(2))
    assert beside(first, doing)["Location"] == beside(second, doing)["Location"]
    go_on.set()
    assert first.ended.wait(20)
    assert times == [1]


def test_steps_within_steps_are_not_counted_and_can_be_stopped():
    pace = going.pace.Pace()
    for _ in pace.along(["a", "b"]):
        assert list(pace.along(iter("cde"))) == ["c", "d", "e"]
        assert list(pace.along("fg")) == ["f", "g"]
    assert (pace.done, pace.total) == (2, 2)
    pace.stop = True
    with pytest.raises(Stopped):
        list(pace.along(["x"]))
