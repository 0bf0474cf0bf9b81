"""Somebody withdraws: what they said goes from everywhere, and a record without words stays."""
