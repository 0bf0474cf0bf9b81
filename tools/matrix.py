"""`make matrix`: server and protocol tests on Python 3.13, and on PostgreSQL."""

from __future__ import annotations

import sys

from tools import bootstrap, machine, steps
from tools.postgres import cluster
from tools.steps import Step, here

VENV313 = machine.ROOT / ".venv313"


def main() -> int:
    try:
        newer = machine.python((3, 13))
        if not newer:
            raise machine.Missing("No Python 3.13 found. Set PYTHON313 to one, or type: sudo apt install python3.13")
        bootstrap.ensure(newer, VENV313)
        tests = ["-m", "pytest", "-m", "not browser and not packaging"]
        on_newer = Step("Python 3.13", [str(VENV313 / "bin" / "python"), *tests], show=True)
        wrong = steps.run_all([on_newer])
        with cluster() as address:
            settings = {"SAMEBOAT_DATABASE": address}
            wrong += steps.run_all([Step("PostgreSQL", [here("python"), *tests], settings=settings, show=True)])
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
