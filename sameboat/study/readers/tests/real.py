"""Real files, in the folder that SAMEBOAT_TEST_DATA names; they are never copied into the project.

Where a clone stands alone and the folder is absent, tests that need it are not collected, and the run says which; they
count as nothing. Where changes are judged (CI) they are collected, and fail.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / os.environ.get("SAMEBOAT_TEST_DATA", "../shared/data")
_FROM = (__name__, "sameboat.study.exchange.tests.projects")
_left_out: set[str] = set()


def real(*parts: str) -> Path:
    """A folder or file of real data. Absent the test fails."""
    place = FOLDER.joinpath(*parts)
    if not place.exists():
        pytest.fail(f"not run: no such folder: {place}. SAMEBOAT_TEST_DATA says where real files are.")
    return place


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if FOLDER.is_dir() or os.environ.get("CI"):
        return
    needing = [item for item in items if _needs_real_files(item)]
    _left_out.update(item.nodeid.split("::")[0] for item in needing)
    items[:] = [item for item in items if item not in needing]


def _needs_real_files(item: pytest.Item) -> bool:
    module = getattr(item, "module", None)
    return any(getattr(one, "__module__", "") in _FROM for one in vars(module).values()) if module else False


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for file in sorted(_left_out):
        terminalreporter.write_line(f"not run: no such folder: {FOLDER}: {file}")
