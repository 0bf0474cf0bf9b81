"""The coding screen's API, as a browser asks it."""

import json
import uuid

import pytest

from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.coding.palette import COLOURS, PATTERNS
from sameboat.study.ledger.models import Entry
from sameboat.study.tests.making import TALK, make_document, make_participant
from tools.machine import ROOT


class Screen:
    """The API of one study in one person's browser."""

    def __init__(self, client, study):
        self.client = client
        self.base = f"/api/studies/{study.id}/"

    def ask(self, verb, path, status=200, **sent):
        body = {"data": json.dumps(sent), "content_type": "application/json"} if verb != "GET" else {}
        answer = self.client.generic(verb, self.base + path, **body)
        assert answer.status_code == status, answer.content
        return answer.json()

    def get(self, path, status=200):
        return self.ask("GET", path, status)

    def code(self, name, **more):
        return self.ask("POST", "codes", name=name, **more)["code"]["id"]

    def span(self, document, code, start, end, **more):
        return self.ask("POST", "spans", document=str(document.id), code=code, start=start, end=end, **more)["span"]

    def spans(self, document):
        return self.get(f"documents/{document.id}/spans")["spans"]

    def names(self):
        return [one["name"] for one in self.get("codes")["codes"]]


@pytest.fixture
def rosa(signed_in, study):
    return Screen(signed_in("rosa"), study)


@pytest.fixture
def tariq(signed_in, study):
    return Screen(signed_in("tariq"), study)


@pytest.fixture
def noor(signed_in, study):
    return Screen(signed_in("noor"), study)


@pytest.fixture
def document(study):
    return make_document(study, participant=make_participant(study))


def test_the_study_at_a_glance(rosa, document):
    told = rosa.get("overview")
    assert told["study"]["name"] == "Two groups"
    assert told["me"]["role"] == "lead"
    assert [one["code"] for one in told["participants"]] == ["A2"]
    line = told["documents"][0]
    assert (line["title"], line["coded"], line["coded_words"]) == ("A2", 0.0, 0)
    assert 0 < line["participant_words"] < line["words"]


def test_a_text_with_its_turns(rosa, document):
    told = rosa.get(f"documents/{document.id}")
    assert told["length"] == len(told["text"]) == document.length
    assert [told["text"][start:end] for start, end, *_ in told["turns"]] == [said for _, said in TALK]
    assert told["turns"][0][2:] == ["INT", "interviewer", None]


def test_a_code_on_a_passage_is_there_at_once_and_undone_at_once(rosa, document):
    code = rosa.code("food and tea")
    span = rosa.span(document, code, 42, 61)
    assert rosa.spans(document) == [span[:6]]
    assert rosa.get("codes")["codes"][0]["count"] == 1
    undone = rosa.ask("POST", "undo")
    assert undone["changes"]["spans_gone"] == [span[0]]
    assert rosa.spans(document) == []
    again = rosa.ask("POST", "redo")
    assert again["changes"]["spans"] == [span]
    assert rosa.spans(document) == [span[:6]]


def test_what_was_sent_twice_is_done_once(rosa, document):
    ours, code = str(uuid.uuid4()), rosa.code("tea", id=str(uuid.uuid4()))
    for _ in range(2):
        assert rosa.span(document, code, 0, 5, id=ours)[0] == ours
    assert Entry.objects.filter(verb="add span").count() == 1


@pytest.mark.parametrize(("start", "end"), [(0, 10_000), (5, 5), (7, 3), (2**31 - 1, 2**31 - 1)])
def test_a_passage_past_the_end_is_refused_and_nothing_is_stored(rosa, document, start, end):
    code = rosa.code("tea")
    said = rosa.ask("POST", "spans", 422, document=str(document.id), code=code, start=start, end=end)
    assert said["code"] == "past_the_end"
    assert not Span.objects.exists()


def test_a_position_that_is_no_position_is_not_understood(rosa, document):
    code = rosa.code("tea")
    for start, end in ((-1, 4), (0, 2**40), ("a", 4)):
        rosa.ask("POST", "spans", 400, document=str(document.id), code=code, start=start, end=end)


