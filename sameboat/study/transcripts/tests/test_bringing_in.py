"""Texts come in through the page, are looked at first, and lose their names before they are coded."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study
from sameboat.study.transcripts import arrivals, key_box
from sameboat.study.transcripts.key_box import WrongPassphrase
from sameboat.study.transcripts.models import Document, Stage, Turn, TurnRole
from sameboat.study.work import uploads

TALK = (
    "Interviewer: How did you hear of the group?\n"
    "Karen: My friend Marigold Fennimore told me. She said, come on Tuesday.\n"
    "Interviewer: And then?\n"
    "Karen: Then I rang 0115 496 0123 and Marigold said, bring a cake 🎂 to Larkspur House.\n"
)
PASSPHRASE = "kettle window plum boat"
SignedIn = Callable[[str], Client]


def url(name: str, study: Study, **more: object) -> str:
    return reverse(name, kwargs={"sid": study.id, **more})


def bring(client: Client, study: Study, *files: tuple[str, bytes]) -> str:
    """Chooses files and waits until they are read; returns the address of the page to look at."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(url("study-bring-in", study), {"files": uploads})
    token = answer["Location"].rsplit("/", 1)[1]
    while arrivals.reading(study.id, token) is not None:
        client.get(answer["Location"])
    return answer["Location"]


def stored(client: Client, study: Study) -> Document:
    place = bring(client, study, ("interview A1.txt", TALK.encode()))
    client.post(place, {"wanted-0": "on", "title-0": "First talk with Karen", "participant-0": "A1", "group-0": "A"})
    return Document.objects.get(study=study)


def test_nothing_is_stored_before_the_look(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    page = rosa.get(bring(rosa, study, ("interview A1.txt", TALK.encode()))).content.decode()
    assert "Karen" in page and 'value="A1"' in page
    assert not Document.objects.exists() and not Entry.objects.filter(verb="import").exists()


def test_what_was_looked_at_is_stored_with_who_asks_and_who_takes_part(study: Study, signed_in: SignedIn) -> None:
    document = stored(signed_in("rosa"), study)
    assert (document.stage, document.length) == (Stage.RAW, len(document.text))
    assert document.participant == Participant.objects.get(code="A1") and document.group == Group.objects.get(
        letter="A"
    )
    roles = list(Turn.objects.filter(document=document).order_by("index").values_list("role", flat=True))
    assert roles == [TurnRole.INTERVIEWER, TurnRole.PARTICIPANT] * 2


def test_a_file_that_cannot_be_read_leaves_the_others_and_says_why(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    place = bring(
        rosa, study, ("A1.txt", TALK.encode()), ("B1.docx", b"PK\x03\x04 not a document"), ("B2.doc", b"\xd0\xcf")
    )
    assert rosa.get(place).content.decode().count('class="wrong"') == 2
    rosa.post(place, {"wanted-0": "on", "title-0": "One", "participant-0": "", "group-0": ""})
    assert Document.objects.count() == 1
    assert rosa.get(place).status_code == 404


def test_of_more_files_than_can_be_read_at_once_each_that_was_not_is_named(
    study: Study, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 120)
    rosa = signed_in("rosa")
    page = rosa.get(bring(rosa, study, *((f"A{number}.txt", b"Ana: yes") for number in range(1, 123))))
    text = page.content.decode()
    assert text.count("Store this text") == 120 and text.count('class="wrong"') == 2
    assert "A121.txt was not read" in text and "A122.txt was not read" in text


def test_a_batch_can_be_dropped(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    place = bring(rosa, study, ("A1.txt", TALK.encode()))
    rosa.post(f"{place}/drop")
    assert rosa.get(place).status_code == 404 and not Document.objects.exists()


def test_a_missing_title_stores_none_of_them(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    place = bring(rosa, study, ("A1.txt", TALK.encode()), ("A2.txt", TALK.encode()))
    answer = rosa.post(place, {"wanted-0": "on", "title-0": "One", "wanted-1": "on", "title-1": " "})
    assert answer.status_code == 422 and not Document.objects.exists() and not Participant.objects.exists()


def test_one_code_in_two_groups_stores_none_of_them_and_names_the_text(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    place = bring(rosa, study, ("one.txt", TALK.encode()), ("two.txt", TALK.encode()))
    both = {"wanted-0": "on", "title-0": "One", "wanted-1": "on", "title-1": "Two", "participant-0": "C1"}
    answer = rosa.post(place, {**both, "participant-1": "c1", "group-0": "A", "group-1": "B"})
    assert answer.status_code == 409 and "Two · C1 · A" in answer.content.decode()
    assert not Document.objects.exists() and not Participant.objects.exists()
    rosa.post(place, {**both, "participant-1": "c1", "group-0": "A", "group-1": "a"})
    assert Document.objects.count() == 2 and Participant.objects.count() == 1


@pytest.mark.parametrize("who", ["wim", "yara"])
def test_readers_and_strangers_bring_nothing_in(who: str, study: Study, signed_in: SignedIn) -> None:
    place = bring(signed_in("rosa"), study, ("A1.txt", TALK.encode()))
    assert signed_in(who).post(place, {"wanted-0": "on", "title-0": "One"}).status_code in (403, 404)
    assert signed_in(who).post(url("study-bring-in", study), {}).status_code in (403, 404)
    assert not Document.objects.exists()


def test_names_go_from_text_title_and_turns_and_the_rest_stays_where_it_was(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    document = stored(rosa, study)
    before = [document.text[turn.start : turn.end] for turn in Turn.objects.filter(document=document).order_by("index")]
    place = url("study-names", study, did=document.id)
    page = rosa.get(place).content.decode()
    assert (
        "Marigold Fennimore" in page
        and "0115 496 0123" in page
        and "Larkspur House" in page
        and "Tuesday</td>" not in page
    )
    chosen = {"rows": "1", "step": "go", "passphrase": PASSPHRASE}
    for number, (find, instead) in enumerate(
        [("Marigold Fennimore", "[friend]"), ("Marigold", "[friend]"), ("Karen", "A1"), ("0115 496 0123", "[number]")]
    ):
        chosen |= {f"find-{number}": find, f"instead-{number}": instead, f"wanted-{number}": "on"}
    rosa.post(place, chosen)
    document.refresh_from_db()
    assert document.stage == Stage.ANONYMISED and document.title == "First talk with A1"
    after = [document.text[turn.start : turn.end] for turn in Turn.objects.filter(document=document).order_by("index")]
    said = {"Marigold Fennimore": "[friend]", "Marigold": "[friend]", "0115 496 0123": "[number]"}
    for old, new in said.items():
        before = [words.replace(old, new) for words in before]
    assert after == before
    assert set(Turn.objects.values_list("speaker", flat=True)) == {"Interviewer", "A1"}


def test_the_list_of_names_opens_with_its_passphrase_only(study: Study, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    document = stored(rosa, study)
    place = url("study-names", study, did=document.id)
    typed = {"rows": "1", "step": "go", "find-0": "Karen", "instead-0": "A1", "wanted-0": "on"}
    assert rosa.post(place, {**typed, "passphrase": "short"}).status_code == 422
    assert Document.objects.get().stage == Stage.RAW
    rosa.post(place, {**typed, "passphrase": PASSPHRASE})
    assert [one.find for one in key_box.opened(study, PASSPHRASE)] == ["Karen"]
    with pytest.raises(WrongPassphrase):
        key_box.opened(study, "another one altogether")
