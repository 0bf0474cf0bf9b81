"""A whole member client in Python: sign in, verify the log, read, send, follow.

No Django, and no server module imports it: it holds keys, and the server never may.
"""