def test_positions_are_code_points_also_after_a_picture_sign(rosa, document):
    text = rosa.get(f"documents/{document.id}")["text"]
    at = text.index("And between")
    code = rosa.ask("POST", "codes/in-vivo", document=str(document.id), start=at, end=at + 21)["code"]
    assert code["name"] == "And between meetings?"


def test_in_their_words_twice_is_one_code(rosa, document):
    for start in (43, 53, 43):
        rosa.ask("POST", "codes/in-vivo", document=str(document.id), start=start, end=60)
    assert len(rosa.names()) == 2


def test_a_coder_changes_only_their_own_and_a_lead_any(rosa, tariq, document):
    span = rosa.span(document, rosa.code("tea"), 0, 10)
    assert tariq.ask("PATCH", f"spans/{span[0]}", 403, start=1, end=4)["code"] == "not_yours"
    tariq.ask("DELETE", f"spans/{span[0]}", 403)
    own = tariq.span(document, span[1], 3, 9)
    assert rosa.ask("PATCH", f"spans/{own[0]}", start=4, end=9)["span"][2:4] == [4, 9]


def test_a_merge_takes_passages_memos_and_what_stands_below_with_it(rosa, tariq, document):
    tea, meals, cake = rosa.code("tea"), rosa.code("meals"), ""
    cake = rosa.code("cake", parent=tea)
    rosa.span(document, tea, 0, 5)
    rosa.span(document, tea, 6, 9)
    rosa.span(document, meals, 0, 5)
    tariq.span(document, tea, 0, 5)
    rosa.ask("POST", "memos", about_kind="code", about_id=tea, text="first thing everyone says")
    before = rosa.get("codes")["codes"]
    assert rosa.ask("POST", f"codes/{tea}/merge", into=meals)["code"]["count"] == 3
    assert [one["parent"] for one in rosa.get("codes")["codes"] if one["id"] == cake] == [meals]
    assert len(rosa.get(f"memos?about=code:{meals}")["memos"]) == 1
    rosa.ask("POST", "undo")
    assert rosa.get("codes")["codes"] == before


def test_a_code_never_goes_into_itself_or_its_own_child(rosa):
    tea = rosa.code("tea")
    child = rosa.code("cake", parent=rosa.code("with it", parent=tea))
    for into in (tea, child):
        assert rosa.ask("POST", f"codes/{tea}/merge", 409, into=into)["code"] == "into_itself"
        assert rosa.ask("POST", f"codes/{tea}/move", 409, parent=into)["code"] == "into_itself"


def test_a_split_moves_the_chosen_passages(rosa, document):
    tea = rosa.code("tea")
    chosen = rosa.span(document, tea, 0, 5)
    rosa.span(document, tea, 6, 9)
    made = rosa.ask("POST", f"codes/{tea}/split", spans=[chosen[0]], name="kettle")["code"]
    assert {one["name"]: one["count"] for one in rosa.get("codes")["codes"]} == {"tea": 1, "kettle": 1}
    assert [one["id"] for one in rosa.get(f"codes/{made['id']}/spans")["spans"]] == [chosen[0]]


def test_a_code_in_the_bin_takes_its_passages_out_of_sight_and_back(rosa, document):
    tea = rosa.code("tea")
    rosa.code("cake", parent=tea)
    span = rosa.span(document, tea, 0, 5)
    rosa.ask("DELETE", f"codes/{tea}")
    assert (rosa.names(), rosa.spans(document)) == ([], [])
    assert [(one["kind"], one["name"]) for one in rosa.get("bin")["bin"]] == [("code", "tea")]
    rosa.ask("POST", f"bin/code/{tea}/restore")
    assert sorted(rosa.names()) == ["cake", "tea"]
    assert rosa.spans(document) == [span[:6]]


def test_two_names_alike_in_one_place_are_refused(rosa):
    tea = rosa.code("tea")
    assert rosa.ask("POST", "codes", 409, name=" Tea ")["code"] == "name_taken"
    rosa.code("tea", parent=tea)
    assert rosa.ask("POST", "codes", 422, name="  ")["code"] == "name_missing"


