"""What may not stand in the tree: places of a machine, registries, unfinished work, tests that do not run."""

import re
from pathlib import Path

from bench.__main__ import BENCHES
from tests.contracts.code import text_of, tree
from tools.machine import ROOT

HERE = Path(__file__).resolve()
LICENCE = {ROOT / "LICENSE"}
# A folder below one person's home, a job's folder, the place where this clone happens to stand.
PLACES = re.compile(r"/(?:home|Users)/[a-z]\w*/|/root/|/tmp/[a-z_]+")
REGISTRIES = re.compile(
    r"(?:registry\.npmjs|pypi|files\.pythonhosted|pythonhosted)\.(?:org|com)|--(?:extra-)?index-url[ =]"
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError")
NOT_RUN = re.compile(r"mark\.(?:skip|xfail)|pytest\.skip\(|unittest\.skip|\b(?:it|test|describe)\.(?:skip|only|todo)\b")
CODE = {".py", ".ts", ".tsx", ".js", ".html", ".css", ".sh", ".toml"}


def found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    texts = ((file, text_of(file) or "") for file in files if file != HERE)
    return [f"{file.relative_to(ROOT)}: {hit[0]}" for file, text in texts if (hit := pattern.search(text))]


def test_no_path_of_a_machine():
    assert found(PLACES, tree()) == []
    assert found(re.compile(re.escape(str(ROOT)) + r"\b"), tree()) == []


def test_no_address_of_a_registry():
    assert found(REGISTRIES, tree()) == []


def test_nothing_is_left_for_later():
    assert found(UNFINISHED, [file for file in tree() if file.suffix in CODE]) == []


def test_no_test_is_left_out():
    assert found(NOT_RUN, [file for file in tree() if file.suffix in CODE]) == []


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert "make run\n" in readme
    assert "make test\n" in readme
    for target in (
        "run",
        "test",
        "matrix",
        "check",
        "bench",
        "bench-room",
        "bench-reach",
        "bench-study",
        "deep",
        "build",
    ):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M), target


def test_make_bench_runs_every_bench_and_the_room_last():
    """Whoever reads only the last line reads the room's figures."""
    targets = re.findall(r"^bench-(\w+):", (ROOT / "Makefile").read_text(), re.M)
    names = [name for name, *_ in BENCHES]
    assert sorted(names) == sorted(targets)
    assert names[-1] == "room"


def test_every_module_says_what_it_is_for():
    for file in (ROOT / "sameboat").glob("*/__init__.py"):
        assert (text_of(file) or "").startswith('"""'), file


LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_link_of_the_documentation_leads_somewhere():
    for page in (file for file in tree() if file.suffix == ".md"):
        for link in LINK.findall(text_of(page) or ""):
            assert (page.parent / link).exists(), f"{page.relative_to(ROOT)}: {link}"
