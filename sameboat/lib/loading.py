"""While a program is loaded, nothing of it can be let go: looking for that all the while takes a fifth of a start."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """What is made inside stays until the program ends, and is not looked through again later either."""
    gc.disable()
    try:
        yield
    finally:
        loaded()


def loaded() -> None:
    """From now on, what is made may be let go."""
    gc.freeze()
    gc.enable()


@contextmanager
def letting_go() -> Iterator[None]:
    """Also while a program is loaded: what is made inside names itself, and none of it stays."""
    was_on = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        gc.collect()
        if not was_on:
            gc.disable()
