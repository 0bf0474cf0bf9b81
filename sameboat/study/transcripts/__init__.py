"""Documents and their turns: the text that is coded, which nothing changes once coding began."""
