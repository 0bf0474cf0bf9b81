"""`make deep`: what takes too long for every change. Its last result is kept in `docs/deep.md`."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time

from tools import machine, steps
from tools.steps import Step, here

RESULT = machine.ROOT / "docs" / "deep.md"
HEAD = """# The last `make deep`

Every server and protocol test with its long counts (1,000 kills, long fuzzing), and all benches.

| Step | Result | Seconds |
|---|---|---|
"""


def main() -> int:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=machine.ROOT, capture_output=True, text=True).stdout
    rows, wrong = [], 0
    for step in (
        Step("tests", [here("python"), "-m", "pytest", "-m", "not browser", "--deep"], show=True),
        Step("benches", [here("python"), "-m", "bench"], show=True),
    ):
        started = time.monotonic()
        well = steps.run(step)
        wrong += not well
        rows.append(f"| {step.name} | {'ok' if well else 'failed'} | {time.monotonic() - started:.0f} |\n")
    day = datetime.datetime.now(datetime.UTC).date()
    RESULT.write_text(HEAD + "".join(rows) + f"\nOn {day}, at commit {commit.strip()}.\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
