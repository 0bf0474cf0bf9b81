"""A made-up study of two groups, so that every screen has something to see.

Everyone in it is invented. It is made through the same verbs that researchers use, in one go, and only once.
"""
