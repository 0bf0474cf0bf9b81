"""What the made-up group of `sameboat demo` says: four people who do not exist, on an ordinary week.

The agreement repeats the starter agreement of the browser (`frontend/src/words/agreement.ts`), shortened
where a group of four friends might; the two parts that the law asks for stand word by word.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

GROUP = "Thursday kettle"
NAMES = ("Ana", "Ben", "Dee", "Eve")
HELLO = {
    "Ben": "Ana told me about the group over tea.",
    "Dee": "I know Ana from the allotment. I am a bit nervous and glad to come.",
    "Eve": "Dee thought this might be a place for me. I may only listen at first.",
}

ENDS = (
    "Where keeping it ends\n"
    "There are a few exceptions. If someone’s life is in danger, if someone else may be harmed, if a child "
    "or an adult at risk may be harmed, or if the law demands it, a member may have to tell someone outside. "
    "Where there is time, the person is told first. Anyone may ring 999 at once and alone. A message "
    "can be reported, one to one as well, up to 7 days after it was taken back. Only the messages picked are "
    "opened, by the people named on the safeguarding page, never by anyone they are about."
)
ADULTS = (
    "For adults\n"
    "Everyone here is 18 or over. If someone turns out to be younger, they are told first, helped to find a "
    "place for them, and their way in is closed kindly."
)
AGREEMENT = "\n\n".join(
    (
        "What is said here stays here\nWe do not repeat outside what someone said, or that they are here.",
        ENDS,
        "How it felt, not how it was done\n"
        "We talk about feelings and about getting through. We leave out how, with what, and how much.",
        "No comparing\nNobody’s hurt is bigger or smaller.",
        "Nobody has to speak\nListening is fine, for as long as you like.",
        "Support before advice\nWe listen first. We give ideas when someone asks for them.",
        "Speaking for myself\nWe say “I” and “for me it was”. We do not say “you should”.",
        "Nobody has to be stopping\nSomeone may want to stop, or not, or not know. All of them belong here.",
        "Stepping out is fine\nYou can leave a talk, take a break or stay away, and come back. No reason needed.",
        "If we meet outside\nThe other person decides whether we know each other.",
        "When we disagree\n"
        "We say it to the person, kindly and early. If that does not help, two members listen to both. "
        "Nobody is removed by one person alone.",
        ADULTS,
    )
)

# As the browser keeps a safeguarding page: one JSON object of five texts.
_PAGE = {
    "person": "Ana, and Dee when Ana is away",
    "contact": "Ask either of us in the room, or at the hall on Thursdays.",
    "whatHappens": "We listen to you first. We say what we would do and ask you before anyone else hears "
    "of it, unless a life is in danger.",
    "emergency": "Ring 999. You need nobody’s leave. Samaritans answer day and night on 116 123.",
    "looksIn": "Tuesday and Thursday evenings",
}
SAFEGUARDING = json.dumps(_PAGE, ensure_ascii=False)
LOOKS_IN = _PAGE["looksIn"]

# Enough for people who do not exist. Real members choose their own.
_PLAIN = """
    acorn almond anchor apricot apron artist autumn bakery balcony bamboo banjo barley basket beach
    bicycle blanket blossom bonnet bottle bramble breeze bridge bucket button cabin candle canoe carpet
    carrot castle cedar cello cherry cinnamon clover cobweb comet cookie copper cotton cousin crayon
    cricket cupboard curtain daisy dolphin drawer drizzle eagle engine fabric falcon feather fiddle
    forest fountain garden garlic ginger glacier granite gravel guitar hammock harbour harvest hazel
    hedge heron honey island ivory jacket jasmine jigsaw juniper kettle kitten ladder lagoon lantern
    lavender lemon lettuce lighthouse linen lobster magnet mango maple marble meadow melon mitten
    morning mountain museum mustard napkin nectar needle nutmeg oatmeal ocean olive orchard otter paddle
    pancake parsley pebble pencil pepper piano picnic pillow planet pocket pumpkin puzzle quilt rabbit
    radish raisin ribbon river rocket saddle saffron sailor sandal saucer shadow spinach
"""
FOR_PASSPHRASES = tuple(_PLAIN.split())

ROOM, EVERYDAY = "room", "everyday"
JUST_LISTEN, BEEN_THERE, IDEAS = 1, 2, 3


@dataclass(frozen=True)
class Line:
    """One message; `answers` and `heard_by` make a reply and Hears of it."""

    name: str
    who: str
    text: str
    place: str = ROOM
    answers: str = ""
    note: str | None = None
    want: int = 0
    heard_by: tuple[str, ...] = ()


TALK = (
    Line("hello", "Ana", "Hello, all four of us are in. You don't have to say anything. Listening is fine."),
    Line(
        "week",
        "Ben",
        "It was a hard week. I slept badly and felt a long way from everyone, and for a while I wanted to "
        "hurt myself. I am not looking for ideas. I wanted to say it somewhere.",
        note="a hard week",
        want=JUST_LISTEN,
        heard_by=("Ana", "Dee", "Eve"),
    ),
    Line(
        "spring",
        "Dee",
        "I am glad you said it here, Ben. I had weeks like that in spring. I can't make it go away, but I am "
        "around this evening.",
        answers="week",
        heard_by=("Ben",),
    ),
    Line("new", "Eve", "I don't know yet what to say. It helps to read you.", heard_by=("Ana",)),
    Line("plenty", "Ben", "That is plenty, Eve. At first I only listened too.", answers="new"),
    Line(
        "sundays",
        "Eve",
        "Does anyone else find Sunday evenings the longest?",
        want=BEEN_THERE,
        heard_by=("Dee",),
    ),
    Line(
        "radio",
        "Dee",
        "Same here. For me it is easier with the radio on low and something small planned for Monday.",
        answers="sundays",
    ),
    Line(
        "kettle",
        "Dee",
        "The kettle at the hall is mended. Whoever brought the ginger biscuits, thank you.",
        place=EVERYDAY,
    ),
    Line(
        "biscuits",
        "Eve",
        "That was my neighbour's recipe. I will bring more, and the oat ones.",
        place=EVERYDAY,
        answers="kettle",
        heard_by=("Ben",),
    ),
    Line(
        "film",
        "Ben",
        "A film for a rainy evening? One where nothing terrible happens.",
        place=EVERYDAY,
        want=IDEAS,
    ),
    Line(
        "coast",
        "Ana",
        "The one with the two old friends who walk along the coast and argue about soup. I laughed all the way.",
        place=EVERYDAY,
        answers="film",
    ),
    Line("cat", "Dee", "The cat has decided that my chair is hers. I have the floor.", place=EVERYDAY),
    Line("tea", "Ana", "I am putting tea on. If you are reading this late: so am I, some nights.", want=0),
)

# Every Tuesday evening; title, place, how to get in, what to bring, and no link.
WEEKDAY, FROM_TO, ZONE = 1, ("19:00", "20:30"), "Europe/London"
MEETING = (
    "Tea and talk",
    "The back room at St Luke's, Mill Road",
    "The side door. Two steps, and a ramp round the corner.",
    "A mug, if you like your own.",
    "",
)
