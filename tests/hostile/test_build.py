"""The build reproduces: the same sources, built twice in different places, are the same bytes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from sameboat.protocol.release import content_hash
from sameboat.web.assets import PACKED
from tools import assets, machine


def built(tree: Path, into: Path, **settings: str) -> dict[str, bytes]:
    """Builds the browser part of a tree; the hash of each file by name."""
    vite = [str(tree / "frontend" / "node_modules" / ".bin" / "vite"), "build", "--logLevel", "error"]
    done = subprocess.run(
        [*vite, "--outDir", str(into), "--emptyOutDir"],
        cwd=tree / "frontend",
        env={**machine.with_node(machine.node() or "node"), **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return hashes(into)


def hashes(folder: Path) -> dict[str, bytes]:
    """Of each file as Vite made it; what the build packs once more is left out."""
    return {file.name: content_hash(file.read_bytes()) for file in folder.iterdir() if file.suffix != PACKED}


def elsewhere(folder: Path) -> Path:
    """A copy of the sources in another place; the packages are those of the lock file in both."""
    tree = folder / "another place"
    shutil.copytree(machine.ROOT / "frontend", tree / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    for name in assets.BESIDE:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(machine.ROOT / name, tree / name)
    (tree / "frontend" / "node_modules").symlink_to(machine.ROOT / "frontend" / "node_modules")
    return tree


@pytest.mark.packaging
def test_two_builds_are_the_same_bytes_p39(tmp_path):
    """What lies here to be served, and what somebody else makes of the same sources."""
    assert assets.main() == 0
    one = hashes(assets.PARTS[0].built.parent)
    other = built(elsewhere(tmp_path), tmp_path / "other", TZ="Pacific/Auckland", LANG="C", HOME=str(tmp_path))
    assert one == other
    assert sum(name.endswith(".js") for name in one) == 4  # the app, its part for later, its worker, the service worker
