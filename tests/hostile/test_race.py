"""Many people at once: everything said is there once, whatever happens to the group meanwhile."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.fixtures.listening import Listening

EACH = 6


def devices_of(rooms, group):
    """Two devices for each of five people."""
    return [device for member in group for device in (member, rooms.another_device(member))]


def say_all(numbered):
    number, device = numbered
    return [device.say(f"sender {number}, word {word}").hash for word in range(EACH)]


def test_ten_senders_while_people_come_and_keys_change_p55(rooms):
    group = rooms.group("Ana", "Ben", "Dee", "Cal", "Mo")
    host = rooms.another_device(group[0])
    newcomers = [rooms.knock(host, name) for name in ("Eve", "Sam")]
    senders = devices_of(rooms, group)
    with Listening(rooms.another_device(group[1]).wire) as heard, ThreadPoolExecutor(len(senders)) as together:
        saying = together.map(say_all, enumerate(senders))
        for newcomer, waiting in zip(newcomers, host.door(), strict=True):
            host.admit(waiting)
            host.talk.circle.send(lambda batch: batch.put_epoch(host.talk.ring.card(batch.state)))
            assert newcomer.enter() or newcomer.knocked
        said = [one for row in saying for one in row]
        heard.until(lambda: len(heard.places()) >= len(said))
    assert heard.places() == sorted(set(heard.places()))
    words = {f"sender {number}, word {word}" for number in range(len(senders)) for word in range(EACH)}
    for reader in (rooms.another_device(group[1]), group[0], senders[-1]):
        counted = Counter(one.text for one in reader.read())
        assert set(counted) == words
        assert set(counted.values()) == {1}
        assert not reader.missing()


def test_what_one_person_says_on_two_devices_in_turn_is_read_by_all(rooms):
    ana, ben = rooms.group("Ana", "Ben")
    other = rooms.another_device(ana)
    said = []
    for turn in range(6):
        device = (ana, other)[turn % 2]
        device.read()
        device.say(f"turn {turn}")
        said.append(f"turn {turn}")
    assert [one.text for one in ben.read()] == said
    assert not ben.missing()
    assert not ben.talk.refused
