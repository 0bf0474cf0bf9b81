"""The journeys of the product, each played whole in a real browser against a real server.

A journey drives the product by what its controls say (`people.py`), waits with locators only, and asks
nothing off its origin. Unlocking is real Argon2id, so people stay signed in wherever a journey allows it.
"""
