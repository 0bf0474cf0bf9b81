"""Journey *Withdrawal*: what somebody said is nowhere afterwards, to the last byte of the disk."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from sameboat.study.exchange.views import OUT
from sameboat.study.report.composing import PARTS
from sameboat.study.report.views import FORMATS
from sameboat.study.tests.served import settled
from tests.study.contracts.files import file_routes
from tests.study.contracts.routes import routes
from tools.machine import ROOT


@pytest.fixture(scope="module")
def served(serve_study):
    return serve_study()


@pytest.fixture(scope="module")
def planted(served):
    done = subprocess.run(
        [sys.executable, "-m", "tests.study.planting"],
        cwd=ROOT, env=served.environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(done.stdout)


def on_the_disk(served) -> bytes:
    """Every byte of the study's folder, its log too; and of PostgreSQL every row of every table."""
    return b"\n".join(name.encode() + content for name, content in served.stored().items())


def unpacked(content: bytes) -> bytes:
    """A file with whatever is packed into it; of a PDF what can be read in it."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)).encode()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(unpacked(archive.read(name)) + name.encode() for name in archive.namelist())


def found(words: list[str], content: bytes) -> set[str]:
    lower = content.lower()
    return {word for word in words if word.encode() in lower}


# Which files an address gives that has a place for one in it. A new such address has to say so here.
KINDS = {
    "exchange/out/<str:kind>": list(OUT),
    "report/report.<str:kind>": list(FORMATS),
    "compare/table.<str:kind>": ["xlsx", "csv"],
    "compare/open.<str:kind>": ["xlsx", "csv"],
    "compare/framework.<str:kind>": ["xlsx", "csv"],
    "compare/charts/<str:name>.svg": ["often", "together", "across", "covered"],
}
ASKED = {"below": "on", "part": list(PARTS), "most": "0", "sound": "1"}
OF_THE_STUDY = "studies/<uuid:sid>/"
# What shows soon that the words were there; every kind of file would only take longer.
PLAIN = ("audit.csv", "backup", "out/extracts.csv", "report.html", "open.csv")


def files_of(study: str) -> dict[str, str]:
    """The address of each file that leaves a study, from the addresses that the study has."""
    places = [route.path.removeprefix(OF_THE_STUDY) for route in file_routes() if route.path.startswith(OF_THE_STUDY)]
    named = {place for place in places if "<" in place}
    assert named == set(KINDS), "say in KINDS which files it gives"
    every = [place for place in places if place not in named]
    every += [re.sub(r"<\w+:\w+>", kind, place) for place, kinds in KINDS.items() for kind in kinds]
    return {place: f"/studies/{study}/{place}" for place in every}


def taken_out(browser, study: str, *only: str) -> dict[str, bytes]:
    """Everything that may be taken out, or what ends so."""
    files = {}
    for name, place in files_of(study).items():
        if not only or name.endswith(only):
            answer = browser.get(place)
            answer = settled(browser, browser.post(place, data=ASKED)) if answer.status_code == 405 else answer
            assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"], name
            files[name] = unpacked(answer.content)
    return files


def looked_at(browser, study: str) -> dict[str, bytes]:
    """Every page and answer of the study that needs no more than its address, and every page that these lead to."""
    alone = [route.address(study) for route in routes() if route.path.count("<") + route.path.count("{") == 1]
    pages = {place: browser.get(place) for place in alone if study in place and "/live" not in place}
    led = {place for page in pages.values() for place in re.findall(rf'href="(/studies/{study}/[^"?#]*)', page.text)}
    pages |= {place: browser.get(place) for place in sorted(led - set(pages))}
    assert {place: page.status_code for place, page in pages.items() if page.status_code >= 500} == {}
    assert sum(page.status_code == 200 for page in pages.values()) > 50
    return {place: page.content for place, page in pages.items()}


def test_nothing_somebody_said_is_left_anywhere_after_they_withdrew(served, planted):
    study, sentinels = planted["study"], planted["sentinels"]
    assert len(set(sentinels)) >= 50
    waiting = Path(served.data, "arriving", study.replace("-", ""), "x" * 22)
    waiting.mkdir(parents=True)
    waiting.joinpath("00000.json").write_text(sentinels[0])
    with served.browser() as browser:
        before = taken_out(browser, study, *PLAIN)
        assert found(sentinels, on_the_disk(served)) == set(sentinels)
        assert found(sentinels, before["exchange/backup"]) >= {*sentinels[:20], planted["sound"]}
        assert all(found(sentinels, content) for content in before.values())
        assert len(found(sentinels, b"\n".join(looked_at(browser, study).values()))) > 20
        page = f"/studies/{study}/withdrawals/{planted['participant']}"
        wrong = browser.post(page, data={"sure": "A2", "interview": "", "words": ""})
        assert wrong.status_code == 422
        wish = {"sure": "a1", "interview": "", "words": "\n".join(planted["typed"]), "cannot_recall": "A talk in May."}
        done = browser.post(page, data=wish)
        assert done.status_code == 303, done.text
        assert found(sentinels, on_the_disk(served)) == set()
        files = taken_out(browser, study)
        for kind, content in (files | looked_at(browser, study)).items():
            assert found(sentinels, content) == set(), kind
        # What the other asked to be taken out stays in the study, and in a backup of it; it is quoted nowhere else.
        unsaid = planted["unsaid"]
        assert found(unsaid, files.pop("exchange/backup")) == set(unsaid) == found(unsaid, on_the_disk(served))
        assert {kind: hit for kind, content in files.items() if (hit := found(unsaid, content))} == {}
        record = browser.get(f"/studies/{study}/withdrawals").text
        assert "A talk in May." in record and record.count("recordings.boat") == record.count("extracts.csv") == 1
        again = settled(browser, browser.post(f"/studies/{study}/exchange/backup"))
        assert planted["stays"] in unpacked(again.content).decode()
        hits = [browser.get(f"/studies/{study}/search", params={"q": word}).text for word in sentinels[:3]]
        assert all("/coding/#" not in text.replace('/coding/"', "") for text in hits)
        assert browser.get(f"/studies/{study}/audit").status_code == 200
        assert browser.get(page).status_code == 409
        missed = {"passphrase": "cup window plum boat", "find-0": "kettle", "instead-0": "[pot]", "category-0": "other"}
        assert b"kettle" in on_the_disk(served)
        assert browser.post(f"/studies/{study}/names-gone", data=missed).status_code == 200
        assert b"kettle" not in on_the_disk(served).lower() and b"the [pot] was warm" in on_the_disk(served)
        browser.post(f"/studies/{study}/delete", data={"sure": "Two groups"})
        assert browser.get(f"/studies/{study}/").status_code == 404
        assert b"the [pot] was warm" not in on_the_disk(served) and b"Two groups" not in on_the_disk(served)
    assert served.errors() == ""
