"""Studies of other programs, in and out; backup and restore of a whole study."""
