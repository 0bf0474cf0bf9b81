"""Runs named steps one after another, shows what fails whole, and says how long each took."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, cast

from tools import machine

SPEAKING = threading.Lock()
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# As pytest names a test at its end, and vitest a file after the project it belongs to.
RED = re.compile(r"^(?:FAILED|ERROR| FAIL) +(?:\|?\w+\|? +)?(\S+\.(?:py::.*?|test\.tsx?))(?: [->] .*)?$", re.MULTILINE)
MOST_AGAIN = 3
STUDY = ("sameboat/study", "tests/study")


@dataclass(frozen=True)
class Step:
    """One command with its name; with `show` its words are printed also when all went well.

    A `patient` one gives way to the others: what somebody waits for in a browser must not wait for what only computes.
    `alone` plays again, when nothing else runs, the few tests that were red beside the others (decision 0034).
    """

    name: str
    command: list[str]
    folder: Path = machine.ROOT
    settings: dict[str, str] = field(default_factory=dict)
    show: bool = False
    patient: bool = False
    alone: tuple[str, ...] = ()


def here(program: str) -> str:
    """A program of the project's environment."""
    return str(machine.VENV / "bin" / program)


def pytest(marks: str, python: str = "") -> list[str]:
    """The command for the groups' tests with these marks."""
    return [python or here("python"), "-m", "pytest", "-m", marks]


def study_pytest(marks: str, *more: str, python: str = "") -> list[str]:
    """The command for the study's tests: a process of their own, with settings of their own."""
    return [*_study_head(marks, python), *(more or STUDY)]


def _study_head(marks: str, python: str) -> list[str]:
    # With the root said, a red test is named as it can be played again.
    return [*pytest(marks, python), "-c", "tests/study/pytest.ini", "--rootdir", str(machine.ROOT)]


def tests(name: str, marks: str, *more: str, python: str = "", **how: Any) -> Step:
    """A step of the groups' tests; what is red beside others is played again alone."""
    head = pytest(marks, python)
    return Step(name, [*head, *more], show=True, alone=tuple(head), **how)


def study_tests(name: str, marks: str, *more: str, python: str = "", **how: Any) -> Step:
    """The same of the study's tests."""
    return Step(
        name, study_pytest(marks, *more, python=python), show=True, alone=tuple(_study_head(marks, python)), **how
    )


def run(step: Step) -> bool:
    """Runs a step; True when it went well. What it said is shown whole, at its end."""
    return _play(step) is None


def _play(step: Step) -> str | None:
    """Runs a step and shows what it said; that again where it went wrong, None where all was well."""
    started = time.monotonic()
    environment = {**machine.with_node(machine.node() or "node"), **step.settings}
    # The tests start the site a hundred times: what is compiled once is kept.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    first = ["nice", "-n", "10"] if step.patient else []
    running = subprocess.Popen(
        [*first, *step.command], cwd=step.folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    words, went, used = _to_the_end(running)
    said = f"{words.rstrip()}\n" if step.show or went else ""
    with SPEAKING:
        took = f"{time.monotonic() - started:.1f} s, {used:.0f} s of one core"
        print(f"{said}{'FAILED' if went else 'ok':6} {step.name} ({took})", flush=True)
    return words if went else None


def _to_the_end(running: subprocess.Popen[str]) -> tuple[str, int, float]:
    """What it said, how it went (0 for well), and the seconds of one core that it and what it started took."""
    with cast("IO[str]", running.stdout) as said:
        words = said.read()
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    return words, running.returncode, usage.ru_utime + usage.ru_stime


def run_all(steps: list[Step]) -> int:
    """Runs every step, also after one failed, so that one run shows all there is to mend."""
    return sum([not run(step) for step in steps])


def run_beside(*lanes: list[Step]) -> int:
    """Runs lanes of steps beside each other; returns how many steps failed, also alone."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        red = [each for lane in pool.map(_red, lanes) for each in lane]
    return sum(not _holds_alone(step, said) for step, said in red)


def _red(steps: list[Step]) -> list[tuple[Step, str]]:
    played = [(step, _play(step)) for step in steps]
    return [(step, said) for step, said in played if said is not None]


def _holds_alone(step: Step, said: str) -> bool:
    """Plays again what was red, now that nothing else runs. Many at once are no accident."""
    names = list(dict.fromkeys(found[1] for found in RED.finditer(COLOUR.sub("", said))))
    if not step.alone or not 0 < len(names) <= MOST_AGAIN:
        return False
    print(f"Red beside others, played again alone: {', '.join(names)}", flush=True)
    return run(replace(step, name=f"{step.name}, alone", command=[*step.alone, *names], patient=False))
