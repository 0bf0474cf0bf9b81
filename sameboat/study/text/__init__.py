"""Positions in text: Unicode code points, half-open intervals, words. Pure."""
