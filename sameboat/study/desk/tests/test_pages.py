"""The first pages of a study, as people use them."""

import re

from django.utils.timezone import localtime

from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Membership, Researcher, Study


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(study, name="") -> str:
    return f"/studies/{study.id}/{name}"


def test_a_study_is_started_and_found_again(laptop):
    answer = laptop.post("/studies/new", {"name": "Two groups", "question": "What keeps people coming?"})
    assert answer.status_code == 303
    begun = laptop.get(answer["Location"])
    assert "What keeps people coming?" in text(begun)
    assert 'href="/"' in begun.content.decode()  # the way back to all studies
    assert "Two groups" in text(laptop.get("/"))


def test_a_study_without_a_name_is_not_started(laptop):
    assert laptop.post("/studies/new", {"name": " "}).status_code == 200
    assert not Study.objects.exists()


def test_each_sees_only_their_own_studies(signed_in, study):
    assert "Two groups" in text(signed_in("rosa").get("/"))
    assert "Two groups" not in text(signed_in("yara").get("/"))


def test_what_is_said_about_a_study_is_kept_and_in_the_audit_trail(signed_in, study):
    rosa = signed_in("rosa")
    said = {"name": "Two groups", "question": "Why come?", "heading": ["Funding", "Own"], "said": ["none", "words"]}
    assert rosa.post(page(study, "about/change"), said).status_code == 303
    assert Study.objects.get().properties == {"Funding": "none", "Own": "words"}
    assert "Why come?" in text(rosa.get(page(study, "audit")))
    # Among all studies it stands with when it last changed.
    assert f"{localtime(Entry.objects.latest('id').at):%H:%M}" in text(rosa.get("/"))
    assert rosa.post(page(study, "about/change"), {**said, "name": ""}).status_code == 422
    assert signed_in("wim").get(page(study, "about")).status_code == 200


def test_a_lead_changes_what_others_may_do_but_a_lead_remains(signed_in, study, people):
    rosa = signed_in("rosa")
    tariq, own = (Membership.objects.get(researcher=one) for one in (people.tariq, people.rosa))
    assert rosa.post(page(study, f"team/{tariq.id}"), {"role": "reader", "blind": "on"}).status_code == 303
    tariq.refresh_from_db()
    assert (tariq.role, tariq.blind) == ("reader", True)
    for said in ({"role": "coder"}, {"remove": "1"}):
        assert rosa.post(page(study, f"team/{own.id}"), said).status_code == 409
    assert rosa.post(page(study, f"team/{tariq.id}"), {"remove": "1"}).status_code == 303
    assert signed_in("tariq").get(page(study)).status_code == 404
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["edit member", "remove member"]


def test_on_a_laptop_a_colleague_sits_down_and_gets_up_again(laptop):
    home = laptop.post("/studies/new", {"name": "Two groups"})["Location"]
    laptop.post(f"{home}team/invite", {"name": "Robin", "role": "coder"})
    robin = Researcher.objects.get(name="Robin")
    laptop.post("/sitting", {"who": str(robin.id), "next": home})
    assert laptop.get(f"/api{home}overview").json()["me"]["name"] == "Robin"
    laptop.post("/sitting", {})
    assert laptop.get(f"/api{home}overview").json()["me"]["role"] == "lead"


def test_in_a_team_nobody_sits_down_as_somebody_else(signed_in, study, people):
    tariq = signed_in("tariq")
    tariq.post("/sitting", {"who": str(people.rosa.id)})
    tariq.cookies["sitting"] = str(people.rosa.id)
    assert tariq.get(f"/api{page(study)}overview").json()["me"]["name"] == "Tariq"


def test_a_form_leads_only_to_our_own_pages(laptop):
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:1"):
        assert laptop.post("/sitting", {"next": elsewhere})["Location"] == "/"


def test_what_happened_is_said_only_in_our_own_words(laptop):
    home = laptop.post("/studies/new", {"name": "Two groups"})["Location"]
    assert "Undone." in text(laptop.get(f"{home}?said=undone"))
    assert "elsewhere" not in text(laptop.get(f"{home}?said=go+elsewhere"))


def test_a_page_that_is_not_there_says_so_in_the_studys_look(laptop):
    answer = laptop.get("/nothing/here")
    assert answer.status_code == 404
    assert "Get help now" not in text(answer)
