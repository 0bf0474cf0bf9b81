"""Journey *Withdrawal*: what somebody said is nowhere afterwards, to the last byte of the disk."""

from __future__ import annotations

import io
import json
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


def taken_out(browser, study: str) -> dict[str, bytes]:
    out = f"/studies/{study}/exchange"
    files = {kind: settled(browser, browser.post(f"{out}/out/{kind}", data={"below": "on"})) for kind in OUT}
    files["backup"] = settled(browser, browser.post(f"{out}/backup"))
    files["audit"] = browser.get(f"/studies/{study}/audit.csv")
    assert {kind: answer.status_code for kind, answer in files.items() if answer.status_code != 200} == {}
    return {kind: unpacked(answer.content) for kind, answer in files.items()}


def reported(browser, study: str, kinds: list[str]) -> dict[str, bytes]:
    """Everything else that may be taken out or looked at: reports with all their parts, tables, maps, lists."""
    place, parts = f"/studies/{study}", {"part": list(PARTS), "most": "0"}
    sent = [f"{place}/report/report.{kind}" for kind in kinds]
    if "xlsx" in kinds:
        sent = [one for one in sent if not one.endswith("xlsx")]
        sent += [f"{place}/report/{name}" for name in ("tables.xlsx", "map.pdf")]
        sent += [f"{place}/compare/{name}" for name in ("table.xlsx", "open.csv")]
    seen = (
        "report/coreq",
        "themes/map.svg",
        "compare",
        "compare/charts",
        "compare/framework",
        "memos",
        "audit",
    )
    files = {one: settled(browser, browser.post(one, data=parts)) for one in sent}
    files |= {one: browser.get(f"{place}/{one}") for one in seen}
    assert {name: one.status_code for name, one in files.items() if one.status_code != 200} == {}
    return {name: unpacked(one.content) for name, one in files.items()}


def test_nothing_somebody_said_is_left_anywhere_after_they_withdrew(served, planted):
    study, sentinels = planted["study"], planted["sentinels"]
    assert len(set(sentinels)) >= 50
    waiting = Path(served.data, "arriving", study.replace("-", ""), "x" * 22)
    waiting.mkdir(parents=True)
    waiting.joinpath("00000.json").write_text(sentinels[0])
    with served.browser() as browser:
        before = taken_out(browser, study)
        assert found(sentinels, on_the_disk(served)) == set(sentinels)
        assert found(sentinels, before["backup"]) >= set(sentinels[:20])
        assert len(found(sentinels, b"\n".join(reported(browser, study, ["html"]).values()))) > 10
        page = f"/studies/{study}/withdrawals/{planted['participant']}"
        wrong = browser.post(page, data={"sure": "A2", "interview": "", "words": ""})
        assert wrong.status_code == 422
        wish = {"sure": "a1", "interview": "", "words": "\n".join(planted["typed"]), "cannot_recall": "A talk in May."}
        done = browser.post(page, data=wish)
        assert done.status_code == 303, done.text
        assert found(sentinels, on_the_disk(served)) == set()
        after = taken_out(browser, study) | reported(browser, study, [*FORMATS, "xlsx"])
        for kind, content in after.items():
            assert found(sentinels, content) == set(), kind
        record = browser.get(f"/studies/{study}/withdrawals").text
        assert "A talk in May." in record and record.count("study.boat") == record.count("project.qdpx") == 1
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
