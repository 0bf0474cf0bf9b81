"""The people in every test, always the same, so that a name says what to expect.

Ana started the group and is its host. Ben and Dee are members. Cal is a member who has taken a break.
Eve has an invitation and is not in yet. Mo left. Sam is a stranger with an account and no group.
Rob is one more, where a group has to be of eight.
Mallory holds the server and may do to stored rows what she likes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Character:
    """`name` in the group, `sign_in` name, and the passphrase that only their browser ever sees."""

    name: str
    sign_in: str
    passphrase: str


ANA = Character("Ana", "quiet-harbour", "kettle window bramble seventeen")
BEN = Character("Ben", "slow-tide", "gravel lantern button orchard")
CAL = Character("Cal", "late-ferry", "pepper ladder midnight cushion")
DEE = Character("Dee", "green-oar", "walnut puddle sandwich harbour")
EVE = Character("Eve", "first-light", "thimble rooftop marble october")
MO = Character("Mo", "low-water", "blanket comet turnip stairwell")
ROB = Character("Rob", "north-quay", "saddle violet teapot monday")
SAM = Character("Sam", "far-shore", "candle pebble drawer saturday")

# Planted in messages and searched for in every request and every table: it may appear in neither.
SENTINEL = "the kettle sings in B flat"
