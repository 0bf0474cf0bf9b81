"""People who run things from outside the room: operator, keeper, supporter.

Their sign-in is a stranger to members' accounts. Nothing a staff person can open holds anything sealed.
"""
