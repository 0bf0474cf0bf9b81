"""Who installs the wheel needs no Node: it is built, installed into an empty environment, and serves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.fixtures.servers import free_port
from tools import machine, stamps
from tools.steps import here

pytestmark = pytest.mark.packaging
# Kept between runs, so that only a change of the requirements fetches anything again.
KEPT = machine.ROOT / ".stamps" / "wheel"
PIP = [KEPT / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `pip wheel` would, with this environment's own build requirements."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check"]
    environment = machine.with_node(machine.node() or "node")
    done = subprocess.run(
        [*build, "--outdir", folder, machine.ROOT], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """An environment with the wheel and what it asks for, and nothing else; its folder of programs."""
    requirements = machine.ROOT / "requirements" / "base.txt"
    wanted = stamps.digest([requirements], sys.version)
    if not stamps.fresh("wheel-environment", wanted):
        shutil.rmtree(KEPT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", KEPT], check=True)
        put_in("--require-hashes", "-r", requirements)
        stamps.done("wheel-environment", wanted)
    put_in("--force-reinstall", "--no-deps", wheel)
    return KEPT / "bin"


def put_in(*wanted: str | Path) -> None:
    """By uv, which is quick; by pip where uv knows no way to the packages."""
    uv = [here("uv"), "pip", "install", "--quiet", "--python", KEPT / "bin" / "python"]
    if subprocess.run([*uv, *wanted], capture_output=True).returncode != 0:
        subprocess.run([*PIP, *wanted], check=True)


def test_the_wheel_serves_without_node(installed: Path, tmp_path: Path):
    port = free_port()
    nothing = tmp_path / "empty"
    nothing.mkdir()
    environment = {
        "PATH": str(nothing),
        "HOME": str(tmp_path),
        "SAMEBOAT_DATA": str(tmp_path),
        "SAMEBOAT_PORT": str(port),
    }
    command = [installed / "sameboat", "serve"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as site:
        try:
            assert site.stdout is not None
            assert "is open at" in site.stdout.readline()
            for path in ("/", "/in/", "/help"):
                answer = httpx.get(f"http://localhost:{port}{path}")
                assert answer.status_code == 200, path
                assert str(machine.ROOT) not in answer.text
        finally:
            site.terminate()


def test_the_wheel_asks_for_what_the_locked_requirements_hold(installed: Path):
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([installed / "python", "-m", "pip", "check"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
