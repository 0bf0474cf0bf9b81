"""Participants read what would be quoted from them, by a private link that ends."""
