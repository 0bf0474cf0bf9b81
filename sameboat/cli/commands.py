"""`sameboat COMMAND`: each command is a module of this package with `arguments(parser)` and `run(options)`."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
from dataclasses import dataclass
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured

from sameboat import __version__
from sameboat.config import env
from sameboat.lib.loading import loading


@dataclass(frozen=True)
class Command:
    name: str
    help: str
    module: str
    on_the_server: bool = True


COMMANDS = (
    Command("serve", "bring the database up to date and open the site", "sameboat.cli.serve"),
    Command("check", "look whether this server is set up well", "sameboat.cli.check"),
    Command("backup", "write a consistent copy of the database", "sameboat.cli.backup"),
    Command("restore", "put a copy back in place", "sameboat.cli.restore"),
    Command("restored", "open the day in which members mend what a copy did not hold", "sameboat.cli.restored"),
    Command("operator", "add a person who runs this site", "sameboat.cli.operator"),
    Command("contact", "the two halves of the key for reports", "sameboat.cli.contact", on_the_server=False),
    Command("release", "write the signed list of everything this version serves", "sameboat.cli.release"),
    Command(
        "verify-deployment",
        "compare a running site with its release, byte by byte",
        "sameboat.cli.verify_deployment",
        on_the_server=False,
    ),
    Command("demo", "make a group of four made-up people", "sameboat.cli.demo"),
    Command("study", "open the workbench for researchers", "sameboat.cli.study", on_the_server=False),
    Command("talk", "read and write in a room from the command line", "sameboat.cli.talk", on_the_server=False),
)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status. Bad settings are said in one line."""
    words = sys.argv[1:] if arguments is None else arguments
    _put_in_force(words)
    known = {command.name: command for command in COMMANDS if importlib.util.find_spec(command.module)}
    try:
        options = _parser(known, words).parse_args(words)
        return _run(known[options.command], options)
    except (env.BadSetting, ImproperlyConfigured) as problem:
        print(f"sameboat: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _everywhere() -> argparse.ArgumentParser:
    """The options that stand before or after any command."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data", default=argparse.SUPPRESS, help="data folder (setting DATA)")
    parser.add_argument("--port", default=argparse.SUPPRESS, help="port (setting PORT)")
    return parser


def _put_in_force(words: list[str]) -> None:
    # Before any module of the server is imported: settings are read once, at import.
    given, _ = _everywhere().parse_known_args(words)
    for name, value in vars(given).items():
        os.environ[env.PREFIX + name.upper()] = value


def _parser(known: dict[str, Command], words: list[str]) -> argparse.ArgumentParser:
    about = "A room of their own for a self-help group."
    parser = argparse.ArgumentParser(prog="sameboat", description=about, parents=[_everywhere()])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in known.values():
        below = commands.add_parser(command.name, help=command.help, description=command.help, parents=[_everywhere()])
        if command.name in words:
            _module(command).arguments(below)
    return parser


def _module(command: Command) -> ModuleType:
    if command.on_the_server:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sameboat.config.settings")
    with loading():
        if command.on_the_server:
            django.setup()
        return importlib.import_module(command.module)


def _run(command: Command, options: argparse.Namespace) -> int:
    return int(_module(command).run(options) or 0)
