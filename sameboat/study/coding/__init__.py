"""Codes, spans and memos, the verbs of the coding screen, and their live stream."""
