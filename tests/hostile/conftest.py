"""One real server for the hostile tests, with Mallory before it, and people who have accounts there."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import uvicorn

from sameboat.protocol import account
from tests.fixtures.servers import Served, free_port
from tests.fixtures.tables import tables_only
from tests.hostile.forwarding import Forward
from tests.hostile.mallory import Mallory
from tests.hostile.people import Site

PATIENCE = 20.0


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """What is stretched a second time, from the same words with the same parameters, is remembered from the first."""
    stretch = account.hash_secret_raw
    account.hash_secret_raw = cache(stretch)
    yield
    account.hash_secret_raw = stretch


@contextlib.contextmanager
def a_mallory(port: int, before: str) -> Iterator[Mallory]:
    """Mallory on `port`, in a thread of its own, before the server at `before`."""
    mallory = Mallory(Forward(before))
    config = uvicorn.Config(mallory, "127.0.0.1", port, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    liar = uvicorn.Server(config)
    thread = threading.Thread(target=liar.run, daemon=True)
    thread.start()
    end = time.monotonic() + PATIENCE
    while not liar.started:
        assert time.monotonic() < end, "Mallory did not start"
        time.sleep(0.01)
    try:
        yield mallory
    finally:
        liar.should_exit = True
        thread.join(5)


@pytest.fixture(scope="session")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of a site with its constant text (SPEC 3): what is stretched for one holds at all that begin with it."""
    copy = tmp_path_factory.mktemp("named") / Served.DATABASE_FILE
    shutil.copy(tables_only(Served), copy)
    with contextlib.closing(sqlite3.connect(copy)) as rows:
        rows.execute("INSERT INTO accounts_home (id, text) VALUES (1, ?)", [f"boat-{secrets.token_hex(8)}"])
        rows.commit()
    return copy


@contextlib.contextmanager
def a_site(serve: Callable[..., Served], named: Path | None = None) -> Iterator[Site]:
    """A real `sameboat serve` that knows only Mallory's address."""
    front = free_port()
    origin = f"http://localhost:{front}"
    served = serve(named, ORIGIN=origin, START_MODE="open")
    with a_mallory(front, f"http://127.0.0.1:{served.port}") as mallory:
        yield Site(origin, served, mallory)


@pytest.fixture(scope="session")
def site(serve: Callable[..., Served], named: Path) -> Iterator[Site]:
    """The site that most hostile tests share; each makes its own group there."""
    with a_site(serve, named) as running:
        yield running


@pytest.fixture(scope="module")
def own_site(serve: Callable[..., Served], named: Path) -> Iterator[Site]:
    """A site for one module, whose clock is moved or whose files are read."""
    with a_site(serve, named) as running:
        yield running
