"""Settings, addresses and the process: the one place where all modules meet.

`env.py` is the only reader of the environment. Nothing here stores anything about anyone.
"""
