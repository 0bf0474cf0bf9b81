"""A circle that everybody has left is of no use to anybody, and goes."""

import secrets

import pytest

from sameboat.accounts.models import Account
from sameboat.circles.models import Circle, Membership
from sameboat.circles.rounds import empty_circles_go

NOON = 1_800_000_000


def circle() -> Circle:
    return Circle.objects.create(
        id=secrets.token_bytes(32), kind=2, head=secrets.token_bytes(32), head_seq=0
    )  # fmt: skip


@pytest.mark.django_db
def test_a_circle_goes_with_its_last_member_and_not_before(signed_in):
    left, lived_in = circle(), circle()
    Membership.objects.everywhere("a new row").create(
        account=Account.objects.get(), circle=lived_in, member=secrets.token_bytes(16), admitted_seq=0
    )
    assert empty_circles_go(NOON) == 1
    assert not Circle.objects.filter(pk=left.pk).exists()
    assert Circle.objects.filter(pk=lived_in.pk).exists()
