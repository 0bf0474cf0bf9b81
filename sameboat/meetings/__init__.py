"""When groups meet, as times only: what a host signed, who wants a reminder when, and whose calendar may ask.

The server sees when a circle meets, which member set that, how it repeats, and the words somebody chose for their own
calendar. What a meeting is called, where it is, what to bring and who is coming are sealed messages of the circle.
"""
