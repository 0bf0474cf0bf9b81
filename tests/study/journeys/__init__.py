"""Journeys of researchers: a real study in its own process, driven in Chromium."""
