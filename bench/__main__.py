"""Every bench, one after the other."""

from __future__ import annotations

import sys

from bench.room import main as room

BENCHES = (room,)


def main() -> int:
    return max(bench([]) for bench in BENCHES)


if __name__ == "__main__":
    sys.exit(main())
