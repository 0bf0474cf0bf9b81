"""Same Boat: a room of their own for a self-help group, sealed before it leaves the browser."""

__version__ = "0.1.0"
