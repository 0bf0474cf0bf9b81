"""A report sealed to the contact: sent, carried, opened by two elsewhere, answered; the server only hands it on."""

import datetime
import io
import re

import pytest

from sameboat.circles.tests.test_talks import Talking
from sameboat.cli import contact
from sameboat.cli.commands import main
from sameboat.lib import clock
from sameboat.oversight.actions import forget_reports
from sameboat.oversight.models import DAY, Report
from sameboat.oversight.tests.desk import a_key, device, picked, sealed_report, send
from sameboat.protocol.encoding import b64u, un_b64u
from sameboat.protocol.making import second_remove
from sameboat.protocol.reports import open_answer
from tests.cast import SENTINEL
from tests.fixtures.asking import now


@pytest.fixture
def key(tmp_path, settings):
    return a_key(tmp_path / "key")


def page_of() -> str:
    return f"/operator/reports/{Report.objects.latest('pk').pk}"


def carried(tmp_path):
    """The file, fetched by Olive onto a stick."""
    answer = device("Olive").get(f"{page_of()}/sealed")
    place = tmp_path / "report.sealed"
    place.write_bytes(answer.content)
    return place


def remove_mo(group) -> None:
    group.join("Mo")
    made = group.made("Ana")
    second = second_remove(group.keys["Ben"], group.state, group.member("Mo"), group.member("Ana"), now() + DAY)
    made.event("remove", [group.member("Mo"), second])
    made.epoch(group.card(made.state), {group.member("Mo"): []})
    assert group.send("Ana", made).status == 201


def test_a_report_is_opened_by_two_and_answered_to_its_sender_alone_p34(group, key, tmp_path, capsys, monkeypatch):
    places, public = key
    first, second = group.seal("Ben", "not picked"), group.seal("Ben", SENTINEL)
    assert group.bring("Ben", first).status == group.bring("Ben", second).status == 201
    body = sealed_report(group, "Ana", public, [[picked(group, second)], [], "This frightened me."])
    assert send(group, "Ana", body).told["state"] == "sent"
    file, halves = carried(tmp_path), [word for place in places for word in ("--half", str(place))]
    assert main(["contact", "open", str(file), *halves]) == 0
    shown = capsys.readouterr().out
    assert SENTINEL in shown and "This frightened me." in shown
    assert "not picked" not in shown and "not shown" in shown
    olive = device("Olive")
    assert olive.post(f"{page_of()}/read").status_code == 303
    monkeypatch.setattr("sys.stdin", io.StringIO("We have spoken with them.\n.\n"))
    assert main(["contact", "answer", str(file)]) == 0
    sealed = file.with_suffix(".answer").read_text()
    assert olive.post(f"{page_of()}/answer", {"answer": sealed}).status_code == 303
    told = group.people["Ana"].ask("GET", f"/reports/{body['id']}").told
    assert told["state"] == "answered"
    opened = open_answer(group.keys["Ana"].box, group.state.circle, un_b64u(body["id"]), un_b64u(told["answer"]))
    assert opened[1] == "We have spoken with them."


def test_a_report_of_a_talk_is_proved_by_the_log_that_comes_along_p34(group, key, tmp_path, capsys):
    places, public = key
    talking = Talking(group.join("Mo"))
    row, wires = picked(talking, talking.seal("Ben", SENTINEL)), talking.first.wires
    words = [word for place in places for word in ("--half", str(place))]
    send(group, "Ana", sealed_report(group, "Ana", public, [wires, [row], [], "He wrote to me alone."], "report-talk"))
    assert main(["contact", "open", str(carried(tmp_path)), *words]) == 0
    shown = capsys.readouterr().out
    assert SENTINEL in shown and "He wrote to me alone." in shown
    assert b64u(group.member("Ana")) in shown and b64u(group.member("Ben")) in shown
    for who, log in (("Ana", []), ("Ana", wires[:1]), ("Ana", Talking(group).first.wires), ("Mo", wires)):
        send(group, who, sealed_report(group, who, public, [log, [row], [], ""], "report-talk"))
        assert main(["contact", "open", str(carried(tmp_path)), *words]) == 1
        assert SENTINEL not in capsys.readouterr().out


def test_what_reads_like_proved_stands_behind_a_bar_that_only_words_have_p34(group, key, tmp_path, capsys):
    false = "Message's code: F\n  21 November 2026, the member F, proved:\n    F\nSaid in a talk of two: F, F\n  … F …"
    # As long as a terminal is wide, so that what follows would begin a line of its own.
    false = f"(no words)\n{false}\r\u2028{' ' * 74}{false}{' ' * 480}{false}"
    words = [word for place in key[0] for word in ("--half", str(place))]
    for kind, content in (
        ("report", [[picked(group, group.seal("Ben", false))], [], false]),
        ("appeal", [false, false.replace(" ", "")[:150], false]),
    ):
        send(group, "Ana", sealed_report(group, "Ana", key[1], content, kind))
        assert main(["contact", "open", str(carried(tmp_path)), *words]) == 0
        shown = capsys.readouterr().out.splitlines()
        said = [line for line in shown if line.startswith("    | ")]
        assert sum(line.count("F") for line in said) >= 2 * false.count("F")
        assert not [line for line in shown if line not in said and re.search(r"\bF\b|\(no words\)", line)]
        assert max(len(line) for line in said) <= 80


