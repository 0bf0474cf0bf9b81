"""`make test`: the checks, then every test: Python, TypeScript and browser, against real parts."""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from tools import machine, steps
from tools.check import check_steps, print_sizes
from tools.steps import Step, pytest, study_pytest

FRONTEND = machine.ROOT / "frontend"


def quick_lane() -> list[Step]:
    """Everything of the groups that needs no browser."""
    vitest = Step("vitest", [str(FRONTEND / "node_modules" / ".bin" / "vitest"), "run"], folder=FRONTEND, show=True)
    groups = Step("server and protocol tests", pytest("not browser"), show=True)
    return [replace(step, patient=True) for step in (*check_steps(), vitest, groups)]


def browser_lane(chromium: str) -> list[Step]:
    """The journeys, in one Chromium, which spends most of its time waiting."""
    return [Step("browser tests", pytest("browser"), settings={"CHROMIUM": chromium}, show=True)]


def study_lane(chromium: str) -> list[Step]:
    """The workbench, which shares nothing with the groups; its journeys come last, with a Chromium of their own."""
    return [
        Step("study tests", study_pytest("not browser"), show=True, patient=True),
        Step("study browser tests", study_pytest("browser"), settings={"CHROMIUM": chromium}, show=True),
    ]


def main() -> int:
    started = time.monotonic()
    try:
        chromium = machine.chromium()
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Chromium: {chromium}\nNode: {machine.node()}")
    print_sizes()
    wrong = steps.run_beside(browser_lane(chromium), quick_lane(), study_lane(chromium))
    print(f"{'Failed' if wrong else 'All is well'} after {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
