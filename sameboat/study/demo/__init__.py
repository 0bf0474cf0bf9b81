"""A made-up study, so that every screen has something to see."""
