"""Circles: the log, epochs, envelopes and their delivery.

The server sees who belongs with whom, when something was sent and its size class; never what it says.
"""
