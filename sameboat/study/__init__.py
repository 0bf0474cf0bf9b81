"""The study workbench: from consent to themes, on a laptop or as a team. A stranger to the groups.

Its own process, settings, database and user model; of the rest of the project it knows only `web` and `lib`.
Whoever runs it can read all that researchers keep in it: transcripts are not sealed here.
"""
