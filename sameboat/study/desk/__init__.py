"""A study's first pages: the list of studies, what a study is about, who takes part, and how they come in."""
