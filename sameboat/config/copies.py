"""Copies of the database: written whole while the site is open, put back only while it is closed."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sameboat.config import env

KEPT_DAYS = 14
BEFORE_RESTORE = "before-restore"


class NoProgram(Exception):
    """PostgreSQL's own programs are needed and are not on this machine."""


class NotACopy(Exception):
    """The file is not a copy of this site's kind of database, or is damaged."""


def write_copy(database: Mapping[str, Any], folder: Path, *, now: datetime.datetime) -> Path:
    """Writes a consistent copy into `folder` (made if missing, closed to others) and returns its place.

    `database` is Django's settings of it. Raises NoProgram where pg_dump is missing.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kind = "sqlite3" if _is_sqlite(database) else "pgdump"
    place = folder / f"sameboat-{now:%Y-%m-%d-%H%M%S}.{kind}"
    part = place.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    if _is_sqlite(database):
        _copy_sqlite(Path(database["NAME"]), part)
    else:
        _postgres(database, "pg_dump", ["--format=custom", "--no-owner", f"--file={part}", str(database["NAME"])])
    part.replace(place)
    return place


def put_back(database: Mapping[str, Any], copy: Path) -> None:
    """Replaces every row by those of the copy. The site must be closed. Raises NotACopy, NoProgram."""
    if not copy.is_file():
        raise NotACopy(f"There is no file {copy.name}.")
    if _is_sqlite(database):
        _must_be_whole(copy)
        _copy_sqlite(copy, Path(database["NAME"]))
    else:
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={database['NAME']}"]
        _postgres(database, "pg_restore", [*options, str(copy)])


def copies(folder: Path) -> list[Path]:
    """All copies in the folder, newest first."""
    return sorted(folder.glob("sameboat-*.*"), key=lambda copy: copy.name, reverse=True) if folder.exists() else []


def time_of(copy: Path) -> int | None:
    """When a copy was made, by its name, in seconds since 1970; None where the name does not say."""
    try:
        made = datetime.datetime.strptime(copy.name.split(".")[0] + "+0000", "sameboat-%Y-%m-%d-%H%M%S%z")
    except ValueError:
        return None
    return int(made.timestamp())


def let_go(folder: Path, *, now: datetime.datetime, keep_newest: bool = True) -> list[Path]:
    """Deletes copies older than 14 days, keeping the newest unless told otherwise; returns what went."""
    oldest = f"sameboat-{now - datetime.timedelta(days=KEPT_DAYS):%Y-%m-%d-%H%M%S}"
    gone = [copy for copy in copies(folder)[keep_newest:] if copy.name < oldest]
    for copy in gone:
        copy.unlink()
    return gone


def _is_sqlite(database: Mapping[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as rows, closing(sqlite3.connect(target)) as copy:
        rows.backup(copy)


def _must_be_whole(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as rows:
            said = rows.execute("PRAGMA integrity_check").fetchone()
            known = rows.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone()
    except sqlite3.DatabaseError as problem:
        raise NotACopy(f"{copy.name} cannot be read as a copy.") from problem
    if said != ("ok",) or known is None:
        raise NotACopy(f"{copy.name} is damaged, or is not a copy of this site.")


def _postgres(database: Mapping[str, Any], program: str, words: list[str]) -> None:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda found: float(found.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if not found:
        raise NoProgram(f"No {program} found. Type: sudo apt install postgresql-client")
    given = {"PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"]}
    secret = {"PGPASSWORD": database["PASSWORD"]}
    result = subprocess.run([found, *words], env=env.for_a_program(given | secret), capture_output=True, text=True)  # noqa: S603
    if result.returncode != 0:
        raise NotACopy(f"{program} said no: {result.stderr.strip().splitlines()[-1] if result.stderr else ''}")
