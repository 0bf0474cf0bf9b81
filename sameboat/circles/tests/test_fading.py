"""Talk fades after the group's window; what opens it goes as well."""

from sameboat.circles.models import Attachment, Envelope
from sameboat.circles.rounds import fade
from sameboat.protocol.making import make_event, second_policy
from tests.fixtures.asking import now
from tests.fixtures.groups import POLICY, Group

DAY = 86_400


def rows():
    return Envelope.objects.everywhere("a test").order_by("position")


def new_window(group: Group, days: int) -> None:
    wanted = [days, *POLICY[1:]]
    second = second_policy(group.keys["Ben"], group.state, group.commitments, wanted, now() + DAY)
    made = group.made("Ana")
    made.put(make_event(group.keys["Ana"], made.state, now(), "policy", [group.commitments, wanted, second]))
    assert group.send("Ana", made).status == 201


def test_a_message_fades_when_the_window_is_over_and_not_before(group):
    group.say("Ana")
    assert fade(now() + 90 * DAY - 60) == 0
    assert fade(now() + 90 * DAY) == 1
    (row,) = rows()
    assert (row.wire, row.gone) == (None, "faded")
    (told,) = group.read("Ben")
    assert (told["gone"], set(told)) == ("faded", {"position", "at", "hash", "gone"})


def test_what_is_to_be_kept_is_kept(group):
    group.bring("Ana", group.seal("Ana", keep=True))
    group.say("Ana")
    assert fade(now() + 400 * DAY) == 1
    kept, faded = rows()
    assert (kept.wire is None, faded.wire is None) == (False, True)


def test_a_shorter_window_counts_only_after_a_week(group):
    group.say("Ana")
    new_window(group, 30)
    soon = now() + 31 * DAY
    assert fade(soon) == 1


def test_a_shorter_window_does_not_reach_back_before_its_week_is_over(group):
    group.say("Ana")
    Envelope.objects.everywhere("a test").update(at=now() - 40 * DAY)
    new_window(group, 30)
    assert fade(now() + 6 * DAY) == 0
    assert fade(now() + 7 * DAY + 60) == 1


def test_where_talk_is_kept_nothing_fades(group):
    group.say("Ana")
    new_window(group, 0)
    assert fade(now() + 4_000 * DAY) == 0


def test_a_group_without_talk_left_keeps_only_the_newest_keys(group):
    group.say("Ana")
    group.turn("Ana")
    group.say("Ana")
    boxes = Attachment.objects.everywhere("a test").filter(circle=group.state.circle, kind="box")
    before = boxes.count()
    Envelope.objects.everywhere("a test").filter(position=1).update(at=now() - 91 * DAY)
    assert fade(now()) == 1
    left = set(boxes.values_list("seq", flat=True))
    assert boxes.count() < before
    assert left == {group.state.epoch.seq}


def test_a_message_under_old_keys_keeps_them_readable(group):
    group.say("Ana")
    spoken_under = group.state.epoch.seq
    group.turn("Ana")
    group.say("Ana")
    Envelope.objects.everywhere("a test").filter(position=2).update(at=now() - 91 * DAY)
    assert fade(now()) == 1
    boxes = Attachment.objects.everywhere("a test").filter(circle=group.state.circle, kind="box")
    assert spoken_under in boxes.values_list("seq", flat=True)


def test_own_pages_never_fade(group):
    """The own circle has no window: nobody but its owner decides."""
    group.say("Ana")
    Envelope.objects.everywhere("a test").update(circle=group.people["Ana"].own.state.circle)
    assert fade(now() + 4_000 * DAY) == 0
