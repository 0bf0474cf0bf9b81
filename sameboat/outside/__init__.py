"""The pages anyone can read, concerns raised from there, and the operator's pages.

The server sees the words of a concern, because the people who run it must answer them. It does not see who
wrote them: no address, no cookie and no account is kept beside them.
"""
