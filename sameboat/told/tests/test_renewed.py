"""Whoever had somebody's session learns nothing more once all their keys are new."""

from sameboat.circles.tests.test_renewal import Renewing, ana
from sameboat.meetings.models import Calendar
from sameboat.told.models import Device, Errand, Mailbox, Wish
from tests.fixtures.asking import Person

__all__ = ["ana"]


def test_new_keys_end_what_a_taken_session_set(ana, telling, push_service):
    assert ana.put_way("device", push_service.subscribe().body).status == 200
    assert ana.put_way("mailbox", {"address": "eve@example.org"}).status == 200
    assert ana.ask("POST", "/told/try").told == {"ways": 1}
    Calendar.objects.everywhere("test").create(account_id=ana.id, secret_hash=bytes(32), title="x")
    stranger = Person("Dee").sign_up()
    stranger.put_way("device", push_service.subscribe().body)
    renewed = Renewing(ana).gone().rekey().send()
    assert renewed.status in (200, 201, 204), renewed
    for model in (Device, Mailbox, Wish, Calendar):
        assert not model.objects.of(ana.id).exists()
    assert not Errand.objects.exists()
    assert Device.objects.of(stranger.id).exists()
    assert ana.ask("POST", "/told/here", {"here": True}).told["wanted"] is False, "asked anew"
