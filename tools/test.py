"""`make test`: the checks, then every test: Python, TypeScript and browser, against real parts."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tools import machine, steps
from tools.check import check_steps, print_sizes
from tools.steps import Step, here

FRONTEND = machine.ROOT / "frontend"


def test_steps(chromium: str) -> list[Step]:
    """Server tests and TypeScript beside each other on two cores; the browser has the machine to itself."""
    pytest = [here("python"), "-m", "pytest"]
    return [
        Step("vitest", [str(FRONTEND / "node_modules" / ".bin" / "vitest"), "run"], folder=FRONTEND),
        Step("server and protocol tests", [*pytest, "-m", "not browser"], show=True),
        Step("browser tests", [*pytest, "-m", "browser"], settings={"CHROMIUM": chromium}, show=True),
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
    with ThreadPoolExecutor(2) as pool:
        wrong = sum(pool.map(lambda step: 0 if steps.run(step) else 1, check_steps()))
    wrong += steps.run_all(test_steps(chromium))
    print(f"{'Failed' if wrong else 'All is well'} after {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
