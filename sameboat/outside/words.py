"""Six calm words that lead back to a concern: easy to write down, say aloud and type on a plain phone."""

import hashlib
import re
import secrets

WORDS = """
acorn almond amber anchor apple apricot apron arch atlas attic autumn bagel baker bamboo barley barn
basil basket bay beach bean bench berry birch biscuit blanket bloom blue boat bonnet book boot bottle
bowl bramble bread breeze brick bridge brook broom brush bucket butter button cabin cake candle canoe
canvas caramel cardigan carpet carrot castle cedar cello chair chalk cheese cherry chestnut chimney
cinnamon clay clock cloud clover coat cocoa compass copper coral cotton cradle crayon cream cricket cup
curtain cushion daisy dawn deer desk dew dolphin door dove drum duck dune eagle easel elder elm envelope
fern ferry fiddle field fig finch fir flannel flask flute forest fox garden ginger glove goose grape
grass gravel green guitar hammock harbour harp hat hazel heather hedge heron hill honey ivory ivy jam
jasmine jigsaw jug juniper kettle kite ladder lake lamp lantern larch lark lavender leaf lemon lilac
lily linen loaf maple marble market meadow melon mill mint mitten moon moss muffin mug napkin nest
nutmeg oak oar oat olive orange orchard otter oven owl oyster paddle pancake paper parcel parsley path
peach pear pebble pepper pie pigeon pillow pine plum pocket pond poppy porch postcard primrose puddle
quilt rain raven reed ribbon river robin rose rowan saffron sail salt sand saucer scarf shed shell
silver skylark slate slipper snow soap soup spoon squirrel stone story straw sugar sunset swan teapot
thimble thistle thyme timber toast tulip turtle umbrella valley vanilla velvet violet violin walnut
water wave wheat whistle willow window wood wool wren yarn yellow zebra
""".split()  # noqa: SIM905 (256 lines of one word each are no easier to review)
HOW_MANY = 6


def new_words() -> str:
    """Six of 256 words, 48 bits, with spaces between. Guessing is further slowed by a rate limit."""
    return " ".join(secrets.choice(WORDS) for _each in range(HOW_MANY))


def kept_form(words: str) -> str:
    """What is stored in their place: SHA-256, hex, of the words in small letters with single spaces."""
    plain = " ".join(re.findall(r"[a-z]+", words.lower()))
    return hashlib.sha256(f"sameboat/concern/{plain}".encode()).hexdigest()
