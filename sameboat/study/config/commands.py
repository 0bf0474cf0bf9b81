"""The words that the study's program takes: open it, fill it with a made-up study, invite somebody to lead one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

import django

from sameboat.lib.environment import BadSetting
from sameboat.lib.loading import loading

SETTINGS = "sameboat.study.config.settings"


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status. Bad settings are said in one line."""
    options = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        with loading():
            django.setup()
            module, name = COMMANDS[options.command]
            command: Callable[..., int] = getattr(import_module(module), name)
        return command(**{key: value for key, value in vars(options).items() if key != "command"})
    except BadSetting as problem:
        print(f"study: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


# Named, not imported: models can only be imported once Django is set up.
COMMANDS = {
    "serve": ("sameboat.study.config.serve", "serve"),
    "demo": ("sameboat.study.demo.command", "demo"),
    "invite": ("sameboat.study.config.invite", "invite"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sameboat study", description="A workbench for qualitative case studies.")
    parser.set_defaults(command="serve")
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, about in (("serve", "open the workbench (the default)"), ("demo", "make a made-up study, once")):
        commands.add_parser(name, help=about, description=about).set_defaults(command=name)
    invite = commands.add_parser("invite", help="a link with which somebody may come in and start studies")
    invite.set_defaults(command="invite")
    invite.add_argument("email", help="the address they will sign in with")
    return parser
