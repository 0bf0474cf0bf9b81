"""Builds the browser parts into `static` folders of the package, and packs them; nothing to do when up to date."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import zopfli.gzip

from tools import machine, stamps

FRONTEND = machine.ROOT / "frontend"
SOURCES = ("src", "public", "index.html", "package-lock.json", "tsconfig.json", "plugins")


@dataclass(frozen=True)
class Part:
    """One thing that Vite builds: its settings, and the file that shows it was built whole."""

    name: str
    config: str
    built: Path


PARTS = (
    Part("inside", "vite.config.ts", machine.ROOT / "sameboat" / "web" / "static" / "inside" / "index.html"),
    Part("study", "vite.study.config.ts", machine.ROOT / "sameboat" / "study" / "static" / "study" / "coding.js"),
)
# What the screens bring in from beside the folder.
BESIDE = ("sameboat/web/static/web/tokens.css", "protocol/vectors/room-words.json", "docs/data-inventory.md")


def packages(node: str) -> None:
    """What the lock file names, in `frontend/node_modules`."""
    wanted = stamps.digest([FRONTEND / "package-lock.json"], "packages")
    if stamps.fresh("packages", wanted) and (FRONTEND / "node_modules").exists():
        return
    print("Fetching the browser part's packages ...", flush=True)
    _run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], node)
    stamps.done("packages", wanted)


def build(node: str, part: Part) -> None:
    """One browser part, built by Vite."""
    stamp = f"assets-{part.name}"
    sources = [*(FRONTEND / name for name in (*SOURCES, part.config)), *(machine.ROOT / name for name in BESIDE)]
    wanted = stamps.digest([*sources, Path(__file__)], stamp)
    if stamps.fresh(stamp, wanted) and part.built.exists():
        return
    print(f"Building the browser part ({part.name}) ...", flush=True)
    # Built beside and then put in place: a server that starts meanwhile finds the old or the new, never half.
    fresh = stamps.FOLDER / part.name
    vite = [str(FRONTEND / "node_modules" / ".bin" / "vite"), "build", "--config", part.config, "--logLevel", "warn"]
    _run([*vite, "--outDir", str(fresh), "--emptyOutDir"], node)
    if not (fresh / part.built.name).exists():
        raise machine.Missing(f"The build ended without {part.built.name}.")
    _make_smaller(fresh)
    _put_in_place(fresh, part.built.parent)
    stamps.done(stamp, wanted)


def _make_smaller(folder: Path) -> None:
    """Each script and stylesheet once more, packed as small as can be: a second here, a twentieth less there."""
    for file in [*folder.glob("*.js"), *folder.glob("*.css")]:
        file.with_name(file.name + ".gz").write_bytes(zopfli.gzip.compress(file.read_bytes()))


def _put_in_place(fresh: Path, place: Path) -> None:
    old = stamps.FOLDER / f"{place.name}-old"
    shutil.rmtree(old, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


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
            for part in PARTS:
                build(node, part)
    except machine.Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
