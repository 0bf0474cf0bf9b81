"""What a server that lies, loses, delays or invents can and cannot do to members.

The tests drive `sameboat.client` against a real `sameboat serve` process, with Mallory in between.
"""
