"""What was taken away lies in the bin, however much was done since, and comes back with what went along with it."""

import pytest
from django.urls import reverse

from sameboat.study.analysis.models import FrameworkCell
from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.merging import bin_code
from sameboat.study.coding.models import Code, Memo
from sameboat.study.exchange.tests.furnished import furnish
from sameboat.study.fieldwork.models import Group, GuideVersion, Interview, Participant
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import stored
from sameboat.study.themes.actions import add_theme
from sameboat.study.themes.models import Misfit, Theme, ThemeCode


@pytest.fixture
def full(study, people):
    made = furnish(study, people.rosa, people.tariq)
    theme, person = made["theme"], made["people"][0]
    Misfit.objects.create(study=study, theme=theme, span=made["spans"][0], note="not at all")
    FrameworkCell.objects.create(study=study, theme=theme, participant=person, summary="sits down first")
    return made


def at(name, study, **more):
    return reverse(name, kwargs={"sid": study.id, **more})


def bin_of(client, study) -> str:
    return client.get(at("study-bin", study)).content.decode()


def test_a_theme_comes_back_whole_long_after_by_anyone_who_codes(signed_in, study, full):
    rosa, tariq, theme = signed_in("rosa"), signed_in("tariq"), full["theme"]
    before = stored()
    assert rosa.post(at("study-theme-remove", study, tid=theme.id)).status_code == 303
    assert not ThemeCode.objects.filter(study=study).exists() and not FrameworkCell.objects.filter(study=study).exists()
    rosa.post(at("study-group-add", study), {"letter": "Z", "name": "", "note": ""})
    rosa.post(at("study-group-remove", study, gid=Group.objects.get(study=study, letter="Z").id))
    page = bin_of(tariq, study)
    assert theme.name.replace("'", "&#x27;") in page and "<td>theme</td>" in page and "<td>group</td>" in page
    back = tariq.post(at("study-bin-restore", study, kind="theme", row_id=theme.id), follow=True)
    assert "It is back." in back.content.decode() and "<td>theme</td>" not in bin_of(tariq, study)
    assert stored() == before
    # And the other way round: who took it out may undo that.
    tariq.post(at("study-undo", study))
    assert "<td>theme</td>" in bin_of(tariq, study)


def test_a_theme_whose_code_is_gone_by_now_says_that_it_comes_back_without(signed_in, study, full, people):
    rosa, theme = signed_in("rosa"), full["theme"]
    first, *others = list(Code.objects.filter(theme_codes__theme=theme))
    alike = add_theme(seat(people.rosa, study.id), first.name, now=NOW)
    rosa.post(at("study-theme-remove", study, tid=theme.id))
    bin_code(seat(people.rosa, study.id), first.id, now=NOW)
    assert rosa.post(at("study-for-good", study, kind="code", row_id=first.id)).status_code == 303
    labels = Entry.objects.filter(study=study, label=first.name)
    assert [(one.verb, str(alike.id) in one.changes) for one in labels] == [("add theme", True)]
    back = rosa.post(at("study-bin-restore", study, kind="theme", row_id=theme.id), follow=True)
    assert "without some of what belonged to it" in back.content.decode()
    assert {one.code_id for one in ThemeCode.objects.filter(theme=theme)} == {one.id for one in others}


