"""Runs named steps one after another, shows what fails whole, and says how long each took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools import machine


@dataclass(frozen=True)
class Step:
    """One command with its name; `show` lets its words through as they come."""

    name: str
    command: list[str]
    folder: Path = machine.ROOT
    settings: dict[str, str] = field(default_factory=dict)
    show: bool = False


def here(program: str) -> str:
    """A program of the project's environment."""
    return str(machine.VENV / "bin" / program)


def run(step: Step) -> bool:
    """Runs a step; True when it went well."""
    started = time.monotonic()
    environment = {**machine.with_node(machine.node() or "node"), **step.settings}
    said = None if step.show else subprocess.PIPE
    if step.show:
        print(f"-- {step.name}", flush=True)
    result = subprocess.run(
        step.command, cwd=step.folder, env=environment, stdout=said, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode != 0 and result.stdout:
        print(result.stdout)
    verdict = "ok" if result.returncode == 0 else "FAILED"
    print(f"{verdict:6} {step.name} ({time.monotonic() - started:.1f} s)", flush=True)
    return result.returncode == 0


def run_all(steps: list[Step]) -> int:
    """Runs every step, also after one failed, so that one run shows all there is to mend."""
    failed = [step.name for step in steps if not run(step)]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def in_ci() -> bool:
    return bool(os.environ.get("CI"))
