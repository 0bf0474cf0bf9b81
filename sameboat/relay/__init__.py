"""Ringing: hands sealed signals from one member's page to another's, and lets members through the relay for voices.

The server sees who rings whom, for the two minutes in which a signal waits in this process's memory. What a signal
says is sealed, and voices pass the relay sealed between the two browsers (SPEC.md section 18).
"""
