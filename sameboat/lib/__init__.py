"""What every module may lean on: policy marks, the clock, rate limits, refusals.

Knows none of our modules. Sees requests only to count them, under a key that is thrown away each day.
"""
