"""`make test`: the checks, then every test: Python, TypeScript and browser, against real parts."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from tools import machine, steps
from tools.check import check_steps, print_sizes
from tools.steps import STUDY, Step, study_tests, tests

FRONTEND = machine.ROOT / "frontend"


# Journeys that look at every page, rather than go somewhere; and those whose groups no other journey shares.
JOURNEYS = "tests/journeys"
LOOKS = [f"{JOURNEYS}/test_{name}.py" for name in ("outside", "screens", "shell", "small_screens")]
APART = [
    f"{JOURNEYS}/test_{name}.py" for name in ("deciding", "offline", "sunday", "two_stories", "two_who_stay", "wait")
]
CONTRACTS = "tests/contracts"
PROTOCOL = ["sameboat/protocol", "sameboat/circles"]
# What is shipped, or made by other tools, is played in `make matrix` (docs/decisions/0039).
COMPUTING = "not browser and not packaging"
# The whole number of random examples is played in `make matrix` (docs/decisions/0039).
QUARTER = "--hypothesis-profile=quarter"


def lanes(chromium: str) -> list[list[Step]]:
    """What runs beside each other: two lanes that wait for browsers, and two that only compute and give way to them."""
    look = {"CHROMIUM": chromium}
    elsewhere = [f"--ignore={file}" for file in (*LOOKS, *APART)]
    play = [str(FRONTEND / "node_modules" / ".bin" / "vitest"), "run"]
    vitest = Step("vitest", play, folder=FRONTEND, show=True, alone=tuple(play))
    apart = [f"--ignore={folder}" for folder in (CONTRACTS, *PROTOCOL)]
    served = [tests("server tests", COMPUTING, QUARTER, *apart)]
    checked = [
        *check_steps(),
        vitest,
        tests("protocol, circles and contracts", COMPUTING, QUARTER, *PROTOCOL, CONTRACTS),
    ]
    return [
        [tests("journeys", "browser", JOURNEYS, *elsewhere, settings=look)],
        [
            tests("looks at every page, journeys of their own groups", "browser", *LOOKS, *APART, settings=look),
            study_tests("study journeys", "browser", "tests/study/journeys", settings=look),
            # Those before it are done first: this one only computes.
            replace(study_tests("study tests", COMPUTING, QUARTER, *STUDY), patient=True),
        ],
        *([replace(step, patient=True) for step in lane] for lane in (served, checked)),
    ]


def main() -> int:
    started = time.monotonic()
    try:
        chromium = machine.chromium()
        # Here, and not first in a test, for no two may install something at once.
        relay = machine.turnserver()
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Chromium: {chromium}\nNode: {machine.node()}\nRelay: {relay}")
    print_sizes()
    wrong = steps.run_beside(*lanes(chromium))
    print(f"{'Failed' if wrong else 'All is well'} after {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
