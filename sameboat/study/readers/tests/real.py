"""Real files, in the folder that SAMEBOAT_TEST_DATA names; they are never copied into the project."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / os.environ.get("SAMEBOAT_TEST_DATA", "../shared/data")


def real(*parts: str) -> Path:
    """A folder or file of real data. Absent it is said; where changes are judged (CI) absent is a failure."""
    place = FOLDER.joinpath(*parts)
    if not place.exists():
        if os.environ.get("CI"):
            pytest.fail(f"no such folder: {place}")
        pytest.skip(f"not run: no such folder: {place}")
    return place
