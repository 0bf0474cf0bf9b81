"""Builds the browser part into `sameboat/web/static/inside/`; does nothing when it is up to date."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from tools import machine, stamps

FRONTEND = machine.ROOT / "frontend"
BUILT = machine.ROOT / "sameboat" / "web" / "static" / "inside" / "index.html"
SOURCES = ("src", "public", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json")


def packages(node: str) -> None:
    """What the lock file names, in `frontend/node_modules`."""
    wanted = stamps.digest([FRONTEND / "package-lock.json"], "packages")
    if stamps.fresh("packages", wanted) and (FRONTEND / "node_modules").exists():
        return
    print("Fetching the browser part's packages ...", flush=True)
    _run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], node)
    stamps.done("packages", wanted)


def build(node: str) -> None:
    """The browser part, built by Vite."""
    wanted = stamps.digest([FRONTEND / name for name in SOURCES], "assets")
    if stamps.fresh("assets", wanted) and BUILT.exists():
        return
    print("Building the browser part ...", flush=True)
    _run([str(FRONTEND / "node_modules" / ".bin" / "vite"), "build", "--logLevel", "warn"], node)
    if not BUILT.exists():
        raise machine.Missing("The build ended without the app's shell.")
    stamps.done("assets", wanted)


def _run(command: list[str], node: str) -> None:
    result = subprocess.run(
        command,
        cwd=FRONTEND,
        env=machine.with_node(node),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if result.returncode != 0:
        raise machine.Missing(f"This did not work: {Path(command[0]).name}\n{result.stdout}{result.stderr}")


def main() -> int:
    node = machine.node()
    try:
        if not node:
            raise machine.Missing("No Node 22.12 or newer found. Type: make environment")
        stamps.FOLDER.mkdir(exist_ok=True)
        with (stamps.FOLDER / "assets-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            packages(node)
            build(node)
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
