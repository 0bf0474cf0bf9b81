"""Telling people that something waits: by web push, by e-mail, and never what, from whom or where (ETHOS P4).

The server sees who wants to be told, at which push address or mailbox, and in which hours not. What it sends is the
same few words every time, to everybody.
"""
