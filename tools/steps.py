"""Runs named steps one after another, shows what fails whole, and says how long each took."""

from __future__ import annotations

import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tools import machine

SPEAKING = threading.Lock()


@dataclass(frozen=True)
class Step:
    """One command with its name; with `show` its words are printed also when all went well.

    A `patient` one gives way to the others: what somebody waits for in a browser must not wait for what only computes.
    """

    name: str
    command: list[str]
    folder: Path = machine.ROOT
    settings: dict[str, str] = field(default_factory=dict)
    show: bool = False
    patient: bool = False


def here(program: str) -> str:
    """A program of the project's environment."""
    return str(machine.VENV / "bin" / program)


def pytest(marks: str, python: str = "") -> list[str]:
    """The command for the groups' tests with these marks."""
    return [python or here("python"), "-m", "pytest", "-m", marks]


def study_pytest(marks: str, python: str = "") -> list[str]:
    """The command for the study's tests: a process of their own, with settings of their own."""
    return [*pytest(marks, python), "-c", "tests/study/pytest.ini", "sameboat/study", "tests/study"]


def run(step: Step) -> bool:
    """Runs a step; True when it went well. What it said is shown whole, at its end."""
    started = time.monotonic()
    environment = {**machine.with_node(machine.node() or "node"), **step.settings}
    # The tests start the site a hundred times: what is compiled once is kept.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    first = ["nice", "-n", "10"] if step.patient else []
    result = subprocess.run(
        [*first, *step.command], cwd=step.folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    well = result.returncode == 0
    said = f"{result.stdout.rstrip()}\n" if step.show or not well else ""
    with SPEAKING:
        print(f"{said}{'ok' if well else 'FAILED':6} {step.name} ({time.monotonic() - started:.1f} s)", flush=True)
    return well


def run_all(steps: list[Step]) -> int:
    """Runs every step, also after one failed, so that one run shows all there is to mend."""
    return sum([not run(step) for step in steps])


def run_beside(*lanes: list[Step]) -> int:
    """Runs lanes of steps beside each other; returns how many steps failed."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        return sum(pool.map(run_all, lanes))
