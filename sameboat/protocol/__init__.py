"""The sealed format: strict encoding, log rules and envelopes, as `protocol/SPEC.md` says byte by byte.

No Django. `verify` is all the server needs. `seal` opens things; only the client and tests may import it.
"""
