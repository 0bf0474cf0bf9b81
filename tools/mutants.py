"""`make mutants`: takes each protection out in turn and sees that its test fails.

A row of `tests/hostile/mutants/*.toml` says what stands in a file, what stands there without the protection, which
property (P1 to P70) that is, and which tests must notice. Each row is played in a copy of the tree; the result of
every row stands in `tests/hostile/mutants.json` with the hash of each file, so that nothing changes unnoticed.
`--check` only looks whether that is today's, and names the rows of each file that changed since; without an option
just those are played, several at once. `--play 10` plays ten rows that the commit's hash picks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tools import machine
from tools.mutant_rows import ROWS, Row, read_rows, wrong_rows
from tools.workshop import Workshop

RESULT = machine.ROOT / "tests" / "hostile" / "mutants.json"
ABOUT = "What `make mutants` last saw: each protection taken out, and the test that failed for it."


def hash_of(file: str, root: Path = machine.ROOT) -> str:
    """SHA-256 of a file of the tree, in hex."""
    return hashlib.sha256((root / file).read_bytes()).hexdigest()


def last_result() -> dict[str, Any]:
    """What stands in mutants.json, or nothing yet."""
    empty: dict[str, Any] = {"files": {}, "mutants": []}
    return json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else empty


def stale(rows: Iterable[Row], result: dict[str, Any]) -> list[Row]:
    """Rows whose result is not of today's files, or was no catch."""
    caught = {one["row"] for one in result["mutants"] if one["caught"]}
    files = result["files"]
    return [row for row in rows if row.id not in caught or files.get(row.file) != hash_of(row.file)]


def check(rows: Sequence[Row]) -> list[str]:
    """Every reason why the result on file does not speak for the tree as it is."""
    result = last_result()
    wrong = wrong_rows(rows)
    by_file: dict[str, list[str]] = defaultdict(list)
    for row in stale(rows, result):
        by_file[row.file].append(row.place)
    wrong += [f"{file}: it or its rows changed; to be played: {', '.join(places)}" for file, places in by_file.items()]
    if {one["row"] for one in result["mutants"]} - {row.id for row in rows}:
        wrong.append("the result names rows that are gone")
    if not result.get("total") == result.get("caught") == len(rows):
        wrong.append(f"{result.get('caught')} of {result.get('total')} caught, and there are {len(rows)} rows")
    return wrong


def chosen(rows: Sequence[Row], count: int, commit: str) -> list[Row]:
    """`count` rows, the same for the same commit. Those that need a browser stay with `make mutants`."""
    quick = [row for row in rows if not row.slow]
    return sorted(quick, key=lambda row: hashlib.sha256(f"{commit} {row.id}".encode()).digest())[:count]


def play(rows: Sequence[Row], at_once: int = 1) -> Iterator[tuple[dict[str, Any], str]]:
    """Plays rows in copies of the tree as it is now: the result of each, and the hash of its file as it was played."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        first = Workshop.of(machine.ROOT, Path(folder) / "tree")
        shops: SimpleQueue[Workshop] = SimpleQueue()
        for shop in (first, *(first.twin(Path(folder) / f"tree-{number}") for number in range(1, at_once))):
            shops.put(shop)
        unsound = _unsound(first, sorted({test for row in rows for test in row.tests}))
        if unsound:
            print("These fail with every protection in its place, so their rows are not played:", *unsound, sep="\n")
        rows = [row for row in rows if not unsound.intersection(row.tests)]

        noticed = {one["row"]: one["by"] for one in last_result()["mutants"]}

        def in_a_free_one(row: Row) -> tuple[dict[str, Any], str]:
            shop = shops.get()
            try:
                return _played(shop, row, noticed.get(row.id, [])), hash_of(row.file, shop.root)
            finally:
                shops.put(shop)

        with ThreadPoolExecutor(at_once) as pool:
            for done in as_completed([pool.submit(in_a_free_one, row) for row in rows]):
                yield done.result()


def _unsound(shop: Workshop, tests: Sequence[str]) -> set[str]:
    """Of these tests, as rows name them, those that fail in an untouched copy, also when they are asked alone."""
    failed = shop.failing(tests)

    def is_suspect(test: str) -> bool:
        _, named, name = test.partition("::")
        return bool(failed) if not named else any(said.startswith(test) or name in said for said in failed)

    suspects = [test for test in tests if is_suspect(test)]
    return {test for test in suspects if shop.failing([test])}


def _played(shop: Workshop, row: Row, before: Sequence[str]) -> dict[str, Any]:
    by = shop.failing_without(row, before)
    print(f"{'caught' if by else 'NOT CAUGHT':11} {row.proves:4} {row.place} {', '.join(by[:2])}", flush=True)
    told = {"property": row.proves, "file": row.file, "tests": list(row.tests)}
    return {"row": row.id, **told, "caught": bool(by), "by": by[:3]}


def write(rows: Sequence[Row], played: dict[str, Any], played_hash: str) -> None:
    """Puts a new result beside those that still hold. A file of another hash than before forgets its other results."""
    before = last_result()
    file, files = played["file"], before["files"]
    changed = files.get(file) != played_hash
    kept = {one["row"]: one for one in before["mutants"] if not (changed and one["file"] == file)}
    kept[played["row"]] = played
    files[file] = played_hash
    mutants = [kept[row.id] for row in rows if row.id in kept]
    result = {
        "about": ABOUT,
        "total": len(rows),
        "caught": sum(one["caught"] for one in mutants),
        "files": {row.file: files[row.file] for row in sorted(rows, key=lambda row: row.file) if row.file in files},
        "mutants": mutants,
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _commit() -> str:
    asked = ["git", "rev-parse", "HEAD"]
    return subprocess.run(asked, cwd=machine.ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="play nothing; say whether the result is today's")
    parser.add_argument("--play", type=int, metavar="N", help="play N rows that the commit picks; write nothing")
    parser.add_argument("--all", action="store_true", help="play every row, also where nothing changed")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="how many rows are played at once")
    parser.add_argument("--only", action="append", help="only rows of this property, or whose file or place holds this")
    return parser.parse_args()


def _wanted(rows: Sequence[Row], options: argparse.Namespace) -> list[Row]:
    if options.play:
        return chosen(rows, options.play, _commit())
    found = list(rows) if options.all else stale(rows, last_result())
    told = options.only or [""]
    return [row for row in found if any(row.proves == one or one in row.file or one in row.place for one in told)]


def main() -> int:
    options, rows = _arguments(), read_rows(ROWS)
    if wrong := check(rows) if options.check else wrong_rows(rows):
        print(*wrong, sep="\n", file=sys.stderr)
    if options.check:
        print("Play them with: make mutants" if wrong else "All of today's files.")
        return 1 if wrong else 0
    # What cannot be played was named; it keeps no other row from being played.
    playable = [row for row in rows if not wrong_rows([row])]
    return max(_play_and_tell(rows, _wanted(playable, options), options), 1 if wrong else 0)


def _play_and_tell(rows: Sequence[Row], wanted: Sequence[Row], options: argparse.Namespace) -> int:
    caught = 0
    for played, played_hash in play(wanted, max(1, min(options.at_once, len(wanted)))):
        caught += played["caught"]
        if not options.play:
            # At once, so that a run that is stopped has not been for nothing.
            write(rows, played, played_hash)
    print(f"{caught} of {len(wanted)} caught")
    return 0 if caught == len(wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
