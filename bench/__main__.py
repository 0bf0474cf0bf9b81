"""Every bench, one after the other: `make bench`. The last line is the room's JSON object.

Each runs in a process of its own, since the study has settings of its own, and what one leaves in memory would stand
in the figures of the next. The study is measured alone here; beside Taguette, which takes longest and is another
program to fetch, with `make bench-study`.
"""

from __future__ import annotations

import subprocess
import sys

BENCHES = (("reach",), ("study", "--ours"), ("room",))


def main() -> int:
    """Runs all, also after one failed; returns the worst exit status."""
    return max([_run(*bench) for bench in BENCHES])


def _run(name: str, *options: str) -> int:
    print(f"{name}:", flush=True)
    return abs(subprocess.run([sys.executable, "-m", f"bench.{name}", *options]).returncode)


if __name__ == "__main__":
    sys.exit(main())
