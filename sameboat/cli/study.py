"""`sameboat study`: the workbench for researchers, as another program with settings and a database of its own.

This process becomes that program; nothing of the study is imported here, and nothing of the groups there.
"""

from __future__ import annotations

import argparse
import os
import sys

from sameboat.config import env

PREFIX = "SAMEBOAT_STUDY_"


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--team`, and whatever else the study's own program takes."""
    parser.add_argument("--team", action="store_true", help="researchers sign in (setting MODE of the study)")
    parser.add_argument("words", nargs="*", metavar="serve | demo | invite EMAIL", help="what to do; open it if empty")


def run(options: argparse.Namespace) -> int:
    """Becomes the study. `--data` and `--port` are its folder and its port."""
    given = {
        f"{PREFIX}DATA": getattr(options, "data", ""),
        f"{PREFIX}PORT": getattr(options, "port", ""),
        f"{PREFIX}MODE": "team" if options.team else "",
    }
    command = [sys.executable, "-m", "sameboat.study", *options.words]
    os.execve(sys.executable, command, _for_the_study(given))  # noqa: S606
    return 1


def _for_the_study(given: dict[str, str]) -> dict[str, str]:
    # The groups' own settings would say nothing to it, and their Django settings something wrong.
    inherited = env.for_a_program(given)
    inherited.pop("DJANGO_SETTINGS_MODULE", None)
    return inherited
