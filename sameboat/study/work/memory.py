"""Memory that is no longer needed goes back to the machine, where its C library can do that (glibc).

Python gives it back to the library, which keeps it for later: after one large table or export a laptop would be without
it until the study is closed.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
from collections.abc import Callable

from django.core.signals import request_finished
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Of mallopt(3): where a free end of the heap is given back, from which size a piece stands by itself, and how many
# heaps there are: by default eight for each core, of which each thread fills its own.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024
_LARGE_PAGE = 512 * 1024
_LARGE_FILE = 4 * _LARGE_PAGE


def _library() -> ctypes.CDLL | None:
    found = ctypes.CDLL(None) if sys.platform == "linux" else None
    return found if hasattr(found, "malloc_trim") else None


_glibc = _library()


def hold_little() -> None:
    """Once, before there are threads."""
    if _glibc:
        for option, value in ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _LARGE), (_MMAP_THRESHOLD, _LARGE)):
            _glibc.mallopt(option, value)


def give_back(*, thorough: bool = False) -> None:
    """After something large; takes milliseconds, or fifty where it is `thorough`: what names itself goes too."""
    if thorough:
        gc.collect()
    if _glibc:
        _glibc.malloc_trim(0)


class GiveBackMiddleware:
    """After a large page or a file was sent, and nobody waits for it any more: a small file may take much to make."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.respond(request)
        _sent.size = _LARGE_FILE if "Content-Disposition" in answer else len(getattr(answer, "content", b""))
        return answer


def _after_it_was_sent(**_: object) -> None:
    size, _sent.size = getattr(_sent, "size", 0), 0
    if size > _LARGE_PAGE:
        give_back(thorough=size >= _LARGE_FILE)


# A request begins and ends in one thread.
_sent = threading.local()
request_finished.connect(_after_it_was_sent)
