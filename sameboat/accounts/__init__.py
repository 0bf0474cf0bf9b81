"""Members' accounts, unlockers and sessions.

The server sees a sign-in name, a hash of a sign-in key, and sealed bundles. It never meets the passphrase.
"""
