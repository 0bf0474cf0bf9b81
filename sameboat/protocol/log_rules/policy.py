"""`policy`: the group's words and settings, and how a shorter window waits."""

from collections.abc import Collection
from typing import Any

from sameboat.protocol.encoding import Many, Maybe, Shape
from sameboat.protocol.failures import require
from sameboat.protocol.log_rules.second import SECOND, check_second
from sameboat.protocol.primitives import h
from sameboat.protocol.state import DAY, Event, Pending, State

WORDS: list[Any] = ["b32", "b32", "b32?"]
POLICY: list[Any] = ["u", "u", "u", Many("b16", 2), "b32?"]
SHAPE: Shape = [WORDS, POLICY, Maybe(SECOND)]
WINDOWS = (30, 90, 365, 0)
WAIT = 7 * DAY


def check_policy(policy: list[Any], members: Collection[bytes]) -> None:
    """Refuse values that a group cannot have."""
    window, size, visibility, deciders, _ = policy
    require(window in WINDOWS and 2 <= size <= 100 and visibility in (0, 1), "bad_policy")
    require(len(set(deciders)) == len(deciders), "bad_policy")
    require(all(decider in members for decider in deciders), "bad_policy")


def _cancels(state: State, event: Event) -> bool:
    waiting = state.pending
    if waiting is None or event.time >= waiting.at:
        return False
    return [waiting.words, waiting.policy] == event.body[:2]


def _set_window(state: State, event: Event, words: list[Any], policy: list[Any]) -> None:
    if state.pending and event.time >= state.pending.at:
        state.window, state.pending = state.pending.window, None
    window = policy[0]
    if WINDOWS.index(window) >= WINDOWS.index(state.window):
        state.window, state.pending = window, None
        return
    waiting = state.pending
    same = waiting is not None and waiting.window == window
    at = waiting.at if waiting and same else event.time + WAIT
    before = (waiting.words, waiting.policy) if waiting else (state.words, state.policy)
    state.pending = Pending(window, at, *before)


def apply(state: State, event: Event) -> None:
    """Words and settings change; a window never shrinks overnight."""
    words, policy, second = event.body
    check_policy(policy, state.members)
    require(words[2] is not None or state.words[2] is None, "no_safeguarding")
    require(second is not None or len(state.members) == 1, "second_required")
    host = any(state.is_host(who, event.time) for who in (event.author, second[0] if second else b""))
    require(host or _cancels(state, event), "not_a_host")
    if second is not None:
        parts = [state.circle, h("proposal", words, policy)]
        check_second(state, event, second, "second/policy", parts, since=state.policy_seq)
    _set_window(state, event, words, policy)
    state.words, state.policy, state.policy_seq = words, policy, event.seq
