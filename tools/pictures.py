"""`make pictures`: every screen and page in each of its looks, as pictures to be looked at, in `tests/pictures/`."""

from __future__ import annotations

import sys

from tools import machine, steps
from tools.steps import study_tests, tests
from tools.test import LOOKS


def main() -> int:
    settings = {"CHROMIUM": machine.chromium(), "PICTURES": "yes"}
    looks = tests("looks at every page", "browser", *LOOKS, settings=settings)
    study = study_tests("looks at the study", "browser", "tests/study/journeys/test_clean.py", settings=settings)
    return steps.run_all([looks, study])


if __name__ == "__main__":
    sys.exit(main())
