"""`make run`: a made-up group of four in the data folder, then the site, until Ctrl-C."""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

from tools.steps import here


def _environment(port: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SAMEBOAT_DATA": str(folder),
        "SAMEBOAT_PORT": port,
        "SAMEBOAT_OPERATOR_CONTACT": os.environ.get("SAMEBOAT_OPERATOR_CONTACT", "people@boat.example"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    environment = _environment(options.port, options.data.resolve())
    site = subprocess.Popen([here("sameboat"), "serve"], env=environment, stdout=subprocess.PIPE, text=True)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: site.terminate())
    for line in site.stdout or ():
        print(line, end="", flush=True)
        if "is open at" in line and importlib.util.find_spec("sameboat.cli.demo"):
            subprocess.run([here("sameboat"), "demo"], env=environment)
    return site.wait()


if __name__ == "__main__":
    sys.exit(main())
