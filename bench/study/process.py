"""A server on this machine for a bench: started, asked until it answers, weighed, ended."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

PATIENCE = 300.0


@dataclass
class Server:
    """A program that serves `origin`; `ready` is the path that answers when it is open."""

    command: list[str]
    environment: dict[str, str]
    folder: Path
    origin: str
    ready: str
    process: subprocess.Popen[bytes] | None = None
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.origin, headers={"Origin": self.origin}, timeout=PATIENCE)

    def start(self) -> float:
        """Starts the program; seconds from there to its first answer. Raises RuntimeError where it ends."""
        began = time.perf_counter()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        while not self._answers():
            if self.process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"it did not start:\n{(self.folder / 'log').read_text()[-3000:]}")
            time.sleep(0.002)
        return time.perf_counter() - began

    def _answers(self) -> bool:
        try:
            return self.client.get(self.ready).status_code < 400
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)

    def again(self) -> float:
        """Ends it and starts it once more, with the data it has."""
        self.stop()
        return self.start()

    def memory_mb(self) -> float:
        """What it holds in memory now, files that it shares with others among it (VmRSS)."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the server is gone")
