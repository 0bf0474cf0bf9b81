"""The operator's pages: what needs doing, in a few lines. Nothing sealed can be opened from here."""
