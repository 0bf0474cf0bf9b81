"""Themes through their pages: made, changed, ordered, taken away; what does not fit; phases and points."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import NOW, People
from sameboat.study.tests.making import make_document, make_participant, stored
from sameboat.study.themes.models import Misfit, Phase, PointNote, Theme, ThemeCode

SignedIn = Callable[[str], Client]


@pytest.fixture
def coded(study: Study, people: People) -> Span:
    """One passage of A2 with a code."""
    document = make_document(study, participant=make_participant(study))
    code = Code.objects.create(study=study, name="kettle", colour="#1d5c58", created_by=people.rosa, created_at=NOW)
    start = document.text.index("the kettle on")
    return Span.objects.create(
        study=study, document=document, code=code, start=start, end=start + 13, author=people.rosa, created_at=NOW
    )


def at(name: str, study: Study, **more: object) -> str:
    return reverse(name, kwargs={"sid": study.id, **more})


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def made(client: Client, study: Study, name: str = "Fed and met") -> Theme:
    assert client.post(at("study-themes", study), {"name": name}).status_code == 303
    return Theme.objects.get(name=name)


def test_a_theme_is_made_said_and_filled_and_undo_takes_each_step_back(
    study: Study, coded: Span, signed_in: SignedIn
) -> None:
    rosa = signed_in("rosa")
    theme = made(rosa, study)
    place = at("study-theme", study, tid=theme.id)
    before = stored("theme_code")
    said = {"name": "Fed & <met>", "status": "named", "central_idea": "A task and a plate.", "codes": [coded.code_id]}
    assert rosa.post(place, said).status_code == 303
    shown = page(rosa, place)
    assert "the kettle on" in shown and "A task and a plate." in shown and "A2" in shown
    every = page(rosa, at("study-themes", study))
    assert 'role="img"' in every and "<met>" not in every and "kettle" in every
    drawn = rosa.get(at("study-theme-map", study))
    assert drawn["Content-Type"].startswith("image/svg") and b"<met>" not in drawn.content
    rosa.post(at("study-undo", study))
    assert stored("theme_code") == before and not ThemeCode.objects.exists()


def test_a_name_is_asked_for_and_is_there_once(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    theme = made(rosa, study)
    for name in (" ", "FED AND MET"):
        answer = rosa.post(at("study-themes", study), {"name": name})
        assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()
    other = made(rosa, study, "Held")
    answer = rosa.post(at("study-theme", study, tid=other.id), {"name": theme.name})
    assert 'role="alert"' in answer.content.decode() and Theme.objects.filter(name="Held").exists()


def test_themes_change_places_and_one_goes_with_what_names_it(study: Study, coded: Span, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    first, second = made(rosa, study), made(rosa, study, "Held")
    rosa.post(at("study-theme-move", study, tid=second.id), {"way": "up"})
    assert list(Theme.objects.order_by("order").values_list("name", flat=True)) == ["Held", "Fed and met"]
    rosa.post(at("study-misfit", study, tid=first.id), {"span": coded.id, "note": "Not about food."})
    assert rosa.post(at("study-theme-remove", study, tid=first.id)).status_code == 303
    assert not Misfit.objects.exists() and Span.objects.count() == 1
    rosa.post(at("study-undo", study))
    assert Misfit.objects.get().note == "Not about food."


def test_a_passage_that_does_not_fit_is_noted_and_fits_again(study: Study, coded: Span, signed_in: SignedIn) -> None:
    tariq = signed_in("tariq")
    theme = made(tariq, study)
    tariq.post(at("study-theme", study, tid=theme.id), {"name": theme.name, "codes": [coded.code_id]})
    tariq.post(at("study-misfit", study, tid=theme.id), {"span": coded.id, "note": "She means the noise."})
    assert "She means the noise." in page(tariq, at("study-theme", study, tid=theme.id))
    noor = page(signed_in("noor"), at("study-theme", study, tid=theme.id))
    assert "the kettle on" not in noor and "She means the noise." not in noor
    row = Misfit.objects.get()
    assert tariq.post(at("study-misfit-forget", study, tid=theme.id, mid=row.id)).status_code == 303
    assert not Misfit.objects.exists()


def test_phases_have_days_and_a_chart(study: Study, signed_in: SignedIn) -> None:
    rosa, place = signed_in("rosa"), at("study-phases", study)
    assert "<svg" not in page(rosa, place)
    rosa.post(place, {"number": "2", "started_on": "2026-03-02", "ended_on": "2026-03-20", "note": "All of it."})
    shown = page(rosa, place)
    assert "<svg" in shown and "All of it." in shown
    wrong = rosa.post(place, {"number": "2", "started_on": "2026-03-02", "ended_on": "2026-03-01"})
    assert 'role="alert"' in wrong.content.decode()
    assert rosa.post(place, {"number": "7"}).status_code == 404
    assert Phase.objects.get().ended_on.isoformat() == "2026-03-20"  # type: ignore[union-attr]


def test_each_of_fifteen_points_shows_what_there_is_and_takes_a_note(
    study: Study, coded: Span, signed_in: SignedIn
) -> None:
    rosa, place = signed_in("rosa"), at("study-points", study)
    made(rosa, study)
    rosa.post(place, {"number": "11", "note": "Seven weeks."})
    shown = page(rosa, place)
    assert shown.count('id="point-') == 15 and "Seven weeks." in shown and "1 text, 0 with" in shown
    assert PointNote.objects.get().number == 11
    assert rosa.post(place, {"number": "16", "note": "x"}).status_code == 404


def test_who_reads_looks_and_changes_nothing(study: Study, coded: Span, signed_in: SignedIn) -> None:
    theme = made(signed_in("rosa"), study)
    entries = Entry.objects.count()
    wim = signed_in("wim")
    for name, more in (
        ("study-themes", {}),
        ("study-phases", {}),
        ("study-points", {}),
        ("study-theme", {"tid": theme.id}),
    ):
        assert "<textarea" not in page(wim, at(name, study, **more))
        assert wim.post(at(name, study, **more), {"name": "x", "number": "1"}).status_code == 403
    assert Entry.objects.count() == entries


def test_every_point_leads_to_its_proof_and_every_proof_is_there(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    for _ in range(2):
        shown = rosa.get(at("study-points", study)).content.decode()
        points = shown.split('<li class="card">')[1:]
        leads = [re.findall(r'<li><a href="([^"]+)"', point) for point in points]
        assert len(leads) == 15 and all(leads)
        for address in {one for of in leads for one in of}:
            assert rosa.get(address).status_code == 200, address
        Theme.objects.create(study=study, name="Held", colour="#3d7fb8", central_idea="A thin line.")


def test_the_timeline_is_saved_as_a_drawing_once_a_phase_has_begun(study: Study, signed_in: SignedIn) -> None:
    rosa, place = signed_in("rosa"), at("study-phases-chart", study)
    assert rosa.get(place).status_code == 404
    rosa.post(at("study-phases", study), {"number": "1", "started_on": "2026-03-01", "ended_on": "2026-03-09"})
    answer = rosa.get(place)
    assert answer["Content-Type"].startswith("image/svg+xml") and answer.content.startswith(b"<svg")
    assert place in rosa.get(at("study-phases", study)).content.decode()
    assert signed_in("yara").get(place).status_code == 404
