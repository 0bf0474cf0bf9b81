"""Verbs with consequences, by what they are about. Times are whole seconds since 1970 UTC, passed in as `now`."""