def test_two_people_in_one_memo_lose_nothing(rosa, tariq, study):
    about = {"about_kind": "study", "about_id": str(study.id)}
    memo = rosa.ask("POST", "memos", text="Regularity is said in both groups.", **about)["memo"]
    assert tariq.ask("PATCH", f"memos/{memo['id']}", text="tariq's words", version=memo["version"])["memo"]
    refused = rosa.ask("PATCH", f"memos/{memo['id']}", 409, text="rosa's words", version=memo["version"])
    assert (refused["code"], refused["memo"]["text"]) == ("changed_meanwhile", "tariq's words")
    assert Memo.objects.get().text == "tariq's words"
    told = rosa.ask("PATCH", f"memos/{memo['id']}", text="both", version=refused["memo"]["version"])
    assert told["memo"]["text"] == "both"


def test_an_old_version_never_becomes_valid_again_by_undo(rosa, tariq, study):
    about = {"about_kind": "study", "about_id": str(study.id)}
    memo = rosa.ask("POST", "memos", text="a", **about)["memo"]
    second = rosa.ask("PATCH", f"memos/{memo['id']}", text="b", version=memo["version"])["memo"]
    rosa.ask("POST", "undo")
    rosa.ask("PATCH", f"memos/{memo['id']}", text="c", version=memo["version"])
    tariq.ask("PATCH", f"memos/{memo['id']}", 409, text="over b", version=second["version"])


def test_who_is_blind_sees_no_coding_but_their_own(rosa, noor, document):
    tea = rosa.code("tea")
    theirs = rosa.span(document, tea, 0, 5)
    own = noor.span(document, tea, 6, 9)
    assert [one[0] for one in noor.spans(document)] == [own[0]]
    assert noor.get("codes")["codes"][0]["count"] == 1
    assert len(rosa.spans(document)) == 2
    for verb in ("PATCH", "DELETE"):
        noor.ask(verb, f"spans/{theirs[0]}", 404, start=0, end=2)
    assert [one["name"] for one in noor.get("overview")["coders"]] == ["Noor"]


def test_the_next_uncoded_passage_passes_over_questions_and_goes_on_to_the_next_text(rosa, study, document):
    second = make_document(study, title="A3")
    tea = rosa.code("tea")
    text = document.text
    first = rosa.get(f"uncoded?document={document.id}&after=0")
    assert text[first["start"] : first["end"]] == TALK[1][1]
    rosa.span(document, tea, first["start"], first["end"])
    nxt = rosa.get(f"uncoded?document={document.id}&after=0")
    assert text[nxt["start"] : nxt["end"]] == TALK[2][1]
    rosa.span(document, tea, 0, document.length)
    assert rosa.get(f"uncoded?document={document.id}&after=0")["document"] == str(second.id)
    rosa.span(second, tea, 0, second.length)
    assert rosa.get(f"uncoded?document={document.id}&after=0") == {"none": True}
    assert [one["coded"] for one in rosa.get("overview")["documents"]] == [1.0, 1.0]


def test_the_codebook_as_it_was(rosa, study):
    tea = rosa.code("tea")
    moment = Entry.objects.get().at.isoformat()
    rosa.ask("PATCH", f"codes/{tea}", name="food and tea", definition="anything warm")
    then = rosa.client.get(f"{rosa.base}codes", {"as_of": moment}).json()["codes"]
    assert [(one["name"], one["definition"]) for one in then] == [("tea", "")]
    rosa.get("codes?as_of=yesterday", 400)


def test_what_belongs_to_another_study_is_not_here(rosa, signed_in, people, study, document):
    yara = signed_in("yara")
    answer = yara.get(f"/api/studies/{study.id}/documents/{document.id}")
    nothing = yara.get("/api/studies/there/is/nothing")
    assert (answer.status_code, answer.content) == (404, nothing.content)


def test_the_looks_are_those_of_the_screen():
    screen = (ROOT / "frontend/src/study/core/palette.ts").read_text()
    assert ", ".join(f"'{one}'" for one in COLOURS) in screen
    assert ", ".join(f"'{one}'" for one in PATTERNS) in screen
    assert Code._meta.get_field("pattern").max_length >= max(map(len, PATTERNS))