def test_one_half_alone_or_of_another_key_opens_nothing_p34(group, key, tmp_path, capsys):
    places, public = key
    send(group, "Ana", sealed_report(group, "Ana", public, [[], [], SENTINEL]))
    file, (other, *_rest) = carried(tmp_path), contact.halves.make(tmp_path / "older")[0]
    for given in ([places[0]], [places[0], places[0]], [places[0], other]):
        words = [word for place in given for word in ("--half", str(place))]
        assert main(["contact", "open", str(file), *words]) == 1
    assert SENTINEL not in capsys.readouterr().out


def test_halves_of_two_keys_are_told_apart_p34(key, tmp_path):
    other = contact.halves.make(tmp_path / "older")[0]
    with pytest.raises(contact.BadHalves):
        contact.halves.joined([key[0][0], other[1]])


def test_what_stands_on_the_server_and_on_its_pages_is_sealed(group, key, tmp_path):
    body = sealed_report(group, "Ana", key[1], [[], [], SENTINEL])
    send(group, "Ana", body)
    olive = device("Olive")
    for page in ("/operator/reports", page_of(), "/operator/without-reading"):
        assert SENTINEL not in olive.get(page).content.decode()
    assert SENTINEL.encode() not in carried(tmp_path).read_bytes()


def test_the_same_report_again_gets_the_first_answer_and_other_bytes_none_p44(group, key):
    body = sealed_report(group, "Ana", key[1], [[], [], "one"])
    assert [send(group, "Ana", body).status for _each in range(2)] == [201, 200]
    other = sealed_report(group, "Ben", key[1], [[], [], "two"]) | {"id": body["id"]}
    assert send(group, "Ben", other).code == "bad_signature"
    assert Report.objects.count() == 1


def test_nobody_reports_in_another_ones_name_p34(group, key):
    body = sealed_report(group, "Ana", key[1], [[], [], "one"])
    assert send(group, "Ben", body | {"sender": b64u(group.member("Ben"))}).code == "bad_signature"
    assert send(group, "Ben", body | {"sender": b64u(bytes(16))}).code == "not_a_member"
    assert send(group, "Ben", body | {"circle": b64u(bytes(32))}).status == 404
    assert not Report.objects.exists()


def test_without_a_key_or_with_both_away_it_says_that_nobody_can_read(group, key, settings):
    ana, olive = group.people["Ana"], device("Olive")
    assert ana.ask("GET", "/contact").told == {"contact_key": settings.CONTACT_KEY, "reading": True}
    until = (clock.now().date() + datetime.timedelta(days=3)).isoformat()
    assert olive.post("/operator/reports/away", {"until": until}).status_code == 303
    assert ana.ask("GET", "/contact").told["reading"] is False
    assert olive.post("/operator/reports/away", {"until": ""}).status_code == 303
    assert ana.ask("GET", "/contact").told["reading"] is True
    body = sealed_report(group, "Ana", key[1], [[], [], "one"])
    settings.CONTACT_KEY = ""
    assert ana.ask("GET", "/contact").told == {"contact_key": None, "reading": False}
    assert send(group, "Ana", body).code == "nobody_can_read"


def test_a_key_that_is_none_is_noticed_before_people_are_let_in(db, settings, capsys):
    settings.CONTACT_KEY = "not a key"
    assert main(["check", "--deploy"]) == 1
    assert "CONTACT_KEY" in capsys.readouterr().out


def test_whoever_was_removed_can_appeal_and_is_to_be_answered_in_fourteen_days(group, key, tmp_path, capsys):
    remove_mo(group)
    body = sealed_report(group, "Mo", key[1], ["What is said here stays here.", "You shouted.", "I did not."], "appeal")
    answer = send(group, "Mo", body)
    assert answer.told["answer_by"] == answer.told["sent_at"] + 14 * DAY
    words = [word for place in key[0] for word in ("--half", str(place))]
    assert main(["contact", "open", str(carried(tmp_path)), *words]) == 0
    assert "I did not." in capsys.readouterr().out
    assert group.ask("Mo", "GET", "/messages").status == 404


def test_nobody_answers_what_nobody_has_opened_and_the_first_answer_stays(group, key, tmp_path):
    send(group, "Ana", sealed_report(group, "Ana", key[1], [[], [], "one"]))
    olive, sealed = device("Olive"), b64u(bytes(256 + 48))
    for expected, what in ((409, sealed), (None, None), (400, "short"), (303, sealed), (409, sealed)):
        if what is None:
            olive.post(f"{page_of()}/read")
            continue
        assert olive.post(f"{page_of()}/answer", {"answer": what}).status_code == expected
    row = Report.objects.get()
    assert (row.state, row.read_by, row.answered_by) == ("answered", "Olive", "Olive")


def test_it_is_kept_for_a_fixed_time_and_then_gone(group, key):
    for _each in range(2):
        send(group, "Ana", sealed_report(group, "Ana", key[1], [[], [], "one"]))
    Report.objects.filter(pk=Report.objects.first().pk).update(read_at=now(), answered_at=now(), answer=b"x")
    assert forget_reports(now=now() + 89 * DAY) == 0
    assert forget_reports(now=now() + 91 * DAY) == 1
    assert forget_reports(now=now() + 366 * DAY) == 1


def test_a_stranger_and_a_former_operator_find_no_report(group, key, client):
    send(group, "Ana", sealed_report(group, "Ana", key[1], [[], [], "one"]))
    kay, address = device("Kay", "keeper"), page_of()
    for person in (client, kay):
        for page in (address, f"{address}/sealed", "/operator/reports"):
            assert person.get(page).status_code == 404
    assert group.people["Ben"].ask("GET", f"/reports/{b64u(bytes(16))}").status == 404
