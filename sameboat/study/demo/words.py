"""What the made-up study says of itself: codes, themes, who was asked, the sheet and the questions."""

from __future__ import annotations

NAME = "Two groups (made up)"
QUESTION = "What keeps people coming to a self-help group, and what keeps them afloat between meetings?"
LIST_OPENS_WITH = "lanterns along the towpath"
# Taken out of the texts before they were coded.
NAMES = (("Marguerite", "[who keeps the jar]"), ("Fennimore Street", "[a street]"))
PROPERTIES = {
    "Ethics approval": "None needed: everyone in this study is made up.",
    "Where it was done": "A downstairs room at the back of a church hall, and a room above a bicycle shop.",
    "When it was done": "February to June 2026",
    "Approach": "Reflexive thematic analysis, within each group and then across both",
    # Of a real study it stands nowhere.
    "Passphrase of the made-up list of names": LIST_OPENS_WITH,
}
GROUPS = {
    "A": ("The Tuesday group", "Meets weekly in a church hall. Member-led for eleven years."),
    "B": ("Above the bicycles", "Meets twice weekly and cooks. Supported by a user project that stays outside."),
}
CRITERIA = ("Run by its members", "Met for at least two years", "Within 60 miles")
CANDIDATES = (
    # name, place, miles, invited, answered, answer, reason, became
    ("The Tuesday group", "Marsh End", 12.0, "2026-02-03", "2026-02-10", "yes", "", "A"),
    ("Above the bicycles", "Quay Street", 31.5, "2026-02-03", "2026-02-19", "yes", "", "B"),
    ("Lamplight", "Upper Holt", 18.0, "2026-02-03", "2026-02-12", "no", "They are looking for a room and have enough to do.", ""),
    ("The Thursday table", "Sandwell", 44.0, "2026-02-03", "2026-03-01", "later", "Not before the summer.", ""),
    ("Harbour lights", "Northgate", 52.5, "2026-02-20", "", "", "", ""),
    ("Second cup", "Farrow", 71.0, "", "", "", "Too far.", ""),
)  # fmt: skip
CONSENT = (
    ("interview", "I agree to be interviewed."),
    ("recording", "I agree that the interview is recorded, and the recording deleted once it is written down."),
    ("quotation", "I agree that words of mine are quoted under a code."),
    ("archive", "I agree that the text is kept in an archive without names."),
    ("contact", "I would like to read what is quoted from me before it is published."),
)
GUIDES = (
    ("1", "2026-02-24", "How did you come to the group?\nWhat was the first evening like?\nWhat do the meetings give you?", ""),
    (
        "2",
        "2026-03-16",
        "How did you come to the group?\nWhat was the first evening like?\nWhat does the food have to do with it?\n"
        "What happens between meetings?\nWhat should I have asked?",
        "Food came up in every interview without being asked about, so we ask.",
    ),
)  # fmt: skip
# participant: how long in the group, how they came
FACTS = {
    "A1": ("11 years", "a card in the library"), "A2": ("3 years", "a friend"),
    "A3": ("6 years", "the radio"), "A4": ("1 year", "a friend"),
    "B1": ("9 years", "began it with three others"), "B2": ("4 years", "a leaflet"),
    "B3": ("2 years", "a search"), "B4": ("7 months", "a neighbour"),
}  # fmt: skip
# What two participants said when passages were sent back to them: answer, in their words.
ANSWERS = {
    "A2": (("agree", ""), ("agree", ""), ("amend", "Please leave out whose idea it was.")),
    "B1": (("agree", ""), ("withdraw", "I would rather keep this one to ourselves.")),
}
# Somebody who withdrew before anything of theirs was coded: code, what could not be called back.
WITHDREW = ("B5", "Nothing had been published.")
# participant: guide, day, minutes, quotation, archive
INTERVIEWS = {
    "A1": ("1", "2026-03-03", 52, True, True),
    "A2": ("1", "2026-03-05", 48, True, True),
    "A3": ("2", "2026-03-17", 61, True, False),
    "A4": ("2", "2026-03-19", 57, True, True),
    "B1": ("2", "2026-04-02", 55, True, True),
    "B2": ("2", "2026-04-09", 63, True, True),
    "B3": ("2", "2026-04-13", 49, False, True),
    "B4": ("2", "2026-04-16", 44, True, True),
}

