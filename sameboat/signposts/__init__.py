"""The help table: lines and places to turn to, each row with its source, its owner and when it was checked.

All of it is public. Nothing here knows who looked at it.
"""
