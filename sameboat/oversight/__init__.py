"""What the people who run the site can do without reading (ETHOS W4): sealed reports handed on, and acts of two.

The server sees that a report or an appeal was sent, from which circle and by which member, and how far people have
come with it. What it says is sealed to a key that two people hold, and opened on a computer of their own.
"""