def test_groups_people_interviews_and_questions_come_back_one_after_another(signed_in, study, people):
    tariq = signed_in("tariq")
    group = Group.objects.create(study=study, letter="C", name="Mondays")
    person = Participant.objects.create(study=study, code="C1", group=group)
    guide = GuideVersion.objects.create(study=study, version="2", dated=NOW.date(), text="How?")
    held = Interview.objects.create(study=study, participant=person, held_on=NOW.date(), guide=guide)
    used = tariq.post(at("study-guide-remove", study, vid=guide.id))
    assert used.status_code == 409 and GuideVersion.objects.filter(id=guide.id).exists()
    before = stored()
    going = [
        ("interview", "iid", held),
        ("participant", "pid", person),
        ("group", "gid", group),
        ("guide", "vid", guide),
    ]
    for name, parameter, row in going:
        assert tariq.post(at(f"study-{name}-remove", study, **{parameter: row.id})).status_code == 303
    kinds = {"guide": "guide_version"}
    first = tariq.post(at("study-bin-restore", study, kind="interview", row_id=held.id))
    assert first.status_code == 409 and "out of the bin first" in first.content.decode()
    for name, _, row in reversed(going):
        answer = tariq.post(at("study-bin-restore", study, kind=kinds.get(name, name), row_id=row.id))
        assert answer.status_code == 303, answer.content
    assert stored() == before


def test_what_took_its_name_meanwhile_is_said(signed_in, study, full):
    rosa, theme = signed_in("rosa"), full["theme"]
    rosa.post(at("study-theme-remove", study, tid=theme.id))
    rosa.post(at("study-themes", study), {"name": theme.name})
    again = rosa.post(at("study-bin-restore", study, kind="theme", row_id=theme.id))
    assert again.status_code == 409 and "bears this name" in again.content.decode()
    assert Theme.objects.filter(study=study).count() == 1


def test_for_good_it_is_neither_in_the_bin_nor_in_the_past(signed_in, study, full, people):
    rosa, theme = signed_in("rosa"), full["theme"]
    rosa.post(at("study-misfit", study, tid=theme.id), {"span": full["spans"][1].id, "note": "forgotten before"})
    known = Misfit.objects.get(theme=theme, note="forgotten before")
    rosa.post(at("study-misfit-forget", study, tid=theme.id, mid=known.id))
    add_code(seat(people.rosa, study.id), theme.name, now=NOW)
    rosa.post(at("study-theme-remove", study, tid=theme.id))
    rosa.post(at("study-for-good", study, kind="theme", row_id=theme.id))
    assert "<td>theme</td>" not in bin_of(rosa, study)
    assert rosa.post(at("study-bin-restore", study, kind="theme", row_id=theme.id)).status_code == 404
    past = str(list(Entry.objects.filter(study=study).values_list("changes", "label")))
    assert theme.definition not in past and "sits down first" not in past and "not at all" not in past
    assert "forgotten before" not in past
    assert [one.verb for one in Entry.objects.filter(study=study, label=theme.name)] == ["add code"]
    assert not Memo.objects.filter(about_id=theme.id).exists() and Memo.objects.filter(study=study).exists()


def test_strangers_readers_and_former_members_take_nothing_out(signed_in, nobody, study, full, people):
    rosa, theme = signed_in("rosa"), full["theme"]
    rosa.post(at("study-theme-remove", study, tid=theme.id))
    place = at("study-bin-restore", study, kind="theme", row_id=theme.id)
    study.memberships.filter(researcher=people.tariq).delete()
    for client, status in ((signed_in("wim"), 403), (signed_in("yara"), 404), (signed_in("tariq"), 404)):
        assert client.post(place).status_code == status
    assert nobody.post(place).status_code != 200 and not Theme.objects.filter(study=study).exists()
    for client in (signed_in("noor"), signed_in("wim")):
        assert client.post(at("study-for-good", study, kind="theme", row_id=theme.id)).status_code == 403


def test_who_withdrew_comes_back_in_no_theme(signed_in, study, full):
    rosa, theme, person = signed_in("rosa"), full["theme"], full["people"][0]
    rosa.post(at("study-theme-remove", study, tid=theme.id))
    rosa.post(at("study-withdraw", study, pid=person.id), {"sure": person.code, "interview": "", "words": ""})
    assert rosa.post(at("study-bin-restore", study, kind="theme", row_id=theme.id)).status_code == 303
    assert ThemeCode.objects.filter(theme=theme).exists()
    assert not FrameworkCell.objects.filter(theme=theme).exists() and not Misfit.objects.filter(theme=theme).exists()