# key: name, category, definition, when to use it, when not
CODES = {
    "tea": ("food and tea", "At the table", "Eating and drinking together, and what it does.", "kettle, soup, washing up", "who brought it"),
    "bring": ("bringing something", "At the table", "What people bring, and what it stands for.", "the tin, a lemon, a plate kept warm", "being fed"),
    "week": ("there every week", "The place", "That the meeting is always there, also for those who are not.", "Tuesday, clocks, stepping stones", "the room"),
    "room": ("the room itself", "The place", "The place with its smells and faults.", "", ""),
    "keep": ("keeping it going", "The place", "Keys, money, who does what, and who comes after.", "", ""),
    "first": ("the first time", "Coming in", "How somebody came, and what they had expected.", "", "being met"),
    "door": ("met at the door", "Coming in", "Being noticed and brought in, and doing that for others.", "", ""),
    "explain": ("no need to explain", "Being together", "Being understood without an introduction.", "the middle, not the beginning", ""),
    "quiet": ("quiet is allowed", "Being together", "Not speaking, and being part of it.", "", ""),
    "breathe": ("being able to breathe", "Being together", "Letting go of what one holds all week.", "shoulders, windows, sleep", ""),
    "laugh": ("laughing together", "Being together", "", "", ""),
    "text": ("small messages", "Between meetings", "Messages about nothing much, and what they say.", "", "calls"),
    "ring": ("somebody to ring", "Between meetings", "A person at the other end, at any hour.", "", ""),
    "give": ("being of use", "", "What giving does for whoever gives.", "", ""),
}  # fmt: skip
THEMES = (
    # name, status, colour, codes, central idea, definition
    ("A place that is always there", "named", "#3d7fb8", ("week", "room", "keep"),
     "The group holds the week up by being there whether one comes or not.",
     "Regularity, the room, and the quiet work that keeps both going."),
    ("Fed and met", "named", "#d1a03d", ("tea", "bring", "first", "door"),
     "People are brought in by a task and a plate before anybody asks them anything.",
     "Being met, being fed, and bringing something as a way to belong."),
    ("Starting in the middle", "reviewed", "#9a7bbf", ("explain", "quiet", "breathe", "laugh"),
     "Nobody has to explain, so people can put down what they carry.",
     "Being understood without words, silence and laughter side by side."),
    ("Held between meetings", "candidate", "#2a9d8f", ("text", "ring", "give"),
     "A thin line of small things runs from one meeting to the next, and holding it helps whoever holds it.",
     "Messages, calls, and being of use to somebody."),
)  # fmt: skip
PHASES = (
    (1, "2026-04-17", "2026-04-24", "Everything read twice, once aloud."),
    (2, "2026-04-25", "2026-05-11", "All of it coded; Robin coded A1, A2 and B1 as well."),
    (3, "2026-05-12", "2026-05-18", ""),
    (4, "2026-05-19", "2026-05-29", "Being of use moved from the first theme to the last."),
    (5, "2026-05-30", "2026-06-04", ""),
    (6, "2026-06-05", None, ""),
)
POINTS = (
    (1, "Transcripts were checked against the recordings by the second coder."),
    (5, "Each theme holds extracts from at least six of the eight."),
    (11, "Seven weeks were kept free for the analysis."),
)
MEMOS = (
    ("study", "", "Two pictures of one thing", "Regularity is said with the same picture in both groups: a light on somewhere."),
    ("code", "week", "Stepping stones", "Compare A1's stepping stones with B2's light in another room."),
    ("code", "give", "A theme of its own?", "Giving turns up under every question. It may not be about what happens between meetings only."),
    ("document", "A3", "Listening back", "She laughs before each thing that matters. It does not show in the text."),
    ("theme", 3, "Where it moved from", "Being of use was part of the first theme until the fourth phase. The talk of A3 decided it."),
    ("group", "B", "Above the bicycles", "Their room is up a stair. Who cannot climb it comes to the table downstairs first."),
    # A name that came back, for the page that looks for such.
    ("study", "", "To ask again", "Ask Marguerite how the rent was found in the second winter."),
    ("participant", "B4", "Newest", "Seven months. Speaks of a hook where others speak of years."),
)  # fmt: skip
# What was thrown away: a code, and a memo.
BINNED_CODE, BINNED_MEMO = (
    "small talk",
    ("Weather", "Nearly everyone begins with the weather. It is only how people begin."),
)
MISFITS = (
    (0, "B3", "quiet", "He goes down to the bicycles: for him the place also has to let him out."),
    (2, "A3", "tea", "For her supper comes before talk, on some nights."),
)
QUERIES = (
    ("Food and rest", "(soup OR kettle OR cake) NEAR/12 (breathe OR sleep OR shoulders)"),
    ("Tuesday", "Tuesday NOT snow"),
)
CELLS = (
    (0, "A1", "Gets from one Tuesday to the next. Knows what they are doing when he is away."),
    (0, "B2", "Two days; the one she does not go to is a light in another room."),
    (1, "B4", "Crisps with great respect, then eggs. First table of their own."),
    (3, "A3", "A call at night about jam. Slippers ready for whoever rings next."),
)
