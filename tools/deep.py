"""`make deep`: what takes too long for every change. Its last result is kept in `docs/deep.md`.

`--only fuzz` runs the steps whose name holds a word, `--inputs N` makes the fuzz shorter; the page then says so. Each
row says on which day and at which commit it was run: what is not run this time stays as it was last seen.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator

from tools import machine, steps
from tools.steps import Step, here

RESULT = machine.ROOT / "docs" / "deep.md"
INPUTS = 1_000_000
FUZZ, KILLS = "sameboat/protocol/tests/test_fuzz.py", "tests/hostile/test_kill.py"
BY_COVERAGE = "by coverage"
HEAD = """# The last `make deep`

What takes too long for every change: 1,000 kills of a server, 10,000 acts in a study, odd inputs for every reader of
bytes, every protection taken out once, and the benches. Each row is as it was last run.

| Step | Result | Seconds | On | At commit |
|---|---|---|---|---|
"""


def _python(*words: str) -> list[str]:
    return [here("python"), "-m", *words]


def deep_steps(inputs: int) -> Iterator[Step]:
    """Every step. `inputs`: how many odd inputs each reader is given, in each language and in each way."""
    frontend, count = machine.ROOT / "frontend", {"FUZZ_INPUTS": str(inputs)}
    vitest = [str(frontend / "node_modules" / ".bin" / "vitest"), "run", "src/protocol/tests/fuzz.test.ts"]
    yield Step("a server killed 1,000 times", _python("pytest", "--deep", KILLS), show=True)
    acts = {"STUDY_ACTIONS": "10000"}
    yield Step("the study's tests, 10,000 acts of coding", steps.study_pytest("not browser"), settings=acts, show=True)
    yield Step(
        f"fuzz in Python, {inputs:,} inputs by chance", _python("pytest", "--deep", FUZZ), settings=count, show=True
    )
    by_coverage = _python("sameboat.protocol.tests.fuzz_by_coverage", f"-runs={inputs}")
    yield Step(f"fuzz in Python, {inputs:,} inputs {BY_COVERAGE}", by_coverage)
    yield Step(f"fuzz in TypeScript, {inputs:,} inputs", vitest, folder=frontend, settings=count, show=True)
    yield Step("every protection taken out", _python("tools.mutants", "--all"), show=True)
    yield Step("benches", _python("bench"), show=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only steps whose name holds this")
    parser.add_argument("--inputs", type=int, default=INPUTS, help="odd inputs for each reader")
    options = parser.parse_args()
    rows, kept, wrong = _last_seen(), _found(), 0
    named = [step.name for step in deep_steps(options.inputs)]
    for step in deep_steps(options.inputs):
        if options.only not in step.name:
            continue
        if lacking := _lacking(step):
            print(f"not run {step.name}: {lacking}", flush=True)
            if rows.get(step.name, "not run").startswith("not run"):
                rows[step.name] = f"not run: {lacking} | | | "
        else:
            well, seconds = _timed(step)
            wrong += not well
            rows[step.name] = f"{'ok' if well else 'failed'} | {seconds:.0f} | {_where()}"
        told = [f"| {name} | {rows.get(name, 'not run yet | | | ')} |\n" for name in named]
        # At once, so that a run that is stopped has not been for nothing.
        RESULT.write_text(HEAD + "".join(told) + kept, encoding="utf-8")
    return 1 if wrong else 0


def _lacking(step: Step) -> str:
    """Why a step cannot be run here; empty where it can. What is left out is said, on the screen and on the page."""
    there = BY_COVERAGE not in step.name or importlib.util.find_spec("atheris")
    return "" if there else "atheris is not installed, it comes for Python 3.11 on x86-64 Linux only"


def _timed(step: Step) -> tuple[bool, float]:
    """Whether it went well, and the seconds it took."""
    started = time.monotonic()
    return steps.run(step), time.monotonic() - started


def _last_seen() -> dict[str, str]:
    """What the page says of each step, by its name."""
    page = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    lines = [line.strip("| ").split(" | ", 1) for line in page.splitlines() if line.startswith("| ")]
    return {name: rest for name, rest in lines if name != "Step"}


def _found() -> str:
    """What somebody wrote below the table about what was found: it stays."""
    page = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    _, mark, rest = page.partition("\n## What was found\n")
    return mark + rest


def _where() -> str:
    asked = ["git", "rev-parse", "--short=12", "HEAD"]
    commit = subprocess.run(asked, cwd=machine.ROOT, capture_output=True, text=True, check=True).stdout.strip()
    return f"{datetime.datetime.now(datetime.UTC).date()} | {commit}"


if __name__ == "__main__":
    sys.exit(main())
