"""`make matrix`: server and protocol tests on Python 3.13 and on PostgreSQL; and what is installed apart."""

from __future__ import annotations

import sys
import time

from tools import bootstrap, machine, steps
from tools.postgres import cluster
from tools.steps import Step, here, study_tests, tests

VENV313 = machine.ROOT / ".venv313"


def _lanes(name: str, settings: dict[str, str], python: str) -> list[Step]:
    marks = "not browser and not packaging"
    return [
        tests(name, marks, python=python, settings=settings),
        study_tests(f"{name}, study", marks, python=python, settings=settings),
    ]


def main() -> int:
    started = time.monotonic()
    try:
        newer = machine.python((3, 13))
        if not newer:
            raise machine.Missing("No Python 3.13 found. Set PYTHON313 to one, or type: sudo apt install python3.13")
        bootstrap.ensure(newer, VENV313)
        with cluster() as address:
            databases = {"SAMEBOAT_DATABASE": address, "SAMEBOAT_STUDY_DATABASE": address}
            wrong = steps.run_beside(
                _lanes("Python 3.13", {}, str(VENV313 / "bin" / "python")),
                _lanes("PostgreSQL", databases, here("python")),
                [tests("packages", "packaging"), study_tests("packages, study", "packaging")],
            )
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{'Failed' if wrong else 'All is well'} after {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
