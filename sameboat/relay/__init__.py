"""Ringing and meeting by voice: hands sealed signals from one member's page to another's, and lets members through the
relay for voices.

The server sees who rings whom, and who is in a meeting by voice, for the two minutes in which a signal waits in this
process's memory. What a signal says is sealed, and voices pass the relay sealed between each two browsers (SPEC.md
sections 18 and 20).
"""
