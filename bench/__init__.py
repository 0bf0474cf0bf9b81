"""What is measured: `python -m bench.room`, or `python -m bench` for everything.

Each bench drives a real `sameboat serve` process over loopback and fails where a count is not what it says.
Figures are of the machine they were taken on; compare only with figures of the same machine and day.
"""
