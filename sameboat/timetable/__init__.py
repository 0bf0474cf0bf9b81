"""When a group meets: pure reckoning with local times, zones and repeating. No database, no clock of its own.

A meeting is a local start and end ("2026-11-24T19:00") in a zone of the tz database, a rule by which it repeats
(RFC 5545, a few parts of it), and changes to single days: moved, or cancelled.

**The nights in which clocks change** (RFC 5545, 3.3.5). A local time that comes twice means the first of the two. A
local time that is skipped means what the clock would show had it not been put forward: in a night that jumps from 02:00
to 03:00, a meeting at 02:30 begins at 03:30. Whoever comes by the clock on the wall is there in both.

**How long.** A meeting lasts as long as its written end is after its written start, also in such a night: 19:00 to
21:00 is always two hours.
"""
