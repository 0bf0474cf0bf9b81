"""Finds what this machine has: Pythons, Node, Chromium, PostgreSQL, coturn. Plain Python 3.11, no packages.

Names on PATH may be dead shims, so each candidate is tried by running it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_NEEDED = (22, 12)


class Missing(Exception):
    """Something the machine lacks; the message says what to type."""


def version(program: str | Path) -> tuple[int, ...] | None:
    """The version a program says it has, as numbers, or None where it does not run."""
    try:
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", said.stdout + said.stderr)
    if said.returncode != 0 or not found:
        return None
    return tuple(int(part) for part in found.groups() if part)


def python(wanted: tuple[int, int]) -> str | None:
    """An interpreter of exactly this version, such as (3, 13), or None."""
    name = f"{wanted[0]}.{wanted[1]}"
    kept = sorted(Path.home().glob(f".pyenv/versions/{name}*/bin/python{name}"), reverse=True)
    given = os.environ.get(f"PYTHON{wanted[0]}{wanted[1]}")
    for candidate in [given, shutil.which(f"python{name}"), *kept]:
        if candidate and (version(candidate) or ())[:2] == wanted:
            return str(candidate)
    return None


def node() -> str | None:
    """A Node new enough to build with: the machine's, else this environment's own."""
    beside = Path(sys.executable).parent / "node"
    for candidate in [os.environ.get("NODE"), shutil.which("node"), str(VENV / "bin" / "node"), str(beside)]:
        if candidate and (version(candidate) or (0,)) >= NODE_NEEDED:
            return candidate
    return None


def with_node(found: str) -> dict[str, str]:
    """An environment in which `node` and `npm` are the found ones."""
    return {**os.environ, "PATH": f"{Path(found).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def postgres() -> Path:
    """The folder with PostgreSQL's programs, newest first. Raises Missing."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    folders.sort(key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*folders, *([Path(on_path).parent] if on_path else [])]:
        if version(folder / "postgres") and (folder / "initdb").exists():
            return folder
    raise Missing("No PostgreSQL found. Type: sudo apt install postgresql")


def turnserver() -> str:
    """The relay for voices (coturn). As root it is installed when missing. Raises Missing."""
    found = _coturn()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("coturn", fresh=True)
        found = _coturn()
    if not found:
        raise Missing("No coturn found. Type: sudo apt install coturn")
    return found


def _coturn() -> str | None:
    """One that says its version and nothing else, as those of 4.5 and newer do."""
    found = shutil.which("turnserver") or shutil.which("turnserver", path="/usr/bin:/usr/local/bin")
    return found if found and version(found) else None


def chromium() -> str:
    """A Chromium that runs; the one without windows before all others: the same engine at a third of the work.

    As root it is installed when missing. Raises Missing.
    """
    found = _first([os.environ.get("CHROMIUM"), *_shells()])
    usual = found or _first(_browsers())
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("chromium-headless-shell", fresh=not usual)
        found = _first(_shells())
        if not (found or usual):
            _install("chromium", fresh=False)
    found = found or usual or _first(_browsers()) or _chromium_from_npm()
    if not found:
        raise Missing("No Chromium found. Type: sudo apt install chromium")
    return found


def _first(candidates: list[str | None]) -> str | None:
    """The first of these that runs."""
    return next((candidate for candidate in candidates if candidate and version(candidate)), None)


def _shells() -> list[str | None]:
    cached = Path.home().glob(".cache/ms-playwright/chromium_headless_shell-*/*/*headless*shell")
    return [shutil.which("chromium-headless-shell"), *map(str, sorted(cached, reverse=True))]


def _browsers() -> list[str | None]:
    cached = Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return [*map(shutil.which, names), *map(str, sorted(cached, reverse=True))]


def _install(package: str, *, fresh: bool) -> None:
    """Tries to install a package, and letters for its pages; `fresh`: with the newest list of packages."""
    print(f"Installing {package} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = ["install", "-y", "-qq", "--no-install-recommends", package, "fonts-liberation"]
    for words in ([["update", "-qq"]] if fresh else []) + [wanted]:
        subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _chromium_from_npm() -> str | None:
    """The Chromium inside an npm package, unpacked into the environment; None where that fails too."""
    found = node()
    if not found:
        return None
    folder = VENV / "chromium"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["npm", "install", "--no-save", "--prefix", str(folder), "@sparticuz/chromium"]
    script = (
        f"import c from '{folder}/node_modules/@sparticuz/chromium/build/index.js';"
        "console.log(await c.executablePath())"
    )
    try:
        subprocess.run(wanted, env=with_node(found), capture_output=True, timeout=600, check=True)
        said = subprocess.run(
            [found, "--input-type=module", "-e", script],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    candidate = said.stdout.strip()
    return candidate if candidate and version(candidate) else None
