"""`make run`: the site with a made-up group of four, and beside it the study with a made-up study, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tools.steps import here


def _environment(port: int, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SAMEBOAT_DATA": str(folder),
        "SAMEBOAT_PORT": str(port),
        "SAMEBOAT_OPERATOR_CONTACT": os.environ.get("SAMEBOAT_OPERATOR_CONTACT", "people@boat.example"),
        "SAMEBOAT_STUDY_DATA": str(folder / "study"),
        "SAMEBOAT_STUDY_PORT": str(port + 1),
    }


def _made_up_study(environment: dict[str, str]) -> subprocess.Popen[str]:
    """Opens the workbench beside the site, with a made-up study in it."""
    study = [here("python"), "-m", "sameboat.study"]
    subprocess.run([*study, "demo"], env=environment)
    return subprocess.Popen(study, env=environment, stdout=subprocess.PIPE, text=True)


def _end(running: list[subprocess.Popen[str]]) -> None:
    for one in running:
        one.terminate()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    environment = _environment(options.port, options.data.resolve())
    site = subprocess.Popen([here("sameboat"), "serve"], env=environment, stdout=subprocess.PIPE, text=True)
    running = [site]
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: _end(running))
    for line in site.stdout or ():
        print(line, end="", flush=True)
        if "is open at" in line:
            subprocess.run([here("sameboat"), "demo"], env=environment)
            running.append(_made_up_study(environment))
            print(next(iter(running[-1].stdout or ()), ""), end="", flush=True)
    # The site has ended, of itself or because it was told to; the study ends with it.
    _end(running[1:])
    return max(one.wait() for one in running)


if __name__ == "__main__":
    sys.exit(main())
