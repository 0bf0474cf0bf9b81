"""SQLite files of other programs, opened in memory, read-only in effect, and never for longer than it should take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sameboat.study.readers.shapes import Unreadable

MAGIC = b"SQLite format 3\x00"
LARGEST = 200 * 1024 * 1024
# Steps of SQLite's machine between two looks, and how many looks: more than any honest study takes.
_STEPS, _LOOKS = 100_000, 5_000


class Tables:
    """The tables of one file. Views and triggers of strangers are never run: only tables are asked for."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name, self._connection = name, connection
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.names = {row[0] for row in found}

    def rows(self, table: str, *columns: str, order: str = "rowid") -> list[dict[str, Any]]:
        """All rows of a table, with None for columns that this version of the file does not have."""
        if table not in self.names:
            return []
        have = {row[1] for row in self._connection.execute(f'PRAGMA table_info("{table}")')}
        wanted = [f'"{column}"' if column in have else f'NULL AS "{column}"' for column in columns]
        by = f'"{order}"' if order in have or order == "rowid" else "1"
        select = f'SELECT {", ".join(wanted)} FROM "{table}" ORDER BY {by}'  # noqa: S608 - names of our own only
        return [dict(zip(columns, row, strict=True)) for row in self._connection.execute(select)]


@contextmanager
def open_tables(name: str, content: bytes) -> Iterator[Tables]:
    """The tables of a file's bytes. Raises Unreadable where it is none, damaged, or takes too long."""
    if len(content) > LARGEST:
        raise Unreadable(f"{name} is larger than {LARGEST // 2**20} MB, which is the most for a project.")
    if not content.startswith(MAGIC):
        raise Unreadable(f"{name} is not a SQLite file.")
    # A file left in WAL mode cannot be opened in memory; the mark in its header is all that differs.
    content = content[:18] + b"\x01\x01" + content[20:] if content[18:20] == b"\x02\x02" else content
    connection = sqlite3.connect(":memory:")
    looks = iter(range(_LOOKS))
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        connection.deserialize(content)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
        yield Tables(name, connection)
    except sqlite3.OperationalError as wrong:
        raise Unreadable(f"{name}: reading it took too long, or a table in it is not as it should be.") from wrong
    except (sqlite3.DatabaseError, OverflowError, MemoryError) as wrong:
        raise Unreadable(f"{name} is damaged: it is not a whole SQLite file. Copy it once more.") from wrong
    finally:
        connection.close()
