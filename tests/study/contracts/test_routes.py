"""Every address of the study says who it is for, and the mark is true for whoever comes."""

from sameboat.lib.policy import policy_of
from tests.study.contracts.routes import Route, routes

ROUTES = routes()
OF_A_STUDY = {"readers", "coders", "leads"}
LOWER = {"readers": [], "coders": ["wim"], "leads": ["wim", "tariq", "noor"]}


def ask(client, route: Route, verb: str, sid: object = ""):
    address = route.address(sid) if sid else route.address()
    return client.generic(verb, address, "{}" if verb != "GET" else "", content_type="application/json")


def for_whom(*who: str) -> list[Route]:
    return [route for route in ROUTES if (mark := policy_of(route.function)) and mark.who in who]


def test_every_route_carries_a_policy_mark():
    assert [str(route) for route in ROUTES if policy_of(route.function) is None] == []
    assert len(ROUTES) > 3


def test_a_route_of_one_study_names_it_and_others_do_not():
    for route in ROUTES:
        mark = policy_of(route.function)
        if mark.who in OF_A_STUDY:
            assert "sid" in route.path, str(route)
        elif "sid" in route.path:
            assert mark.who == "everyone", str(route)


def test_a_stranger_gets_no_further_than_the_door(nobody, study):
    for route in for_whom("researchers", *OF_A_STUDY):
        for verb in route.methods:
            answer = ask(nobody, route, verb, study.id)
            if route.path.startswith("api/"):
                assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), str(route)
            elif answer.status_code != 405:
                assert answer.status_code == 302, str(route)
                assert answer["Location"].startswith("/sign-in/"), str(route)


def test_to_a_researcher_elsewhere_a_study_looks_like_none(signed_in, study):
    yara = signed_in("yara")
    for route in for_whom(*OF_A_STUDY):
        for verb in route.methods:
            answers = [ask(yara, route, verb, sid) for sid in (study.id, "")]
            if answers[0].status_code != 405:
                assert answers[0].status_code == 404, str(route)
                assert answers[0].content == answers[1].content, str(route)


def test_a_seat_opens_only_what_it_may(signed_in, study):
    clients = {name: signed_in(name) for name in {name for names in LOWER.values() for name in names}}
    for route in for_whom("coders", "leads"):
        for name in LOWER[policy_of(route.function).who]:
            for verb in route.methods:
                answer = ask(clients[name], route, verb, study.id)
                assert answer.status_code in {403, 405}, f"{route} {name}: {answer.status_code}"


def test_on_a_laptop_no_route_asks_anyone_to_sign_in(laptop):
    for route in for_whom("researchers", *OF_A_STUDY):
        for verb in route.methods:
            answer = ask(laptop, route, verb)
            assert answer.status_code != 401, str(route)
            assert not answer.headers.get("Location", "").startswith("/sign-in"), str(route)
